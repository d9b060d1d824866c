#include "catalog_sample.h"
#include "tree.h"

#include "base/str.h"
#include "find/discover.h"
#include "json/bytes.h"

#include <errno.h>
#include <sys/socket.h>
#include <sys/un.h>

#define ARGUMENTS_MAX 8
#define LINK          "a symbolic link, which is not followed: put the file itself in its place"
#define PIPE          "not a regular file, so it is not opened: save the answer in a file"
#define ERRORS        " (the error output of the call beside it)\n"
#define STATUS        " (the exit status of the call beside it)\n"

static const char catalog_text[] = "format: 1\n"
                                   "types:\n"
                                   "  - type: AWS::RDS::DBSnapshot\n"
                                   "    title: DB snapshots\n"
                                   "    level: region\n"
                                   "    id: DBSnapshotIdentifier\n"
                                   "    always: { DBSnapshotIdentifier: string }\n"
                                   "    calls:\n"
                                   "      - call: rds describe-db-snapshots\n"
                                   "        permission: rds:DescribeDBSnapshots\n"
                                   "        list: DBSnapshots\n"
                                   "        gives: whole\n";

/* A line a source and a line a folder. */
static const char *print(struct arena *arena, const struct source_list *sources)
{
    static const char *const uses[] = {
        [SOURCE_READ] = "read",         [SOURCE_IGNORED] = "ignored",
        [SOURCE_EXPLAINS] = "explains", [SOURCE_UNREADABLE] = "unreadable",
        [SOURCE_EXCLUDED] = "excluded", [SOURCE_LOST] = "lost",
    };
    struct buf buf = BUF_EMPTY(arena);

    for (size_t i = 0; i < sources->count; i++) {
        const struct source *source = &sources->items[i];

        assert_int_equal(source->why == NULL, source->use == SOURCE_READ);
        buf_printf(&buf, "%s %s", uses[source->use], source->path);
        if (source->why != NULL)
            buf_printf(&buf, " (%s)", source->why);
        if (source->explanation != NULL)
            buf_printf(&buf, " [%s in %s]", source->explanation, source->explained_by);
        if (source->failed_status != NULL)
            buf_printf(&buf, " [%s in %s]", source->failed_status,
                       source->status_told_by);
        buf_add_byte(&buf, '\n');
    }
    for (size_t i = 0; i < sources->folder_count; i++)
        buf_printf(&buf, "folder %s\n", sources->folders[i]);
    return buf_str(&buf).text;
}

/* `most`: 0 for what discover() allows itself. */
static bool discover_most(struct arena *arena, const char *const *paths, size_t count,
                          size_t most, struct source_list *sources, struct error *err)
{
    const struct discover_wanted wanted = { .catalog =
                                                catalog_parsed(arena, catalog_text),
                                            .paths = paths,
                                            .path_count = count,
                                            .count_max = most };

    return discover(arena, &wanted, sources, err);
}

/* ---- trees ---- */

