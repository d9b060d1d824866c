#include "rows.h"

#include "find/failure.h"

#include <stdio.h>
#include <string.h>

#define SAID                                                                           \
    "An error occurred (AccessDenied) when calling the DescribeDBSnapshots "           \
    "operation: no"
#define DENIED SAID "; collect it again with a role that has the permission"
#define LOG_IN "; log in again (aws sso login, or aws login), and collect it again"
#define INSTALL                                                                        \
    "; the AWS CLI was not found: install it, or run the command where it is "         \
    "installed"

static const struct row {
    const char *name;
    const char *head, *said; /* and advice; NULL: it is no failure */
} rows[] = {
    /* sentences */
    { "as v2 prints it", "\n" SAID "\n", DENIED },
    { "as newer versions print it",
      "\naws: [ERROR]: " SAID "\n\nAdditional error details:\nType: User\n", DENIED },
    { "behind a warning",
      "/usr/lib/urllib3/connectionpool.py:1: InsecureRequestWarning: x\n  "
      "warnings.warn(\n\n" SAID,
      DENIED },
    { "behind a note", "Note: AWS CLI version 2, the latest\n\n" SAID, DENIED },
    { "behind lines of --debug",
      "2026-11-24 12:00:00,123 - MainThread - awscli.clidriver - DEBUG - CLI version: "
      "x\n" SAID,
      DENIED },
    { "in PowerShell",
      "aws : \r\n" SAID "\r\nAt line:1 char:1\r\n+ aws rds x\r\n    + CategoryInfo : "
      "NotSpecified: (:String) []\r\n",
      DENIED },
    { "in PowerShell, broken at the window's edge",
      "aws.exe : An error occurred (AccessDenied) when calling the "
      "\r\nDescribeDBSnapshots "
      "operation: no\r\nAt line:1 char:1\r\n+ aws rds x\r\n",
      DENIED },
    { "a byte order mark before it", "\xEF\xBB\xBF" SAID, DENIED },
    { "an old token",
      "An error occurred (ExpiredTokenException) when calling the X operation: old",
      "An error occurred (ExpiredTokenException) when calling the X operation: "
      "old" LOG_IN },
    { "an error of no code that is known", "An error occurred (Odd): x",
      "An error occurred (Odd): x; collect it again" },
    { "a code without its end", "An error occurred (Odd",
      "An error occurred (Odd; collect it again" },
    { "a session", "Your session has expired. Please reauthenticate using 'aws login'.",
      "Your session has expired. Please reauthenticate using 'aws login'." LOG_IN },
    { "a token", "Token has expired and refresh failed",
      "Token has expired and refresh failed" LOG_IN },
    { "no region", "aws: [ERROR]: You must specify a region. You can also configure",
      "You must specify a region. You can also configure; collect it again with "
      "--region" },
    { "no credentials", "Unable to locate credentials. You can configure",
      "Unable to locate credentials. You can configure; give the AWS CLI credentials "
      "(--profile), and collect it again" },
    { "anything behind the CLI's name", "\naws: [ERROR]: something new\n",
      "something new; collect it again" },
    { "anything that PowerShell has of it",
      "aws : something new\r\nAt line:1 char:1\r\n+ aws\r\n    + CategoryInfo : x\r\n",
      "something new; collect it again" },
    { "no AWS CLI in zsh", "zsh: command not found: aws\n",
      "zsh: command not found: aws" INSTALL },
    { "no AWS CLI in bash", "bash: line 1: x\nbash: aws: command not found\n",
      "bash: aws: command not found" INSTALL },
    { "no AWS CLI in cmd.exe",
      "'aws' is not recognized as an internal or external command,\r\noperable program",
      "'aws' is not recognized as an internal or external command," INSTALL },
    { "no AWS CLI in PowerShell",
      "aws : The term 'aws' is not recognized as the name of a cmdlet\r\nAt line:1 "
      "char:1\r\n",
      "The term 'aws' is not recognized as the name of a cmdlet" INSTALL },
    { "a code page", "'charmap' codec can't encode character '\\u0101' in position 3",
      "'charmap' codec can't encode character '\\u0101' in position 3; set "
      "PYTHONUTF8=1 (or "
      "PYTHONIOENCODING=utf-8), and collect it again" },

    /* formats */
    { "JSON",
      "{\n    \"Code\": \"AccessDenied\",\n    \"Message\": \"no\",\n \"Type\": "
      "\"Sender\"}\n",
      "AccessDenied: no; collect it again with a role that has the permission" },
    { "JSON below Error",
      "{\"Error\": {\"Message\": \"no\", \"Code\": \"ThrottlingException\"}}",
      "ThrottlingException: no; collect it again, with fewer calls at a time" },
    { "JSON of a protocol",
      "{\"__type\":\"com.amazon#AccessDeniedException\",\"message\":\"no\"}",
      "AccessDeniedException: no; collect it again with a role that has the "
      "permission" },
    { "JSON that ends early", "{\"Code\": \"AccessDenied\", \"Message\": \"n", NULL },
    { "JSON without a code of AWS", "{\"Code\": \"AF\", \"Message\": \"Afghanistan\"}",
      NULL },
    { "JSON without a message", "{\"Code\": \"AccessDenied\"}", NULL },
    { "an answer",
      "{\"DBSnapshots\": [{\"Code\": \"AccessDenied\", \"Message\": \"no\"}]}", NULL },
    { "YAML", "Code: AccessDenied\nMessage: 'no'\nType: Sender\n",
      "AccessDenied: no; collect it again with a role that has the permission" },
    { "YAML below Error", "Error:\n  Code: AccessDenied\n  Message: \"no\"\n",
      "AccessDenied: no; collect it again with a role that has the permission" },
    { "text", "AccessDenied\tUser is not authorized\tSender\n",
      "AccessDenied: User is not authorized; collect it again with a role that has the "
      "permission" },
    { "text in two lines", "Code\tAccessDenied\nMessage\tno\n",
      "AccessDenied: no; collect it again with a role that has the permission" },
    { "a table",
      "-----------------\n|  Error  |\n+---------+----+\n|  Code   |  AccessDenied  |\n"
      "|  Message|  it is not so  |\n+-----+\n",
      "AccessDenied: it is not so; collect it again with a role that has the "
      "permission" },
    { "a table with a head",
      "+------------+-------+\n|  Code  |  Message  |\n+---+---+\n"
      "|  AccessDenied  |  it is not so  |\n",
      "AccessDenied: it is not so; collect it again with a role that has the "
      "permission" },

    /* none */
    { "nothing", "", NULL },
    { "prose", "all went well\n", NULL },
    { "a warning", "x.py:1: DeprecationWarning: old\n", NULL },
    { "text that is an answer", "DBSNAPSHOTS\tdb-1\tus east\n", NULL },
    { "a table that is an answer", "----------\n|  DBSnapshots  |\n", NULL },
    { "YAML that is an answer", "DBSnapshots:\n- Code: x\n", NULL },

    /* secrets */
    { "nothing from a signature on",
      "Could not connect to the endpoint URL: \"https://x/?a=1&X-Amz-Signature=00ff\"",
      "Could not connect to the endpoint URL: \"https://x/?a=1& ...; check the "
      "network, and "
      "that the region has the service; then collect it again" },
    { "in JSON neither",
      "{\"Code\":\"AccessDenied\",\"Message\":\"k aws_secret_access_key=00ff\"}",
      "AccessDenied: k ...; collect it again with a role that has the permission" },
};

