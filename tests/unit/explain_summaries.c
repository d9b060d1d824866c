/*
 * What a run says of each document that it read, a row a case: files in, documents out.
 */
#include "scan_rows.h"

#define A     "123456789012"
#define B     "210987654321"
#define US    A "/us-east-1/"
#define DIR   A "/\n" US "\n"
#define SNAPS "rds-describe-db-snapshots"

/* The name behind the last "::". */
static const char *short_name(const struct type *type)
{
    const char *at = type != NULL ? type->name.text : "-";

    for (const char *next; (next = strstr(at, "::")) != NULL;)
        at = next + 2;
    return at;
}

static void print_place(struct buf *buf, struct str text, enum told told)
{
    if (text.text != NULL)
        buf_printf(buf, " %.*s/%s", STR_ARG(text), told_name(told));
}

static void print_document(struct arena *arena, struct buf *buf,
                           const struct document_summary *document)
{
    buf_printf(buf, "%llu%s %s", (unsigned long long)document->index,
               document->pointer != NULL ? document->pointer : "",
               state_name(document->state));
    if (document->type != NULL)
        buf_printf(buf, " %s/%s", short_name(document->type),
                   told_name(document->type_told));
    if (document->call != NULL)
        buf_printf(buf, " (%.*s)", STR_ARG(document->call->name));
    print_place(buf, document->account, document->account_told);
    print_place(buf, document->region, document->region_told);
    if (document->parent.text != NULL)
        buf_printf(buf, " of %.*s", STR_ARG(document->parent));
    buf_printf(buf, " %llu", (unsigned long long)document->records);
    if (document->foreign > 0)
        buf_printf(buf, " foreign %llu", (unsigned long long)document->foreign);
    if (document->undecided > 0)
        buf_printf(buf, " undecided %llu", (unsigned long long)document->undecided);
    if (document->surplus > 0)
        buf_printf(buf, " and %llu more", (unsigned long long)document->surplus);
    buf_add_byte(buf, '\n');
    for (size_t i = 0; i < document->reason_count; i++)
        buf_printf(buf, "- %s\n", reason_text(arena, &document->reasons[i]));
}

/* Each document, and each problem with its line and column. */
static const char *print_summaries(struct arena *arena,
                                   const struct assessment *assessment)
{
    struct buf buf = BUF_EMPTY(arena);

    for (size_t i = 0; i < assessment->source_count; i++) {
        const struct source_summary *source = &assessment->sources[i];

        if (strcmp(source->source->path, "./r.yaml") == 0)
            continue;
        if (!source->was_read || source->is_ignored || source->is_unknown)
            buf_printf(&buf, "%s%s%s%s%s\n", source->was_read ? "" : "not read ",
                       source->is_ignored ? "ignored " : "",
                       source->is_unknown ? "unknown " : "",
                       source->why != NULL ? source->why : "",
                       source->surplus > 0 ? " surplus" : "");
        for (size_t j = 0; j < source->document_count; j++)
            print_document(arena, &buf, source->documents[j]);
    }
    for (size_t i = 0; i < assessment->problem_count; i++) {
        const struct problem *problem = &assessment->problems[i];

        buf_printf(&buf, "P %llu:%llu %s\n", (unsigned long long)problem->line,
                   (unsigned long long)problem->column,
                   reason_text(arena, &problem->reason));
    }
    buf_printf(&buf, "%zu %zu\n", assessment->summary.documents,
               assessment->summary.records);
    return buf_str(&buf).text;
}

#define ONE(id, type)                                                                  \
    "{\"DBSnapshotIdentifier\":\"" id "\",\"SnapshotType\":\"" type                    \
    "\",\"Engine\":\"e\",\"Status\":\"s\"}"
#define OF(id, account, region)                                                        \
    "{\"DBSnapshotIdentifier\":\"" id "\",\"SnapshotType\":\"m\",\"Engine\":\"e\","    \
    "\"Status\":\"s\",\"DBSnapshotArn\":\"arn:aws:rds:" region ":" account             \
    ":snapshot:" id "\"}"
#define LIST(records) "{\"DBSnapshots\":[" records "]}"
#define SHARED        "{\"DBSnapshotIdentifier\":\"arn:aws:rds:us-east-1:" B ":snapshot:a\"}"
#define IDENTITY(account)                                                              \
    "{\"Account\":\"" account "\",\"Arn\":\"a\",\"UserId\":\"u\"}\n"
#define PLAN                                                                           \
    "\"BackupPlanId\":\"p\",\"BackupPlanArn\":\"arn:aws:backup:us-east-1:" A           \
    ":backup-plan:p\",\"VersionId\":\"v\",\"CreationDate\":1"

#define FIVE "{\"a\":1},{\"a\":2},{\"a\":3},{\"a\":4},{\"a\":5}"