static const struct row {
    const char *name;
    const char *tree;
    const char *arguments[ARGUMENTS_MAX];
    const char *found;
} rows[] = {
    /* arguments */
    { "standard input", "", { "-" }, "read -\n" },
    { "an argument that is a file is read, whatever it is",
      "notes.txt=hello\n",
      { "notes.txt" },
      "read notes.txt\n" },
    { "paths are as typed",
      "d/\nd/a.json=\n",
      { "./d", "d/../d/a.json" },
      "read ./d/a.json\nread d/../d/a.json\nfolder ./d\n" },
    { "slashes at the end of a folder go",
      "d/\nd/a.json=\n",
      { "d///" },
      "read d/a.json\nfolder d\n" },
    { "this folder", "a.json=\n", { "." }, "read ./a.json\nfolder .\n" },
    { "an empty folder", "d/\n", { "d" }, "folder d\n" },
    { "a path that is reached twice is listed once",
      "d/\nd/e/\nd/e/a.json=\n",
      { "d/e/a.json", "d", "-", "d/", "d/e", "-" },
      "read -\nread d/e/a.json\nfolder d\nfolder d/e\n" },
    { "what an argument names is read, though its folder would ignore it",
      "d/\nd/a.txt=hello\nd/b.txt=hello\n",
      { "d", "d/a.txt" },
      "read d/a.txt\nignored d/b.txt (not JSON)\nfolder d\n" },
    { "a link that is an argument is followed",
      "d/\nd/a.json=\nl->d\nm->d/a.json\n",
      { "l", "m" },
      "read l/a.json\nread m\nfolder l\n" },
    { "a FIFO that is an argument is read", "p|\n", { "p" }, "read p\n" },
    { "a device that is an argument is read", "", { "/dev/null" }, "read /dev/null\n" },
    { "no argument", "", { NULL }, "" },

    /* order */
    { "order is that of the bytes of paths, of folders too",
      "d/\nd/a/\nd/a/z.json=\nd/a.json=\nd/a-b.json=\nd/B.json=\nd/\xC3\xA9.json=\n",
      { "d" },
      "read d/B.json\nread d/a-b.json\nread d/a.json\nread d/a/z.json\n"
      "read d/\xC3\xA9.json\nfolder d\nfolder d/a\n" },

    /* what is read in a folder */
    { "a name in .json is not opened",
      "d/\nd/a.json=hello\nd/b.JSON=\nd/.json=\n",
      { "d" },
      "read d/.json\nread d/a.json\nread d/b.JSON\nfolder d\n" },
    { "what is named as a call is read, whatever it holds",
      "d/\nd/prod-rds-describe-db-snapshots.out=hello\nd/describe_db_snapshots=\n"
      "d/rds-describe-db-snapshots.txt=A\tb\nd/rds-describe-db-snapshots.yaml=A: []\n",
      { "d" },
      "read d/describe_db_snapshots\nread d/prod-rds-describe-db-snapshots.out\n"
      "read d/rds-describe-db-snapshots.txt\nread d/rds-describe-db-snapshots.yaml\n"
      "folder d\n" },
    { "but for prose in .txt, scripts and Office documents",
      "d/\nd/rds-describe-db-snapshots.txt=what I saw\n"
      "d/2-rds-describe-db-snapshots.txt=\n"
      "d/collect-describe-db-snapshots=#!/bin/sh\n",
      { "d" },
      "read d/2-rds-describe-db-snapshots.txt\n"
      "ignored d/collect-describe-db-snapshots (a script)\n"
      "ignored d/rds-describe-db-snapshots.txt (text, not JSON)\nfolder d\n" },
    { "what begins as JSON is read",
      "d/\nd/a={}\nd/b= []\nd/c=\xEF\xBB\xBF{\n",
      { "d" },
      "read d/a\nread d/b\nread d/c\nfolder d\n" },
    { "the AWS CLI's words are read",
      "d/\nd/a=Unable to locate credentials\n",
      { "d" },
      "read d/a\nfolder d\n" },
    { "archives are read",
      "d/\nd/a.zip=PK\x03\x04\nd/b=\x1F\x8B\x08\n",
      { "d" },
      "read d/a.zip\nread d/b\nfolder d\n" },
    { "hidden files are as others",
      "d/\nd/.git/\nd/.git/HEAD=ref\nd/.a={}\n",
      { "d" },
      "read d/.a\nignored d/.git/HEAD (not JSON)\nfolder d\nfolder d/.git\n" },
    { "all else is ignored, and said what it is",
      "d/\nd/a=\nd/b= \nd/c=12\nd/d=----------\nd/e=A\tb\nd/f=A: []\nd/g=hello\n",
      { "d" },
      "ignored d/a (an empty file, not named as a call)\n"
      "ignored d/b (nothing but blanks)\n"
      "ignored d/c (not a JSON object or array)\n"
      "ignored d/d (a table, not JSON)\n"
      "ignored d/e (text with tabs, not JSON)\n"
      "ignored d/f (YAML, not JSON)\n"
      "ignored d/g (not JSON)\nfolder d\n" },
    { "links in a folder are not followed",
      "d/\nd/c->.\nd/e->nowhere\nd/.#a.json->me@host.1\nd/a.json~->a.json\n",
      { "d" },
      "ignored d/.#a.json (a link)\nignored d/a.json~ (a link)\nignored d/c (a link)\n"
      "ignored d/e (a link)\nfolder d\n" },
    { "but one that is named as evidence is evidence that is not read",
      "d/\nd/a.json->b\nd/b=hello\nd/describe-db-snapshots->nowhere\n"
      "d/describe-db-snapshots-1->.\n",
      { "d" },
      "unreadable d/a.json (" LINK ")\nignored d/b (not JSON)\n"
      "unreadable d/describe-db-snapshots (" LINK ")\n"
      "unreadable d/describe-db-snapshots-1 (" LINK ")\nfolder d\n" },
    { "a FIFO in a folder is not opened, and lost if it is named as evidence",
      "d/\nd/a.json|\nd/b|\nd/a.json.sha256|\n",
      { "d" },
      "unreadable d/a.json (" PIPE ")\nignored d/a.json.sha256 (a digest)\n"
      "ignored d/b (not a regular file)\nfolder d\n" },

    /* what explains */
    { "X.err and X.rc explain X",
      "d/\nd/a.json=\nd/a.json.err=An error occurred (X)\nd/a.json.rc=254\n",
      { "d" },
      "read d/a.json [An error occurred (X) in a.json.err] [254 in a.json.rc]\n"
      "explains d/a.json.err (the error output of the call beside it)\n"
      "explains d/a.json.rc (the exit status of the call beside it)\nfolder d\n" },
    { "X.err and X.rc without X are files as others",
      "d/\nd/a.json.err=An error occurred (X)\nd/a.json.rc=254\nd/b.err=hello\n"
      "d/describe-db-snapshots.json.err=\n",
      { "d" },
      "read d/a.json.err\nignored d/a.json.rc (the exit status of a call)\n"
      "ignored d/b.err (the error output of a call)\n"
      "ignored d/describe-db-snapshots.json.err (the error output of a call)\n"
      "folder d\n" },
    { "X in another folder is not explained",
      "d/\nd/a.json.err=hello\ne/\ne/a.json=\n",
      { "d", "e" },
      "ignored d/a.json.err (the error output of a call)\nread e/a.json\nfolder "
      "d\nfolder e\n" },
    { "a folder X is not explained",
      "d/\nd/a/\nd/a.err=hello\n",
      { "d" },
      "ignored d/a.err (the error output of a call)\nfolder d\nfolder d/a\n" },
    { "an empty X.err says nothing",
      "d/\nd/a.json=\nd/a.json.err=\n",
      { "d" },
      "read d/a.json\nexplains d/a.json.err (the error output of the call beside it)\n"
      "folder d\n" },
    { "an X.err that is a link says nothing",
      "d/\nd/a.json=\nd/a.json.err->../secret\nsecret=hello\n",
      { "d" },
      "read d/a.json\nignored d/a.json.err (a link)\nfolder d\n" },
    { "what is ignored has no explanation",
      "d/\nd/a=hello\nd/a.err=oh\n",
      { "d" },
      "ignored d/a (not JSON)\n"
      "explains d/a.err (the error output of the call beside it)\nfolder d\n" },
    { "names that are suffixes only",
      "d/\nd/.err=oh\nd/.rc=0\n",
      { "d" },
      "ignored d/.err (not JSON)\nignored d/.rc (not a JSON object or array)\nfolder "
      "d\n" },
    { "a manifest explains",
      "d/\nd/manifest.tsv=a\tb\nd/xmanifest.tsv=a\tb\n",
      { "d" },
      "explains d/manifest.tsv (a list of calls, without the header of one that is "
      "read)\n"
      "ignored d/xmanifest.tsv (a table of values, not JSON)\nfolder d\n" },
    { "what the collection script says of its runs explains, but hides no answer",
      "d/\nd/collection.tsv=tool\tscript\ne/\ne/collection.tsv={}\n",
      { "d", "e" },
      "explains d/collection.tsv (what the collection script says of its runs)\n"
      "read e/collection.tsv\nfolder d\nfolder e\n" },
    { "a manifest in a link's or folder's place explains nothing",
      "d/\nd/manifest.tsv/\ne/\ne/manifest.tsv->x\n",
      { "d", "e" },
      "ignored e/manifest.tsv (a link)\nfolder d\nfolder d/manifest.tsv\nfolder e\n" },
    { "X.err beside an argument explains it",
      "a.json=\na.json.err=Unable to locate credentials\n",
      { "a.json" },
      "read a.json [Unable to locate credentials in a.json.err]\n" },
    { "arguments as from a shell's * explain",
      "a.json=\na.json.err=oh\na.json.rc=1\nmanifest.tsv=a\n",
      { "a.json", "a.json.err", "a.json.rc", "manifest.tsv" },
      "read a.json ['oh' in a.json.err] [1 in a.json.rc]\n"
      "explains a.json.err (the error output of the call beside it)\n"
      "explains a.json.rc (the exit status of the call beside it)\n"
      "explains manifest.tsv (a list of calls, without the header of one that is "
      "read)\n" },
    { "X.err as an argument alone is read",
      "a.json=\na.json.err=oh\n",
      { "a.json.err" },
      "read a.json.err\n" },
    { "an X.err that is a link says nothing about an argument",
      "a.json=\na.json.err->secret\nsecret=hello\n",
      { "a.json" },
      "read a.json\n" },
    { "X.err as an argument is read if X is not",
      "d/\nd/a=hello\nd/a.err=oh\n",
      { "d", "d/a.err" },
      "ignored d/a (not JSON)\nread d/a.err\nfolder d\n" },
    { "X.err explains, as an argument too",
      "d/\nd/a.json=\nd/a.json.err=oh\n",
      { "d/a.json.err", "d" },
      "read d/a.json ['oh' in a.json.err]\n"
      "explains d/a.json.err (the error output of the call beside it)\nfolder d\n" },

    /* what lies beside evidence */
    { "by the stem, too",
      "d/\nd/a.json=\nd/a.err=An error occurred "
      "(X)\nd/a.rc=254\nd/b.out={}\nd/b.err=\n",
      { "d" },
      "explains d/a.err" ERRORS "read d/a.json [An error occurred (X) in a.err] "
      "[254 in a.rc]\nexplains d/a.rc" STATUS "explains d/b.err" ERRORS
      "read d/b.out\nfolder d\n" },
    { "in other habits",
      "d/\nd/a.json=\nd/a.json.stderr=An error occurred (X)\nd/a.exit=254\n"
      "d/b.json=\nd/b-err.txt=An error occurred (Y)\nd/b.json.status=1\n",
      { "d" },
      "explains d/a.exit" STATUS
      "read d/a.json [An error occurred (X) in a.json.stderr] [254 in a.exit]\n"
      "explains d/a.json.stderr" ERRORS "explains d/b-err.txt" ERRORS
      "read d/b.json [An error occurred (Y) in b-err.txt] [1 in b.json.status]\n"
      "explains d/b.json.status" STATUS "folder d\n" },
    { "a status is a number that is not 0, in few characters, and nothing else",
      "d/\nd/a.json=\nd/a.rc=000\nd/b.json=\nd/b.rc=-1\nd/c.json=\nd/c.rc=- 1\n"
      "d/e.json=\nd/e.rc=255 ended\nd/f.json=\nd/f.rc=\nd/g.json=\n"
      "d/g.rc=3221225786\nd/h.json=\nd/h.rc=111111111111\nd/i.json=\nd/i.rc=-\n",
      { "d" },
      "read d/a.json\nexplains d/a.rc" STATUS
      "read d/b.json [-1 in b.rc]\nexplains d/b.rc" STATUS
      "read d/c.json\nexplains d/c.rc" STATUS "read d/e.json\nexplains d/e.rc" STATUS
      "read d/f.json\nexplains d/f.rc" STATUS
      "read d/g.json [3221225786 in g.rc]\nexplains d/g.rc" STATUS
      "read d/h.json\nexplains d/h.rc" STATUS "read d/i.json\nexplains d/i.rc" STATUS
      "folder d\n" },
    { "its own status before one that shares its stem",
      "d/\nd/a.json=\nd/a.rc=1\nd/a.json.rc=0\n",
      { "d" },
      "read d/a.json\nexplains d/a.json.rc" STATUS "explains d/a.rc" STATUS
      "folder d\n" },
    { "a status beside an argument, by its whole name or its stem",
      "a.json=\na.rc=255\nb.json=\nb.json.rc=0\nb.rc=1\n",
      { "a.json", "b.json" },
      "read a.json [255 in a.rc]\nread b.json\n" },
    { "its own error output before one that shares its stem, and before a log",
      "d/\nd/a.json=\nd/a.err=An error occurred (X)\n"
      "d/a.json.err=An error occurred (Y)\nd/a.log=An error occurred (Z)\n",
      { "d" },
      "explains d/a.err" ERRORS "read d/a.json [An error occurred (Y) in a.json.err]\n"
      "explains d/a.json.err" ERRORS "explains d/a.log" ERRORS "folder d\n" },
    { "a log that tells why",
      "d/\nd/a.json=\nd/a.log=An error occurred (Z)\nd/b.json=\nd/b.log=12:00 "
      "started\n",
      { "d" },
      "read d/a.json [An error occurred (Z) in a.log]\nexplains d/a.log" ERRORS
      "read d/b.json\nignored d/b.log (a log)\nfolder d\n" },
    { "a log of several calls fails none",
      "d/\nd/a.json={}\nd/collect.log=An error occurred (X)\nd/c.log=[12:00] start\n"
      "d/rds-describe-db-snapshots.log=An error occurred (X)\n",
      { "d" },
      "read d/a.json\nignored d/c.log (a log)\nignored d/collect.log (a log)\n"
      "read d/rds-describe-db-snapshots.log\nfolder d\n" },
    { "digests and signatures",
      "d/\nd/SHA256SUMS=0 a.json\nd/describe-db-snapshots.json.sha256=0\n"
      "d/describe-db-snapshots.json.md5=0\nd/"
      "describe-db-snapshots.json.asc=-----BEGIN\n"
      "d/describe-db-snapshots.json.sig={}\nd/describe-db-snapshots.json.minisig=x\n",
      { "d" },
      "explains d/SHA256SUMS (the collection's list of digests)\n"
      "ignored d/describe-db-snapshots.json.asc (a signature)\n"
      "ignored d/describe-db-snapshots.json.md5 (a digest)\n"
      "ignored d/describe-db-snapshots.json.minisig (a signature)\n"
      "ignored d/describe-db-snapshots.json.sha256 (a digest)\n"
      "ignored d/describe-db-snapshots.json.sig (a signature)\nfolder d\n" },
    { "what macOS, Windows and editors keep",
      "d/\nd/._a.json=\x01\nd/._b.json=\nd/.DS_Store=\x01\nd/Thumbs.db=\x01\n"
      "d/a.json:Zone.Identifier=[ZoneTransfer]\nd/desktop.ini=[.ShellClassInfo]\n"
      "d/.a.json.swp=b0VIM\nd/describe-db-snapshots.json~=\nd/#a.json#=x\n",
      { "d" },
      "ignored d/#a.json# (a copy that an editor or a download left)\n"
      "ignored d/.DS_Store (what macOS keeps beside a file)\n"
      "ignored d/._a.json (what macOS keeps beside a file)\n"
      "ignored d/._b.json (what macOS keeps beside a file)\n"
      "ignored d/.a.json.swp (what an editor keeps while it is open)\n"
      "ignored d/Thumbs.db (what Windows keeps beside a file)\n"
      "ignored d/a.json:Zone.Identifier (what Windows keeps beside a file)\n"
      "ignored d/describe-db-snapshots.json~ (a copy that an editor or a download "
      "left)\n"
      "ignored d/desktop.ini (what Windows keeps beside a file)\nfolder d\n" },
    { "documents that are named as a call",
      "d/\nd/describe-db-snapshots.csv=a,b\nd/describe-db-snapshots.md=# Notes\n"
      "d/describe-db-snapshots.html=<html>\nd/describe-db-snapshots.pdf=%PDF-1.7\n"
      "d/describe-db-snapshots.png=\x89PNG\nd/collect-describe-db-snapshots.sh=aws "
      "rds\n"
      "d/describe-db-snapshots.xlsx=PK\x03\x04\nd/README.md=[![Build](x)](y)\n",
      { "d" },
      "ignored d/README.md (a document)\n"
      "ignored d/collect-describe-db-snapshots.sh (a script or a program)\n"
      "ignored d/describe-db-snapshots.csv (a table of values, not JSON)\n"
      "ignored d/describe-db-snapshots.html (a document)\n"
      "ignored d/describe-db-snapshots.md (a document)\n"
      "ignored d/describe-db-snapshots.pdf (a document)\n"
      "ignored d/describe-db-snapshots.png (a picture)\n"
      "ignored d/describe-db-snapshots.xlsx (an Office document)\nfolder d\n" },
    { "no such name hides an answer",
      "d/\nd/a.json.bak={}\nd/a.json.orig=[]\nd/a.json.part={\nd/a.csv={\"b\": 1}\n"
      "d/a.log={}\nd/._a.json={}\nd/a.html=[]\nd/a.old=\x1F\x8B\n",
      { "d" },
      "read d/._a.json\nread d/a.csv\nread d/a.html\nread d/a.json.bak\n"
      "read d/a.json.orig\nread d/a.json.part\nread d/a.log\nread d/a.old\nfolder "
      "d\n" },
    { "nor does it fail, unless it is one of the names of an answer",
      "d/\nd/a.json.bak=Unable to locate credentials\nd/a.md=Unable to locate "
      "credentials\n",
      { "d" },
      "read d/a.json.bak\nignored d/a.md (a document)\nfolder d\n" },
    { "digests as from a shell's *",
      "a.json={}\na.json.sha256=0\na.json:Zone.Identifier=[x]\nb.sha256=0\na.err=\n",
      { "a.json", "a.json.sha256", "a.json:Zone.Identifier", "b.sha256", "a.err" },
      "explains a.err" ERRORS "read a.json\nignored a.json.sha256 (a digest)\n"
      "ignored a.json:Zone.Identifier (what Windows keeps beside a file)\n"
      "read b.sha256\n" },
    { "X.err beside an argument, by its stem",
      "a.json=\na.err=Unable to locate credentials\n",
      { "a.json" },
      "read a.json [Unable to locate credentials in a.err]\n" },
};