static void row_test(void **state)
{
    const struct row *row = *state;
    /* A copy of the exact length, so that AddressSanitizer sees a byte too far. */
    struct arena arena = ARENA_EMPTY;
    size_t len = strlen(row->head);
    char *head = arena_alloc(&arena, len);
    struct failure failure;
    bool found;

    memcpy(head, row->head, len);
    found = failure_find(&arena, (struct str){ head, len }, &failure);
    assert_int_equal(found, row->said != NULL);
    if (found)
        assert_string_equal(
            arena_printf(&arena, "%s; %s", failure.said, failure.advice), row->said);
    arena_release(&arena);
}

static const struct operation_row {
    const char *name;
    const char *head, *operation; /* NULL: absent */
} operation_rows[] = {
    { "an error names its operation",
      "\nAn error occurred (AccessDenied) when calling the DescribeDBSnapshots "
      "operation: User is not authorized",
      "DescribeDBSnapshots" },
    { "behind other words",
      "warning: old\naws: [ERROR]: An error occurred (Throttling) when calling the "
      "ListBackupPlans operation (reached max retries: 2): Rate exceeded",
      "ListBackupPlans" },
    { "an error without an operation", "An error occurred (X): y", NULL },
    { "another error", "Unable to locate credentials", NULL },
    { "no operation's name", "An error occurred (X) when calling the  operation",
      NULL },
    { "cut off", "An error occurred (X) when calling the ListBack", NULL },
    { "nothing", "", NULL },
};