static const struct scan_row rows[] = {
    /* how the type and the place were told */
    { "by the envelope and the path", DIR US "x.json=" LIST("") "\n",
      "0 complete DBSnapshot/envelope (rds describe-db-snapshots) 123456789012/path "
      "us-east-1/path 0\n"
      "1 0\n" },
    { "by the file's name", DIR US SNAPS ".json=[]\n",
      "0 partial DBSnapshot/name (rds describe-db-snapshots) 123456789012/path "
      "us-east-1/path 0\n"
      "- an array without its envelope: a --query may have filtered it\n"
      "1 0\n" },
    { "by the records", DIR US "x.json=[" ONE("a", "m") "]\n",
      "0 partial DBSnapshot/records (rds describe-db-snapshots) 123456789012/path "
      "us-east-1/path 1\n"
      "- an array without its envelope: a --query may have filtered it\n"
      "1 1\n" },
    { "by ARNs alone", DIR US "x.json=[\"arn:aws:rds:us-east-1:" A ":snapshot:a\"]\n",
      "0 partial DBSnapshot/arn (rds describe-db-snapshots) 123456789012/path "
      "us-east-1/path 1 undecided 1\n"
      "- its records are texts: an id shows that its record exists, and little of what "
      "it is like\n"
      "1 1\n" },
    { "an ARN tells account and region", "x.json=" LIST(OF("a", A, "us-east-1")) "\n",
      "0 complete DBSnapshot/envelope (rds describe-db-snapshots) 123456789012/arn "
      "us-east-1/arn 1\n"
      "1 1\n" },
    { "an identity tells the account",
      "x.json=" IDENTITY(A) "us-east-1.json=" LIST("") "\n",
      "0 complete DBSnapshot/envelope (rds describe-db-snapshots) "
      "123456789012/identity us-east-1/path 0\n"
      "0 context CallerIdentity/envelope (sts get-caller-identity) "
      "123456789012/identity 1\n"
      "2 1\n" },
    { "two identities of one account",
      "x.json=" IDENTITY(A) "y.json=" IDENTITY(A) "us-east-1.json=" LIST("") "\n",
      "0 complete DBSnapshot/envelope (rds describe-db-snapshots) "
      "123456789012/identity us-east-1/path 0\n"
      "0 context CallerIdentity/envelope (sts get-caller-identity) "
      "123456789012/identity 1\n"
      "0 context CallerIdentity/envelope (sts get-caller-identity) "
      "123456789012/identity 1\n"
      "3 2\n" },
    { "two of two",
      "x.json=" IDENTITY(A) "y.json=" IDENTITY(B) "us-east-1.json=" LIST("") "\n",
      "0 mislabelled DBSnapshot/envelope (rds describe-db-snapshots) us-east-1/path 0\n"
      "- the folder holds caller identities of several accounts, and nothing decides "
      "between them\n"
      "0 context CallerIdentity/envelope (sts get-caller-identity) "
      "123456789012/identity 1\n"
      "0 context CallerIdentity/envelope (sts get-caller-identity) "
      "210987654321/identity 1\n"
      "P 1:16 the folder holds caller identities of several accounts, and nothing "
      "decides between them\n"
      "3 2\n" },
    { "one that a record's ARN contradicts",
      "x.json=" IDENTITY(B) "us-east-1.json=" LIST(OF("a", A, "us-east-1")) "\n",
      "0 mislabelled DBSnapshot/envelope (rds describe-db-snapshots) "
      "210987654321/identity us-east-1/path 1\n"
      "- the caller identity beside it says account 210987654321, but no record's ARN "
      "names it\n"
      "0 context CallerIdentity/envelope (sts get-caller-identity) "
      "210987654321/identity 1\n"
      "P 1:16 the caller identity beside it says account 210987654321, but no record's "
      "ARN names it\n"
      "2 2\n" },
    { "and one that what is shared does not",
      "x.json=" IDENTITY(A) "us-east-1.json=" LIST(SHARED) "\n",
      "0 mislabelled DBSnapshot/envelope (rds describe-db-snapshots) "
      "123456789012/identity us-east-1/path 1 undecided 1\n"
      "- each of its records belongs to another account, which shares it: collect it "
      "again without --include-shared\n"
      "- 1 of its records lack what a rule reads, or have it in another form than AWS "
      "prints\n"
      "0 context CallerIdentity/envelope (sts get-caller-identity) "
      "123456789012/identity 1\n"
      "P 1:16 each of its records belongs to another account, which shares it: collect "
      "it again without --include-shared\n"
      "2 2\n" },
    { "a path that names two accounts, of which the identity says one",
      A "-" B "/\n" A "-" B "/x.json=" IDENTITY(B) A "-" B
                                                     "/us-east-1.json=" LIST("") "\n",
      "0 complete DBSnapshot/envelope (rds describe-db-snapshots) "
      "210987654321/identity us-east-1/path 0\n"
      "0 context CallerIdentity/envelope (sts get-caller-identity) "
      "210987654321/identity 1\n"
      "2 1\n" },
    { "or a record's ARN does",
      A "-" B "/\n" A "-" B "/us-east-1.json=" LIST(OF("a", B, "us-east-1")) "\n",
      "0 complete DBSnapshot/envelope (rds describe-db-snapshots) 210987654321/path "
      "us-east-1/path 1\n"
      "1 1\n" },
    { "or ARNs say both",
      A "-" B "/\n" A "-" B "/us-east-1.json=" LIST(
          OF("a", B, "us-east-1") "," OF("a", A, "us-east-1")) "\n",
      "0 mislabelled DBSnapshot/envelope (rds describe-db-snapshots) us-east-1/path 2\n"
      "- the path names several accounts, and nothing decides between them\n"
      "P 1:16 the path names several accounts, and nothing decides between them\n"
      "1 2\n" },
    { "or nothing does", A "-" B "/\n" A "-" B "/us-east-1.json=" LIST("") "\n",
      "0 mislabelled DBSnapshot/envelope (rds describe-db-snapshots) us-east-1/path 0\n"
      "- the path names several accounts, and nothing decides between them\n"
      "P 1:16 the path names several accounts, and nothing decides between them\n"
      "1 0\n" },
    { "a path that an ARN contradicts",
      DIR US "x.json=" LIST(OF("a", B, "us-east-1")) "\n",
      "0 mislabelled DBSnapshot/envelope (rds describe-db-snapshots) 123456789012/path "
      "us-east-1/path 1\n"
      "- the path says account 123456789012, but no record's ARN names it\n"
      "P 1:16 the path says account 123456789012, but no record's ARN names it\n"
      "1 1\n" },
    { "in the region", DIR US "x.json=" LIST(OF("a", A, "eu-west-1")) "\n",
      "0 mislabelled DBSnapshot/envelope (rds describe-db-snapshots) 123456789012/path "
      "us-east-1/path 1\n"
      "- the path says region us-east-1, but a record's ARN says eu-west-1\n"
      "P 1:16 the path says region us-east-1, but a record's ARN says eu-west-1\n"
      "1 1\n" },
    { "in one of several",
      DIR US "x.json=" LIST(OF("a", A, "us-east-1") "," OF("b", A, "eu-west-1") "," OF(
          "c", A, "eu-west-3")) "\n",
      "0 mislabelled DBSnapshot/envelope (rds describe-db-snapshots) 123456789012/path "
      "us-east-1/path 3\n"
      "- the path says region us-east-1, but a record's ARN says eu-west-3\n"
      "P 1:16 the path says region us-east-1, but a record's ARN says eu-west-3\n"
      "1 3\n" },
    { "in both", DIR US "x.json=" LIST(OF("a", B, "eu-west-1")) "\n",
      "0 mislabelled DBSnapshot/envelope (rds describe-db-snapshots) 123456789012/path "
      "us-east-1/path 1\n"
      "- the path says account 123456789012, but no record's ARN names it\n"
      "P 1:16 the path says account 123456789012, but no record's ARN names it\n"
      "1 1\n" },
    { "a path that names two regions", DIR US "eu-west-1-x.json=" LIST("") "\n",
      "0 mislabelled DBSnapshot/envelope (rds describe-db-snapshots) 123456789012/path "
      "0\n"
      "- the path names several regions\n"
      "P 1:16 the path names several regions\n"
      "1 0\n" },
    { "records of others beside one's own",
      DIR US "x.json=" LIST(OF("a", A, "us-east-1") "," OF("b", B, "us-east-1") "," OF(
          "c", B, "us-east-1")) "\n",
      "0 complete DBSnapshot/envelope (rds describe-db-snapshots) 123456789012/path "
      "us-east-1/path 3 foreign 2\n"
      "- 2 of its records belong to other accounts, and are not counted\n"
      "1 3\n" },
    { "records of several accounts and regions",
      "x.json=" LIST(OF("a", A, "us-east-1") "," OF("b", B, "eu-west-1")) "\n",
      "0 partial DBSnapshot/envelope (rds describe-db-snapshots) 2\n"
      "- its records are of several accounts or regions: each counts where its ARN "
      "puts it, and others may be missing; save each answer in a file of its own\n"
      "1 2\n" },
    { "records of several regions of an account",
      A "/\n" A
        "/x.json=" LIST(OF("a", A, "us-east-1") "," OF("b", A, "eu-west-1")) "\n",
      "0 partial DBSnapshot/envelope (rds describe-db-snapshots) 123456789012/path 2\n"
      "- its records are of several accounts or regions: each counts where its ARN "
      "puts it, and others may be missing; save each answer in a file of its own\n"
      "1 2\n" },
    { "all of them shared by others", DIR US "x.json=" LIST(SHARED) "\n",
      "0 mislabelled DBSnapshot/envelope (rds describe-db-snapshots) 123456789012/path "
      "us-east-1/path 1 undecided 1\n"
      "- each of its records belongs to another account, which shares it: collect it "
      "again without --include-shared\n"
      "- 1 of its records lack what a rule reads, or have it in another form than AWS "
      "prints\n"
      "P 1:16 each of its records belongs to another account, which shares it: collect "
      "it again without --include-shared\n"
      "1 1\n" },
    { "some of them", DIR US "x.json=" LIST(SHARED "," ONE("a", "m")) "\n",
      "0 complete DBSnapshot/envelope (rds describe-db-snapshots) 123456789012/path "
      "us-east-1/path 2 foreign 1 undecided 1\n"
      "- 1 of its records lack what a rule reads, or have it in another form than AWS "
      "prints\n"
      "- 1 of its records belong to other accounts, and are not counted\n"
      "1 2\n" },

    /* what it is worth */
    { "a page", DIR US "x.json={\"DBSnapshots\":[],\"Marker\":\"x\"}\n",
      "0 partial DBSnapshot/envelope (rds describe-db-snapshots) 123456789012/path "
      "us-east-1/path 0\n"
      "- it carries a token: more pages follow\n"
      "1 0\n" },
    { "what may be the last page of it",
      DIR US "x.json={\"DBSnapshots\":[],\"Marker\":\"x\"}\n" US
             "y.json=" LIST("") "\n",
      "0 partial DBSnapshot/envelope (rds describe-db-snapshots) 123456789012/path "
      "us-east-1/path 0\n"
      "- it carries a token: more pages follow\n"
      "0 partial DBSnapshot/envelope (rds describe-db-snapshots) 123456789012/path "
      "us-east-1/path 0\n"
      "- it may be only the last page: ./123456789012/us-east-1/x.json carries a "
      "token\n"
      "2 0\n" },
    { "what may be so by a file that is lost",
      DIR US "x.json=\n" US "y.json=" LIST("") "\n",
      "0 nothing 123456789012/path us-east-1/path 0\n"
      "- 0 bytes: the call failed, and what it said on standard error is not "
      "beside it: ask for that text, or collect it again\n"
      "0 partial DBSnapshot/envelope (rds describe-db-snapshots) 123456789012/path "
      "us-east-1/path 0\n"
      "- it may be only the last page: ./123456789012/us-east-1/x.json told nothing, "
      "and may have been a page before it\n"
      "P 0:0 0 bytes: the call failed, and what it said on standard error is not "
      "beside it: ask for that text, or collect it again\n"
      "2 0\n" },
    { "and by one that is damaged",
      DIR US "x.json={\"DBSnapshots\":[" ONE("a", "m") "\n" US "y.json=" LIST("") "\n",
      "0 partial DBSnapshot/envelope (rds describe-db-snapshots) 123456789012/path "
      "us-east-1/path 1\n"
      "- line 1: the file ends where ',' or ']' after an array's element is expected\n"
      "0 partial DBSnapshot/envelope (rds describe-db-snapshots) 123456789012/path "
      "us-east-1/path 0\n"
      "- it may be only the last page: ./123456789012/us-east-1/x.json could not be "
      "read to its end\n"
      "P 1:90 the file ends where ',' or ']' after an array's element is expected\n"
      "2 1\n" },
    { "undecided records",
      DIR US
      "x.json=" LIST(ONE("a", "m") ",{\"DBSnapshotIdentifier\":\"b\"},7,[]") "\n",
      "0 partial DBSnapshot/envelope (rds describe-db-snapshots) 123456789012/path "
      "us-east-1/path 4 undecided 3\n"
      "- its records are arrays: a --query such as '[].[a,b]' drops the fields' names\n"
      "- 2 of its records lack what a rule reads, or have it in another form than AWS "
      "prints\n"
      "1 4\n" },
    { "records that stand twice, and keys that do",
      DIR US "x.json=" LIST(ONE("a", "m") "," ONE("a", "m") "," ONE(
          "a", "n") ",{\"Engine\":1,\"Engine\":2}") "\n",
      "0 complete DBSnapshot/envelope (rds describe-db-snapshots) 123456789012/path "
      "us-east-1/path 4 undecided 1\n"
      "- 1 of its records have a key twice\n"
      "- 2 of its records repeat the id of an earlier one, and are counted once\n"
      "1 4\n" },
    { "a key of the envelope that does",
      DIR US "x.json={\"DBSnapshots\":[],\"DBSnapshots\":[" ONE("a", "m") "]}\n",
      "0 nothing DBSnapshot/envelope (rds describe-db-snapshots) 123456789012/path "
      "us-east-1/path 1\n"
      "- a key of the envelope stands twice: collect it again\n"
      "P 1:1 a key of the envelope stands twice: collect it again\n"
      "1 1\n" },
    { "an array of several kinds",
      DIR US SNAPS ".json=[" ONE("a", "m") ",{\"x\":1},\"a\",7,[]]\n",
      "0 partial DBSnapshot/records (rds describe-db-snapshots) 123456789012/path "
      "us-east-1/path 5 undecided 4\n"
      "- its records are texts: an id shows that its record exists, and little of what "
      "it is like\n"
      "- its records are arrays: a --query such as '[].[a,b]' drops the fields' names\n"
      "- its records are single values without names\n"
      "- some of its objects lack the field that tells their type: a --query may have "
      "renamed or dropped it\n"
      "1 5\n" },
    { "ids", DIR US SNAPS ".json=[\"awsbackup:job-1\",\"b\",\"awsbackup:job-1\"]\n",
      "0 partial DBSnapshot/name (rds describe-db-snapshots) 123456789012/path "
      "us-east-1/path 3 undecided 2\n"
      "- its records are texts: an id shows that its record exists, and little of what "
      "it is like\n"
      "1 3\n" },
    { "ids and a number", DIR US SNAPS ".json=[\"awsbackup:job-1\",7]\n",
      "0 partial DBSnapshot/name (rds describe-db-snapshots) 123456789012/path "
      "us-east-1/path 2 undecided 1\n"
      "- its records are texts: an id shows that its record exists, and little of what "
      "it is like\n"
      "- its records are single values without names\n"
      "1 2\n" },
    { "asked with an option",
      DIR US SNAPS "--manual.json=" LIST(ONE("a", "manual")) "\n",
      "0 partial DBSnapshot/envelope (rds describe-db-snapshots) 123456789012/path "
      "us-east-1/path 1\n"
      "- its name says that the call was asked with an option, which may have left "
      "records out\n"
      "1 1\n" },
    { "with one that is not known", DIR US SNAPS "--x.json=" LIST("") "\n",
      "0 partial DBSnapshot/envelope (rds describe-db-snapshots) 123456789012/path "
      "us-east-1/path 0\n"
      "- its name says that the call was asked with an option, which may have left "
      "records out\n"
      "1 0\n" },
    { "with one that its records deny",
      DIR US SNAPS "--manual.json=" LIST(ONE("a", "m")) "\n",
      "0 partial DBSnapshot/envelope (rds describe-db-snapshots) 123456789012/path "
      "us-east-1/path 1\n"
      "- its name says that the call was asked with an option, which may have left "
      "records out\n"
      "1 1\n" },
    { "one record", DIR US "x.json=" ONE("a", "m") "\n",
      "0 partial DBSnapshot/records 123456789012/path us-east-1/path 1 undecided 1\n"
      "- a record, never a listing\n"
      "- 1 of its records lack what a rule reads, or have it in another form than AWS "
      "prints\n"
      "1 1\n" },
    { "a record and its envelope", DIR US "x.json={\"DBSnapshot\":" ONE("a", "m") "}\n",
      "0 context DBSnapshot/envelope (rds delete-db-snapshot) 123456789012/path "
      "us-east-1/path 0\n"
      "- the answer to deleting a DB snapshot, which proves nothing about the account "
      "by itself\n"
      "1 0\n" },
    { "a plan of its own", DIR US "x.json={\"BackupPlan\":{}," PLAN "}\n",
      "0 partial BackupPlan/envelope (backup get-backup-plan) 123456789012/path "
      "us-east-1/path 1\n"
      "- a record, never a listing\n"
      "1 1\n" },
    { "a part by the file's name",
      DIR US "backup-list-backup-selections--p.json={\"BackupSelectionsList\":[]}\n",
      "0 complete BackupSelection/envelope (backup list-backup-selections) "
      "123456789012/path us-east-1/path of p 0\n"
      "1 0\n" },
    { "a part by its records",
      DIR US
      "x.json={\"BackupSelectionsList\":[{\"SelectionId\":\"s\",\"BackupPlanId\":"
      "\"p\"},{\"SelectionId\":\"t\",\"BackupPlanId\":\"p\"}]}\n",
      "0 complete BackupSelection/envelope (backup list-backup-selections) "
      "123456789012/path us-east-1/path of p 2\n"
      "1 2\n" },
    { "of two parents",
      DIR US
      "x.json={\"BackupSelectionsList\":[{\"SelectionId\":\"s\",\"BackupPlanId\":"
      "\"p\"},{\"SelectionId\":\"t\",\"BackupPlanId\":\"q\"}]}\n",
      "0 partial BackupSelection/envelope (backup list-backup-selections) "
      "123456789012/path us-east-1/path 2\n"
      "- neither its records nor its file's name tell which of the backup plans it is "
      "about\n"
      "1 2\n" },
    { "a lost part", DIR US "backup-list-backup-selections--p.json=\n",
      "0 nothing BackupSelection/name (backup list-backup-selections) "
      "123456789012/path us-east-1/path of p 0\n"
      "- 0 bytes: the call failed, and what it said on standard error is not "
      "beside it: ask for that text, or collect it again\n"
      "P 0:0 0 bytes: the call failed, and what it said on standard error is not "
      "beside it: ask for that text, or collect it again\n"
      "1 0\n" },
    { "a request", DIR US "x.json={\"BackupPlanName\":\"n\",\"Rules\":[]}\n",
      "0 context BackupPlan/envelope (backup create-backup-plan) 123456789012/path "
      "us-east-1/path 0\n"
      "- the definition of a backup plan, which proves nothing about the account by "
      "itself\n"
      "1 0\n" },

    /* what is no evidence, or none that can be used */
    { "an object that nothing tells", DIR US "x.json={\"a\":1}\n",
      "ignored unknown JSON, but not an answer of any call in the catalog\n"
      "0 ignored 0\n"
      "- JSON, but not an answer of any call in the catalog\n"
      "0 0\n" },
    { "under a call's name", DIR US SNAPS ".json={\"a\":1}\n",
      "0 nothing DBSnapshot/name (rds describe-db-snapshots) 123456789012/path "
      "us-east-1/path 0\n"
      "- an object without the key 'DBSnapshots' is not an answer of 'aws rds "
      "describe-db-snapshots': collect it again\n"
      "P 1:1 an object without the key 'DBSnapshots' is not an answer of 'aws rds "
      "describe-db-snapshots': collect it again\n"
      "1 0\n" },
    { "a listing of which only the parent was kept is not another call's",
      DIR US "backup-list-recovery-points-by-backup-vault--v.json={\"RecoveryPoints\":["
             "{\"BackupVaultName\":\"v\"}]}\n",
      "0 partial RecoveryPoint/envelope 123456789012/path us-east-1/path 1\n"
      "- cannot tell which call this answers, so it is not taken for a whole listing\n"
      "- its name says that the call was asked with an option, which may have left "
      "records out\n"
      "1 1\n" },
    { "under that of a record", DIR US "backup-get-backup-plan--p.json={\"a\":1}\n",
      "0 nothing BackupPlan/name (backup get-backup-plan) 123456789012/path "
      "us-east-1/path 0\n"
      "- an object without the key 'BackupPlan' is not an answer of 'aws backup "
      "get-backup-plan': collect it again\n"
      "P 1:1 an object without the key 'BackupPlan' is not an answer of 'aws backup "
      "get-backup-plan': collect it again\n"
      "1 0\n" },
    { "a listing that is none", DIR US SNAPS ".json={\"DBSnapshots\":7}\n",
      "0 nothing DBSnapshot/envelope (rds describe-db-snapshots) 123456789012/path "
      "us-east-1/path 0\n"
      "- 'DBSnapshots' is not an array, so this is not an answer of the call: collect "
      "it again\n"
      "P 1:16 'DBSnapshots' is not an array, so this is not an answer of the call: "
      "collect it again\n"
      "1 0\n" },
    { "an answer of another call", DIR US "iam-list-users.json={\"Users\":[]}\n",
      "ignored an answer of a call that the catalog does not have: iam list-users\n"
      "0 ignored 0\n"
      "- an answer of a call that the catalog does not have: iam list-users\n"
      "0 0\n" },
    { "what another tool saved", DIR US "x.json={\"columns\":[],\"rows\":[]}\n",
      "ignored a Steampipe export, not an answer of AWS: it proves nothing here; "
      "collect with the AWS CLI, see invaudit-evidence(5)\n"
      "0 ignored 0\n"
      "- a Steampipe export, not an answer of AWS: it proves nothing here; collect "
      "with the AWS CLI, see invaudit-evidence(5)\n"
      "0 0\n" },
    { "what invaudit itself wrote",
      DIR US "x.json={\"_type\":\"a\",\"subject\":[],\"predicateType\":\"b\"}\n",
      "ignored an in-toto statement, as of invaudit, not an answer of AWS: it proves "
      "nothing here; collect with the AWS CLI, see invaudit-evidence(5)\n"
      "0 ignored 0\n"
      "- an in-toto statement, as of invaudit, not an answer of AWS: it proves nothing "
      "here; collect with the AWS CLI, see invaudit-evidence(5)\n"
      "0 0\n" },
    { "in an array", DIR US "x.json=[{\"_cq_id\":\"1\",\"a\":1}]\n",
      "ignored a CloudQuery export, not an answer of AWS: it proves nothing here; "
      "collect with the AWS CLI, see invaudit-evidence(5)\n"
      "0 ignored 1\n"
      "- a CloudQuery export, not an answer of AWS: it proves nothing here; collect "
      "with the AWS CLI, see invaudit-evidence(5)\n"
      "0 0\n" },
    { "in one under a call's name", DIR US SNAPS ".json=[{\"_cq_id\":\"1\",\"a\":1}]\n",
      "0 nothing DBSnapshot/name (rds describe-db-snapshots) 123456789012/path "
      "us-east-1/path 1\n"
      "- a CloudQuery export, not the answer of 'aws rds describe-db-snapshots': it "
      "proves nothing here; collect the answer with the AWS CLI\n"
      "P 1:1 a CloudQuery export, not the answer of 'aws rds describe-db-snapshots': "
      "it proves nothing here; collect the answer with the AWS CLI\n"
      "1 1\n" },
    { "under a call's name, too", DIR US SNAPS ".json={\"columns\":[],\"rows\":[]}\n",
      "0 nothing DBSnapshot/name (rds describe-db-snapshots) 123456789012/path "
      "us-east-1/path 0\n"
      "- a Steampipe export, not the answer of 'aws rds describe-db-snapshots': it "
      "proves nothing here; collect the answer with the AWS CLI\n"
      "P 1:1 a Steampipe export, not the answer of 'aws rds describe-db-snapshots': it "
      "proves nothing here; collect the answer with the AWS CLI\n"
      "1 0\n" },
    { "a wrapped answer", DIR US "x.json={\"data\":{\"b\":" LIST("") "}}\n",
      "0 nothing DBSnapshot/envelope (rds describe-db-snapshots) 123456789012/path "
      "us-east-1/path 0\n"
      "- the key stands at /data/b/DBSnapshots, where no answer of AWS has it: save "
      "that object in a file of its own (jq '.data.b')\n"
      "P 1:29 the key stands at /data/b/DBSnapshots, where no answer of AWS has it: "
      "save that object in a file of its own (jq '.data.b')\n"
      "1 0\n" },
    { "two of them",
      DIR US "x.json={\"data\":{\"b\":" LIST("") ",\"c\":{\"DBInstances\":[]}}}\n",
      "0 nothing 123456789012/path us-east-1/path 0\n"
      "- the key stands at /data/b/DBSnapshots, where no answer of AWS has it: save "
      "each object that has such a key in a file of its own (jq '.data.b')\n"
      "P 1:29 the key stands at /data/b/DBSnapshots, where no answer of AWS has it: "
      "save each object that has such a key in a file of its own (jq '.data.b')\n"
      "1 0\n" },
    { "one beside records of its own",
      DIR US SNAPS ".json=[" ONE("a", "m") ",{\"b\":" LIST("") "}]\n",
      "0 nothing DBSnapshot/records 123456789012/path us-east-1/path 2 undecided 1\n"
      "- the key stands at /1/b/DBSnapshots, where no answer of AWS has it: save that "
      "object in a file of its own (jq '.[1].b')\n"
      "P 1:1 the key stands at /1/b/DBSnapshots, where no answer of AWS has it: save "
      "that object in a file of its own (jq '.[1].b')\n"
      "1 2\n" },
    { "one in an array of the answers",
      DIR US "x.json=[" LIST("") ",[{\"b\":" LIST("") "}]]\n",
      "0/0 partial DBSnapshot/envelope (rds describe-db-snapshots) 123456789012/path "
      "us-east-1/path 0\n"
      "- it may be only the last page: another document of this file told nothing, and "
      "may have been a page before it\n"
      "0/1 nothing DBSnapshot/envelope (rds describe-db-snapshots) 123456789012/path "
      "us-east-1/path 0\n"
      "- the key stands at /1/0/b/DBSnapshots, where no answer of AWS has it: save "
      "that object in a file of its own (jq '.[1][0].b')\n"
      "P 1:42 the key stands at /1/0/b/DBSnapshots, where no answer of AWS has it: "
      "save that object in a file of its own (jq '.[1][0].b')\n"
      "2 0\n" },
    { "one with its place",
      DIR US "x.json={\"Region\":\"us-east-1\",\"DBSnapshots\":[]}\n",
      "0 nothing DBSnapshot/envelope (rds describe-db-snapshots) 123456789012/path "
      "us-east-1/path 0\n"
      "- the key stands at /DBSnapshots, beside one that says which account or region "
      "it is of, which AWS never prints: save the answer alone, in the folder of "
      "these\n"
      "P 1:37 the key stands at /DBSnapshots, beside one that says which account or "
      "region it is of, which AWS never prints: save the answer alone, in the folder "
      "of these\n"
      "1 0\n" },
    { "one among others, with its place",
      DIR US "x.json=[" LIST("") ",{\"Region\":\"us-east-1\",\"DBSnapshots\":[]}]\n",
      "0/0 partial DBSnapshot/envelope (rds describe-db-snapshots) 123456789012/path "
      "us-east-1/path 0\n"
      "- it may be only the last page: another document of this file told nothing, and "
      "may have been a page before it\n"
      "0/1 nothing DBSnapshot/envelope (rds describe-db-snapshots) 123456789012/path "
      "us-east-1/path 0\n"
      "- the key stands at /1/DBSnapshots, beside one that says which account or "
      "region it is of: save that object in a file of its own, in the folder of these "
      "(jq '.[1]')\n"
      "P 1:57 the key stands at /1/DBSnapshots, beside one that says which account or "
      "region it is of: save that object in a file of its own, in the folder of these "
      "(jq '.[1]')\n"
      "2 0\n" },
    { "null", DIR US SNAPS ".json=null\n",
      "0 nothing DBSnapshot/name (rds describe-db-snapshots) 123456789012/path "
      "us-east-1/path 0\n"
      "- it is null (from a --query that matched nothing, or a wrong one): collect it "
      "again without --query\n"
      "P 1:1 it is null (from a --query that matched nothing, or a wrong one): collect "
      "it again without --query\n"
      "1 0\n" },
    { "a number", DIR US SNAPS ".json=7\n",
      "0 nothing DBSnapshot/name (rds describe-db-snapshots) 123456789012/path "
      "us-east-1/path 0\n"
      "- it is one number (from a --query such as length()): collect it again without "
      "--query\n"
      "P 1:1 it is one number (from a --query such as length()): collect it again "
      "without --query\n"
      "1 0\n" },
    { "a text", DIR US SNAPS ".json=\"a\"\n",
      "0 nothing DBSnapshot/name (rds describe-db-snapshots) 123456789012/path "
      "us-east-1/path 0\n"
      "- it is one value, not a listing: collect it again without --query\n"
      "P 1:1 it is one value, not a listing: collect it again without --query\n"
      "1 0\n" },
    { "an array of what nothing tells", DIR US "x.json=[1]\n",
      "ignored unknown JSON, but not an answer of any call in the catalog\n"
      "0 ignored 1\n"
      "- JSON, but not an answer of any call in the catalog\n"
      "0 0\n" },
    { "an array of nothing", DIR US "x.json=[]\n",
      "ignored cannot tell what this array lists: name the file after the call that "
      "printed it (rds-describe-db-snapshots.json), or give --assume-type\n"
      "0 ignored 0\n"
      "- cannot tell what this array lists: name the file after the call that printed "
      "it (rds-describe-db-snapshots.json), or give --assume-type\n"
      "0 0\n" },
    { "one that breaks off", DIR US "x.json=[{\"a\":1},\n",
      "0 nothing 123456789012/path us-east-1/path 1\n"
      "- line 1: the file ends where a value is expected\n"
      "- cannot tell what this array lists: name the file after the call that printed "
      "it (rds-describe-db-snapshots.json), or give --assume-type\n"
      "P 1:1 cannot tell what this array lists: name the file after the call that "
      "printed it (rds-describe-db-snapshots.json), or give --assume-type\n"
      "P 1:10 the file ends where a value is expected\n"
      "1 1\n" },
    { "records of two types",
      DIR US SNAPS
      ".json=[" ONE("a", "m") ",{\"DBInstanceStatus\":\"x\"}," ONE("b", "m") "]\n",
      "0 nothing DBSnapshot/records 123456789012/path us-east-1/path 3 undecided 2\n"
      "- an array whose records are of different types: save each listing in a file of "
      "its own\n"
      "P 1:1 an array whose records are of different types: save each listing in a "
      "file of its own\n"
      "1 3\n" },
    { "nothing at all", DIR US SNAPS ".json=\n",
      "0 nothing DBSnapshot/name (rds describe-db-snapshots) 123456789012/path "
      "us-east-1/path 0\n"
      "- 0 bytes: the call failed, and what it said on standard error is not "
      "beside it: ask for that text, or collect it again\n"
      "P 0:0 0 bytes: the call failed, and what it said on standard error is not "
      "beside it: ask for that text, or collect it again\n"
      "1 0\n" },
    { "an error text",
      DIR US SNAPS ".json=An error occurred (AccessDenied) when calling the "
                   "DescribeDBSnapshots operation: not authorized\n",
      "0 nothing DBSnapshot/name (rds describe-db-snapshots) 123456789012/path "
      "us-east-1/path 0\n"
      "- the AWS CLI's error text, not an answer: An error occurred (AccessDenied) "
      "when calling the DescribeDBSnapshots operation: not authorized; collect it "
      "again with a role that has the permission\n"
      "P 0:0 the AWS CLI's error text, not an answer: An error occurred (AccessDenied) "
      "when calling the DescribeDBSnapshots operation: not authorized; collect it "
      "again with a role that has the permission\n"
      "1 0\n" },
    { "one that names the call alone",
      DIR US "x.json=An error occurred (AccessDenied) when calling the "
             "DescribeDBSnapshots operation: not authorized\n",
      "0 nothing DBSnapshot/error-text (rds describe-db-snapshots) 123456789012/path "
      "us-east-1/path 0\n"
      "- the AWS CLI's error text, not an answer: An error occurred (AccessDenied) "
      "when calling the DescribeDBSnapshots operation: not authorized; collect it "
      "again with a role that has the permission\n"
      "P 0:0 the AWS CLI's error text, not an answer: An error occurred (AccessDenied) "
      "when calling the DescribeDBSnapshots operation: not authorized; collect it "
      "again with a role that has the permission\n"
      "1 0\n" },
    { "one of a call that may fail",
      DIR US
      "organizations-list-accounts.json=An error occurred (AccessDeniedException) "
      "when calling the ListAccounts operation: no\n",
      "0 nothing Account/name (organizations list-accounts) 123456789012/path 0\n"
      "- the AWS CLI's error text, not an answer: An error occurred "
      "(AccessDeniedException) when calling the ListAccounts operation: no; collect it "
      "again with a role that has the permission\n"
      "1 0\n" },
    { "nothing of it", DIR US "organizations-list-accounts.json=\n",
      "0 nothing Account/name (organizations list-accounts) 123456789012/path 0\n"
      "- 0 bytes: the call failed, and what it said on standard error is not "
      "beside it: ask for that text, or collect it again\n"
      "1 0\n" },
    { "blanks of it", DIR US "organizations-list-accounts.json=  \n",
      "0 nothing Account/name (organizations list-accounts) 123456789012/path 0\n"
      "- nothing but blanks: the call failed, and what it said on standard error is "
      "not "
      "beside it: ask for that text, or collect it again\n"
      "1 0\n" },
    { "null of it", DIR US "organizations-list-accounts.json=null\n",
      "0 nothing Account/name (organizations list-accounts) 123456789012/path 0\n"
      "- it is null (from a --query that matched nothing, or a wrong one): collect it "
      "again without --query\n"
      "P 1:1 it is null (from a --query that matched nothing, or a wrong one): collect "
      "it again without --query\n"
      "1 0\n" },
    { "text of it", DIR US "organizations-list-accounts.json=hello\n",
      "0 nothing Account/name (organizations list-accounts) 123456789012/path 0\n"
      "- not JSON: it begins with 'hello'; collect it with --output json\n"
      "P 0:0 not JSON: it begins with 'hello'; collect it with --output json\n"
      "1 0\n" },
    { "a table", DIR US SNAPS ".json=----------\n",
      "0 nothing DBSnapshot/name (rds describe-db-snapshots) 123456789012/path "
      "us-east-1/path 0\n"
      "- looks like --output table: collect it again with --output json\n"
      "P 0:0 looks like --output table: collect it again with --output json\n"
      "1 0\n" },

    /* several documents */
    { "many that are no evidence",
      DIR US "x.json=[" LIST("") "," FIVE "," FIVE "," FIVE "," FIVE "]\n",
      "unknown 20 of its 21 documents are not evidence: JSON, but not an answer of any "
      "call in the catalog surplus\n"
      "0/0 complete DBSnapshot/envelope (rds describe-db-snapshots) 123456789012/path "
      "us-east-1/path 0\n"
      "0/1 ignored 0\n"
      "- JSON, but not an answer of any call in the catalog\n"
      "0/2 ignored 0\n"
      "- JSON, but not an answer of any call in the catalog\n"
      "0/3 ignored 0\n"
      "- JSON, but not an answer of any call in the catalog\n"
      "0/4 ignored 0\n"
      "- JSON, but not an answer of any call in the catalog\n"
      "0/5 ignored 0\n"
      "- JSON, but not an answer of any call in the catalog\n"
      "0/6 ignored 0\n"
      "- JSON, but not an answer of any call in the catalog\n"
      "0/7 ignored 0\n"
      "- JSON, but not an answer of any call in the catalog\n"
      "0/8 ignored 0\n"
      "- JSON, but not an answer of any call in the catalog\n"
      "0/9 ignored 0\n"
      "- JSON, but not an answer of any call in the catalog\n"
      "0/10 ignored 0\n"
      "- JSON, but not an answer of any call in the catalog\n"
      "0/11 ignored 0\n"
      "- JSON, but not an answer of any call in the catalog\n"
      "0/12 ignored 0\n"
      "- JSON, but not an answer of any call in the catalog\n"
      "0/13 ignored 0\n"
      "- JSON, but not an answer of any call in the catalog\n"
      "0/14 ignored 0\n"
      "- JSON, but not an answer of any call in the catalog\n"
      "0/15 ignored 0\n"
      "- JSON, but not an answer of any call in the catalog\n"
      "0/16 ignored 0 and 4 more\n"
      "- JSON, but not an answer of any call in the catalog\n"
      "1 0\n" },
    { "two on a line of each",
      DIR US "x.json=" LIST(ONE("a", "m")) " {\"DBSnapshots\":[]}\n",
      "0 partial DBSnapshot/envelope (rds describe-db-snapshots) 123456789012/path "
      "us-east-1/path 1\n"
      "- what follows it in its file could not be read, and may be another page\n"
      "- it may be only the last page: another document of this file could not be read "
      "to its end\n"
      "1 nothing 123456789012/path us-east-1/path 0\n"
      "- line 1: expected a line end after a document, met '{'\n"
      "P 1:93 expected a line end after a document, met '{'\n"
      "2 1\n" },
    { "an array of answers",
      DIR US "x.json=[" LIST(ONE("a", "m")) ",{\"DBInstances\":[]},{\"a\":1},null]\n",
      "unknown 1 of its 4 documents are not evidence: JSON, but not an answer of any "
      "call in the catalog\n"
      "0/0 partial DBSnapshot/envelope (rds describe-db-snapshots) 123456789012/path "
      "us-east-1/path 1\n"
      "- it may be only the last page: another document of this file told nothing, and "
      "may have been a page before it\n"
      "0/1 partial DBInstance/envelope (rds describe-db-instances) 123456789012/path "
      "us-east-1/path 0\n"
      "- it may be only the last page: another document of this file told nothing, and "
      "may have been a page before it\n"
      "0/2 ignored 0\n"
      "- JSON, but not an answer of any call in the catalog\n"
      "0/3 nothing 123456789012/path us-east-1/path 0\n"
      "- it is null (from a --query that matched nothing, or a wrong one): collect it "
      "again without --query\n"
      "P 1:121 it is null (from a --query that matched nothing, or a wrong one): "
      "collect it again without --query\n"
      "3 1\n" },
};

static void of_documents(void **state)
{
    const struct scan_row *row = *state;
    const struct settings settings = { 0 };
    struct arena arena = ARENA_EMPTY;

    assert_string_equal(scan_print_by(&arena, row, snapshots_rule, &settings, STR_NONE,
                                      print_summaries),
                        row->expected);
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, rows, of_documents);
    return tests_run("explain_summaries", &tests);
}