static size_t count_arguments(const char *const *arguments)
{
    size_t count = 0;

    while (count < ARGUMENTS_MAX && arguments[count] != NULL)
        count++;
    return count;
}

static void row_test(void **state)
{
    const struct row *row = *state;
    size_t count = count_arguments(row->arguments);
    struct arena arena = ARENA_EMPTY;
    struct source_list sources = { 0 };
    struct error err = { 0 };
    struct tree tree;

    tree_make(&tree, row->tree);
    /* every rotation of the arguments gives the same */
    for (size_t turn = 0; turn < (count > 0 ? count : 1); turn++) {
        const char *arguments[ARGUMENTS_MAX] = { 0 };

        for (size_t i = 0; i < count; i++)
            arguments[i] = row->arguments[(i + turn) % count];
        assert_true(discover_most(&arena, arguments, count, 0, &sources, &err));
        assert_string_equal(print(&arena, &sources), row->found);
    }
    tree_remove(&tree);
    arena_release(&arena);
}

/* ---- arguments that are refused ---- */

static const struct refused_row {
    const char *name;
    const char *argument, *message;
} refused_rows[] = {
    { "a path that is not there", "x", "cannot be opened: No such file or directory" },
    { "a path below a file", "a.json/x", "cannot be opened: Not a directory" },
    { "a file with a slash", "a.json/", "cannot be opened: Not a directory" },
    { "a link that leads nowhere", "l", "cannot be opened: No such file or directory" },
    { "an empty path", "", "cannot be opened: No such file or directory" },
    { "a file that may not be read", "secret.json",
      "cannot be opened: Permission denied" },
    { "a folder that may not be read", "secret",
      "cannot be opened: Permission denied" },
    { "a socket", "socket", "cannot be opened: No such device or address" },
};