static void operation_test(void **state)
{
    const struct operation_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct failure failure = { 0 };

    failure_find(&arena, str_from(row->head), &failure);
    assert_int_equal(failure.operation.text == NULL, row->operation == NULL);
    assert_true(str_equal(failure.operation, str_from(row->operation)));
    arena_release(&arena);
}

static void an_operation_is_told_by_a_broken_line(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct failure failure;

    (void)state;
    assert_true(failure_find(
        &arena,
        STR("aws : An error occurred (X) when calling the Describe\r\nDBSnapshots "
            "operation: x\r\nAt line:1 char:1\r\n"),
        &failure));
    assert_true(str_equal(failure.operation, STR("DescribeDBSnapshots")));
    arena_release(&arena);
}

static const struct quote_row {
    const char *name;
    const char *line, *quote;
} quote_rows[] = {
    { "a short line", " hello ", "'hello'" },
    { "a line of 40 bytes", "abcd abcd abcd abcd abcd abcd abcd abcd .",
      "'abcd abcd abcd abcd abcd abcd abcd abcd'..." },
    { "not in the middle of a character",
      "abcd abcd abcd abcd abcd abcd abcd abc \xE2\x82\xAC",
      "'abcd abcd abcd abcd abcd abcd abcd abc'..." },
    { "a signed address",
      "db.x.rds.amazonaws.com:3306/?Action=connect&X-Amz-Signature=0",
      "(not quoted: it may be a secret)" },
    { "a key", "aws_secret_access_key = x", "(not quoted: it may be a secret)" },
    { "a key of random letters", "x 7fLk29dkQpZx01mvT3 y",
      "(not quoted: it may be a secret)" },
    { "an address", "https://example.org", "(not quoted: it may be a secret)" },
    { "a long word of letters", "abcdefghijklmnopqrstuvwxyz",
      "'abcdefghijklmnopqrstuvwxyz'" },
    { "an access key", "AKIAEXAMPLE", "(not quoted: it may be a secret)" },
    { "a line with quotes", "'a'", "\"'a'\"" },
    { "nothing", "", "''" },
};

static void quote_test(void **state)
{
    const struct quote_row *row = *state;
    struct arena arena = ARENA_EMPTY;

    assert_string_equal(failure_quote(&arena, str_from(row->line)), row->quote);
    arena_release(&arena);
}

static const struct last_row {
    const char *name;
    const char *text, *line; /* NULL: none says anything */
} last_rows[] = {
    { "the last of several", "one\ntwo\n\n", "'two'" },
    { "not a warning", "one\nx.py:1: FutureWarning: old\n  warnings.warn(\n", "'one'" },
    { "nothing but warnings", "x.py:1: FutureWarning: old\n", NULL },
    { "nothing", "\n\n", NULL },
};

static void last_test(void **state)
{
    const struct last_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    const char *line = failure_last_line(&arena, str_from(row->text));

    assert_int_equal(line == NULL, row->line == NULL);
    if (line != NULL)
        assert_string_equal(line, row->line);
    arena_release(&arena);
}

#define USER "User: arn:aws:iam::123456789012:user/a is not authorized to perform: "