/* Root may read everything: it becomes nobody for a while. */
static void become_nobody(void)
{
    if (getuid() == 0)
        assert_int_equal(seteuid(65534), 0);
}

static void become_oneself(void)
{
    if (getuid() == 0)
        assert_int_equal(seteuid(0), 0);
}

static void make_socket(const char *path)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    int socket_file = socket(AF_UNIX, SOCK_STREAM, 0);

    memcpy(address.sun_path, path, strlen(path));
    assert_int_equal(bind(socket_file, (struct sockaddr *)&address, sizeof address), 0);
    close(socket_file);
    assert_int_equal(chmod(path, 0666), 0);
}

static void refused_test(void **state)
{
    const struct refused_row *row = *state;
    const char *arguments[] = { "a.json", row->argument };
    struct arena arena = ARENA_EMPTY;
    struct source_list sources = { .count = 42 };
    struct error err = { 0 };
    struct tree tree;

    tree_make(&tree, "a.json=\nl->x\nsecret.json=\nsecret/\n");
    make_socket("socket");
    assert_int_equal(chmod("secret.json", 0) + chmod("secret", 0), 0);
    become_nobody();
    assert_false(discover_most(&arena, arguments, 2, 0, &sources, &err));
    become_oneself();
    assert_string_equal(err.message, row->message);
    assert_string_equal(err.path, row->argument);
    assert_int_equal(sources.count, 42);
    assert_int_equal(chmod("secret", 0700), 0);
    tree_remove(&tree);
    arena_release(&arena);
}

/* ---- one folder ---- */

static const char *discover_folder(struct arena *arena, const char *path,
                                   struct source_list *sources)
{
    struct error err = { 0 };

    if (!discover_most(arena, &path, 1, 0, sources, &err))
        return err.message[0] != '\0' ? arena_printf(arena, "%s", err.message) : "?";
    return print(arena, sources);
}

static void what_may_not_be_read_is_unreadable(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct source_list sources;
    struct tree tree;
    const char *found;

    (void)state;
    tree_make(&tree, "d/\nd/a.json=\nd/b={}\nd/e/\nd/e/a.json=\nd/f/\nd/f/a=\n");
    assert_int_equal(chmod("d/a.json", 0) + chmod("d/b", 0), 0);
    assert_int_equal(chmod("d/e", 0311) + chmod("d/f", 0444), 0);
    become_nobody();
    found = discover_folder(&arena, "d", &sources);
    become_oneself();
    /* a.json is opened later, when it is read */
    assert_string_equal(found, "read d/a.json\n"
                               "unreadable d/b (cannot be opened: Permission denied; "
                               "let your user read it (chmod))\n"
                               "unreadable d/e (cannot be opened: Permission denied; "
                               "let your user read it (chmod))\n"
                               "unreadable d/f/a (cannot be opened: Permission denied; "
                               "let your user read it (chmod))\n"
                               "folder d\nfolder d/f\n");
    assert_int_equal(chmod("d/e", 0700) + chmod("d/f", 0700), 0);
    tree_remove(&tree);
    arena_release(&arena);
}