static const struct brief_row {
    const char *name;
    const char *head, *cause, *label;
} brief_rows[] = {
    { "all of it",
      "An error occurred (AccessDenied) when calling the DescribeDBSnapshots "
      "operation: " USER "rds:DescribeDBSnapshots because",
      "AccessDenied: the user a lacks rds:DescribeDBSnapshots",
      "AccessDenied (rds:DescribeDBSnapshots)" },
    { "in JSON",
      "{\"Code\": \"AccessDeniedException\", \"Message\": \"" USER "backup:Get\"}",
      "AccessDeniedException: the user a lacks backup:Get",
      "AccessDeniedException (backup:Get)" },
    { "broken by PowerShell",
      "aws : An error occurred (AccessDenied) when calling the X operation: User: \r\n"
      "arn:aws:iam::123456789012:user/a is not authorized to perform: rds:Descri\r\n"
      "beDBSnapshots\r\nAt line:1 char:1\r\n",
      "AccessDenied: the user a lacks rds:DescribeDBSnapshots",
      "AccessDenied (rds:DescribeDBSnapshots)" },
    { "nobody that is told",
      "An error occurred (AccessDenied) when calling the X operation: x is not "
      "authorized to perform: a:Get",
      "AccessDenied (a:Get)", "AccessDenied (a:Get)" },
    { "a code and an operation", SAID, "AccessDenied (DescribeDBSnapshots)",
      "AccessDenied (DescribeDBSnapshots)" },
    { "a code", "An error occurred (Odd): x", "Odd", "Odd" },
    { "a code with bytes that none has", "An error occurred (\x1B[2JOdd): x",
      "An error occurred (\x1B[2JOdd): x", "An error occurred (\x1B[2JOdd): x" },
    { "no code", "Token has expired and refresh failed",
      "Token has expired and refresh failed", "Token has expired and refresh failed" },
    { "nothing that stands behind a secret's name",
      "An error occurred (Odd): Signature=x " USER "rds:Get", "Odd", "Odd" },
};

static void brief_test(void **state)
{
    const struct brief_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct failure failure;

    assert_true(failure_find(&arena, str_from(row->head), &failure));
    assert_string_equal(failure_cause(&arena, &failure), row->cause);
    assert_string_equal(failure_label(&arena, &failure), row->label);
    arena_release(&arena);
}

static void a_long_code_and_operation_are_none(void **state)
{
    char head[4 * FAILURE_WORD_BYTES_MAX];
    struct arena arena = ARENA_EMPTY;
    struct failure failure;

    (void)state;
    for (int more = 0; more < 2; more++) {
        snprintf(head, sizeof head,
                 "An error occurred (%0*d) when calling the %0*d operation: x",
                 FAILURE_WORD_BYTES_MAX + more, 1, FAILURE_WORD_BYTES_MAX + more, 1);
        assert_true(failure_find(&arena, str_from(head), &failure));
        assert_int_equal(failure.code.text == NULL, more);
        assert_int_equal(failure.operation.text == NULL, more);
    }
    arena_release(&arena);
}

static void a_long_line_is_cut_between_characters(void **state)
{
    char text[2 * FAILURE_LINE_BYTES_MAX];
    struct arena arena = ARENA_EMPTY;
    struct str head = { text, sizeof text };
    struct failure failure;

    (void)state;
    memset(text, 'a', sizeof text);
    memcpy(text, "An error occurred (", 19);
    assert_true(failure_find(&arena, head, &failure));
    assert_int_equal(strlen(failure.said), FAILURE_LINE_BYTES_MAX);
    memcpy(text + FAILURE_LINE_BYTES_MAX - 2, "\xE2\x82\xAC", 3);
    assert_true(failure_find(&arena, head, &failure));
    assert_int_equal(strlen(failure.said), FAILURE_LINE_BYTES_MAX - 2);
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, rows, row_test);
    TESTS_ADD_ROWS(&tests, operation_rows, operation_test);
    TESTS_ADD_ROWS(&tests, quote_rows, quote_test);
    TESTS_ADD_ROWS(&tests, last_rows, last_test);
    TESTS_ADD_ROWS(&tests, brief_rows, brief_test);
    TESTS_ADD(&tests, an_operation_is_told_by_a_broken_line);
    TESTS_ADD(&tests, a_long_code_and_operation_are_none);
    TESTS_ADD(&tests, a_long_line_is_cut_between_characters);
    return tests_run("find_failure", &tests);
}