static void a_source_knows_its_folder_and_name(void **state)
{
    static const struct {
        const char *path, *folder, *file_name;
    } parts[] = { { "d/a.json", "d", "a.json" },
                  { "d/e/b.json", "d/e", "b.json" },
                  { "d/e/f.json", "d/e", "f.json" } };
    struct arena arena = ARENA_EMPTY;
    struct source_list sources;
    const char *arguments[] = { "-", "/dev/null", "a.json" };
    struct error err = { 0 };
    struct tree tree;

    (void)state;
    tree_make(&tree, "a.json=\nd/\nd/e/\nd/e/b.json=\nd/a.json=\nd/e/f.json=\n");
    discover_folder(&arena, "d/", &sources);
    assert_int_equal(sources.count, 3);
    for (size_t i = 0; i < 3; i++) {
        assert_string_equal(sources.items[i].path, parts[i].path);
        assert_true(str_equal(sources.items[i].folder, str_from(parts[i].folder)));
        assert_true(
            str_equal(sources.items[i].file_name, str_from(parts[i].file_name)));
    }
    assert_true(discover_most(&arena, arguments, 3, 0, &sources, &err));
    assert_true(str_equal(sources.items[0].file_name, STR("-")));
    assert_true(str_equal(sources.items[1].folder, STR("/dev")));
    assert_true(str_equal(sources.items[2].folder, STR("")));
    assert_non_null(sources.items[2].folder.text);
    tree_remove(&tree);
    arena_release(&arena);
}

static void names_may_hold_any_byte(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct source_list sources;
    struct tree tree;

    (void)state;
    tree_make(&tree, "d/\n");
    assert_int_equal(mkdir("d/new\nline", 0755), 0);
    tree_write("d/new\nline/\xFF\xFE.json", "", 0);
    tree_write("d/\x01\x7F%s%n={}->|.json", "", 0);
    tree_write("d/-", "{}", 2);
    assert_string_equal(discover_folder(&arena, "d", &sources),
                        "read d/\x01\x7F%s%n={}->|.json\nread d/-\n"
                        "read d/new\nline/\xFF\xFE.json\n"
                        "folder d\nfolder d/new\nline\n");
    tree_remove(&tree);
    arena_release(&arena);
}

static void utf16_is_looked_into(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct source_list sources;
    struct tree tree;

    (void)state;
    tree_make(&tree, "d/\n");
    tree_write("d/a", "\xFF\xFE\r\0\n\0{\0", 8);
    tree_write("d/b", "\xFE\xFF\0 \0[", 6);
    tree_write("d/c", "\xFF\xFEh\0i\0", 6);
    tree_write("d/d", "\xFE\xFF{\0", 4); /* U+7B00 */
    tree_write("d/e", "\xFF\xFE{", 3);
    tree_write("d/f", "\xFF\xFE{0", 4); /* U+307B */
    tree_write("d/g", "\xFF\xFE\xE9\0\t\0b\0", 8);
    tree_write("d/h", "\xFE\xFF\0u\0s\0a\0g\0e\0:\0 \0a\0w\0s\0 ", 24);
    assert_string_equal(discover_folder(&arena, "d", &sources),
                        "read d/a\nread d/b\n"
                        "ignored d/c (not JSON)\n"
                        "ignored d/d (not JSON)\n"
                        "ignored d/e (nothing but blanks)\n"
                        "ignored d/f (not JSON)\n"
                        "ignored d/g (text with tabs, not JSON)\n"
                        "read d/h\nfolder d\n");
    tree_remove(&tree);
    arena_release(&arena);
}

static void blanks_as_far_as_one_can_see_are_read(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct source_list sources;
    static char blanks[BYTES_PEEK_MAX];
    struct tree tree;

    (void)state;
    memset(blanks, ' ', sizeof blanks);
    tree_make(&tree, "d/\n");
    tree_write("d/a", blanks, sizeof blanks);
    tree_write("d/b", blanks, sizeof blanks - 1);
    assert_string_equal(discover_folder(&arena, "d", &sources),
                        "read d/a\nignored d/b (nothing but blanks)\nfolder d\n");
    tree_remove(&tree);
    arena_release(&arena);
}

static void an_explanation_is_one_line_of_a_readable_length(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct source_list sources;
    static char text[BYTES_PEEK_MAX];
    struct tree tree;

    (void)state;
    memset(text, 'x', sizeof text);
    memcpy(text, "\nAn error occurred (", 20);
    tree_make(&tree, "d/\nd/a.json=\nd/b.json=\n");
    tree_write("d/a.json.err", text, sizeof text);
    tree_write("d/b.json.err", "\n\n", 2);
    discover_folder(&arena, "d", &sources);
    assert_int_equal(sources.count, 4);
    assert_int_equal(strlen(sources.items[0].explanation), 300);
    assert_null(sources.items[2].explanation);
    tree_remove(&tree);
    arena_release(&arena);
}

static void order_does_not_depend_on_that_of_the_folder(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct source_list sources;
    const char *first;
    struct tree tree;
    char path[32];

    (void)state;
    tree_make(&tree, "d/\n");
    for (int i = 0; i < 300; i++) {
        snprintf(path, sizeof path, "d/%d.json", i);
        tree_write(path, "", 0);
    }
    first = discover_folder(&arena, "d", &sources);
    for (int i = 0; i < 300; i++) {
        snprintf(path, sizeof path, "d/%d.json", i);
        assert_int_equal(unlink(path), 0);
    }
    for (int i = 299; i >= 0; i--) {
        snprintf(path, sizeof path, "d/%d.json", i);
        tree_write(path, "", 0);
    }
    assert_string_equal(discover_folder(&arena, "d", &sources), first);
    for (size_t i = 1; i < sources.count; i++)
        assert_true(strcmp(sources.items[i - 1].path, sources.items[i].path) < 0);
    tree_remove(&tree);
    arena_release(&arena);
}

/* ---- limits ---- */

static size_t count_folders(const struct source_list *sources, enum source_use use)
{
    size_t count = 0;

    for (size_t i = 0; i < sources->count; i++)
        count += sources->items[i].use == use;
    return count;
}

/* Makes `depth` folders in each other below `d`, in each a file. */
static void make_deep(int depth)
{
    int before = open(".", O_RDONLY | O_DIRECTORY);

    assert_int_equal(mkdir("d", 0755) + chdir("d"), 0);
    for (int i = 0; i < depth; i++) {
        tree_write("a.json", "", 0);
        assert_int_equal(mkdir("e", 0755) + chdir("e"), 0);
    }
    tree_write("a.json", "", 0);
    assert_int_equal(fchdir(before), 0);
    close(before);
}

static const struct depth_row {
    const char *name;
    int depth;
    size_t read, unreadable, folders;
} depth_rows[] = {
    { "a folder as deep as the limit is searched", DISCOVER_DEPTH_MAX,
      DISCOVER_DEPTH_MAX + 1, 0, DISCOVER_DEPTH_MAX + 1 },
    { "a folder below the limit is not", DISCOVER_DEPTH_MAX + 1, DISCOVER_DEPTH_MAX + 1,
      1, DISCOVER_DEPTH_MAX + 1 },
    { "nor what is 10,000 below it", 10000, DISCOVER_DEPTH_MAX + 1, 1,
      DISCOVER_DEPTH_MAX + 1 },
    { "nor what is far below it", 200, DISCOVER_DEPTH_MAX + 1, 1,
      DISCOVER_DEPTH_MAX + 1 },
};

static void depth_test(void **state)
{
    const struct depth_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct source_list sources;
    struct tree tree;
    int before, behind;

    tree_make(&tree, "");
    make_deep(row->depth);
    before = open("/dev/null", O_RDONLY);
    close(before);
    discover_folder(&arena, "d", &sources);
    behind = open("/dev/null", O_RDONLY);
    close(behind);
    assert_int_equal(behind, before);
    assert_int_equal(count_folders(&sources, SOURCE_READ), row->read);
    assert_int_equal(count_folders(&sources, SOURCE_UNREADABLE), row->unreadable);
    assert_int_equal(sources.folder_count, row->folders);
    for (size_t i = 0; i < sources.count; i++)
        if (sources.items[i].use == SOURCE_UNREADABLE)
            assert_string_equal(sources.items[i].why,
                                "a folder that lies too deep: it is not searched");
    tree_remove(&tree);
    arena_release(&arena);
}

static void sources_have_a_limit(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct source_list sources = { .count = 42 };
    const char *path = "d";
    struct error err = { 0 };
    struct tree tree;

    (void)state;
    tree_make(&tree, "d/\nd/a.json=\nd/b.txt=\nd/c/\n");
    assert_true(discover_most(&arena, &path, 1, 4, &sources, &err));
    assert_int_equal(sources.count, 2);
    for (size_t most = 1; most < 4; most++) {
        err = (struct error){ 0 };
        sources.count = 42;
        assert_false(discover_most(&arena, &path, 1, most, &sources, &err));
        assert_int_equal(sources.count, 42);
    }
    assert_string_equal(err.message,
                        "more than 3 files and folders; scan fewer at a time");
    tree_remove(&tree);
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    umask(022);
    TESTS_ADD_ROWS(&tests, rows, row_test);
    TESTS_ADD_ROWS(&tests, refused_rows, refused_test);
    TESTS_ADD(&tests, what_may_not_be_read_is_unreadable);
    TESTS_ADD(&tests, a_source_knows_its_folder_and_name);
    TESTS_ADD(&tests, names_may_hold_any_byte);
    TESTS_ADD(&tests, utf16_is_looked_into);
    TESTS_ADD(&tests, blanks_as_far_as_one_can_see_are_read);
    TESTS_ADD(&tests, an_explanation_is_one_line_of_a_readable_length);
    TESTS_ADD(&tests, order_does_not_depend_on_that_of_the_folder);
    TESTS_ADD_ROWS(&tests, depth_rows, depth_test);
    TESTS_ADD(&tests, sources_have_a_limit);
    return tests_run("find_discover", &tests);
}
