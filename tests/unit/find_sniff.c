#include "rows.h"

#include "find/sniff.h"

#include <string.h>

static const char *const names[] = {
    [SNIFF_EMPTY] = "empty",     [SNIFF_BLANK] = "blank",
    [SNIFF_JSON] = "json",       [SNIFF_SCALAR] = "scalar",
    [SNIFF_CLI_ERROR] = "error", [SNIFF_TABLE] = "table",
    [SNIFF_TEXT] = "text",       [SNIFF_YAML] = "yaml",
    [SNIFF_ARCHIVE] = "archive", [SNIFF_OTHER] = "other",
    [SNIFF_QUERY] = "query",     [SNIFF_QUOTES] = "quotes",
    [SNIFF_BEFORE] = "before",   [SNIFF_TERMINAL] = "terminal",
    [SNIFF_OFFICE] = "office",   [SNIFF_SCRIPT] = "script",
};

static const struct row {
    const char *name;
    const char *head;
    enum sniff kind;
} rows[] = {
    { "a query in single quotes", "'DBSnapshots[?(SnapshotType==`awsbackup`)]'\n",
      SNIFF_QUERY },
    { "a query that was printed as its answer",
      "\"DBSnapshots[?(SnapshotType==`awsbackup`)]\"\r\n", SNIFF_QUERY },
    { "a query without quotes", "DBSnapshots[].DBSnapshotIdentifier", SNIFF_QUERY },
    { "a query of all", "DBSnapshots[*].{id:DBSnapshotIdentifier}", SNIFF_QUERY },
    { "a query of one", "DBSnapshots[0]", SNIFF_QUERY },
    { "a query of the last", "DBSnapshots[-1]", SNIFF_QUERY },
    { "a slice", "DBSnapshots[:2]", SNIFF_QUERY },
    { "a function of a listing", "length(DBSnapshots)", SNIFF_QUERY },
    { "a function in quotes", "'sort_by(DBSnapshots, &Engine)'", SNIFF_QUERY },
    { "a function of another language", "main(void)", SNIFF_OTHER },
    { "a number in brackets", "see [1]", SNIFF_OTHER },
    { "an index that is a word", "a[b]", SNIFF_OTHER },
    { "a word and a bracket", "DBSnapshots[", SNIFF_OTHER },
    { "a quote alone", "'", SNIFF_OTHER },
    { "text that is a query, and another document",
      "\"DBSnapshots[]\"\n{\"DBSnapshots\": []}", SNIFF_SCALAR },
    { "a command and its answer", "aws rds describe-db-snapshots --region us-east-1\n{",
      SNIFF_QUERY },
    { "a command behind a prompt", "$ aws rds describe-db-snapshots", SNIFF_QUERY },
    { "a command in cmd.exe", "C:\\Users\\me>aws rds describe-db-snapshots",
      SNIFF_QUERY },
    { "a prompt and a command", "[cloudshell-user@ip-10-2-3-4 ~]$ aws rds x\n{",
      SNIFF_TERMINAL },
    { "a prompt without brackets", "me@host:~$ aws rds x\n{", SNIFF_TERMINAL },
    { "root's prompt", "[root@host /]# aws rds x", SNIFF_TERMINAL },
    { "a prompt of Windows, and what follows", "PS C:\\> aws rds x\r\n{",
      SNIFF_TERMINAL },
    { "a price is no prompt", "costs 5$ a day", SNIFF_OTHER },
    { "a command in PowerShell", "PS C:\\Users\\me> aws rds describe-db-snapshots",
      SNIFF_QUERY },
    { "a note about commands", "see what aws rds says", SNIFF_OTHER },
    { "a note with an arrow", "I did >aws rds", SNIFF_OTHER },
    { "a wrong query", "Bad value for --query DBSnapshots[?: invalid token",
      SNIFF_CLI_ERROR },

    { "no byte", "", SNIFF_EMPTY },
    { "blanks", " \r\n\t", SNIFF_BLANK },
    { "a byte order mark alone", "\xEF\xBB\xBF", SNIFF_BLANK },
    { "an object", "{\"DBSnapshots\": []}", SNIFF_JSON },
    { "an empty array", "[]\n", SNIFF_JSON },
    { "an object after blanks", "\n  {", SNIFF_JSON },
    { "an object after a byte order mark", "\xEF\xBB\xBF\r\n{", SNIFF_JSON },
    { "a template", "{% if x %}", SNIFF_OTHER },
    { "another template", "{{ x }}", SNIFF_OTHER },
    { "RTF", "{\\rtf1", SNIFF_OTHER },
    { "JSON5", "{a: 1}", SNIFF_JSON },
    { "Python's", "{'a': 1}", SNIFF_JSON },
    { "an object that has only begun", "{", SNIFF_JSON },
    { "an array of numbers", "[ 1, 2]", SNIFF_JSON },
    { "an array of one number", "[1]", SNIFF_JSON },
    { "an array of nothing that is known", "[null]", SNIFF_JSON },
    { "an array of text with brackets", "[\"a]\"]", SNIFF_JSON },
    { "arrays in each other", "[[[", SNIFF_JSON },
    { "a section of an .ini file", "[ZoneTransfer]\r\nZoneId=3", SNIFF_OTHER },
    { "a line of a log", "[2026-11-24 12:00:00] started", SNIFF_OTHER },
    { "another line of a log", "[INFO] started", SNIFF_OTHER },
    { "a link in Markdown", "[![Build](x)](y)", SNIFF_OTHER },
    { "a macro in Markdown", "[[_TOC_]]", SNIFF_OTHER },
    { "typographic quotes",
      "{\n \xE2\x80\x9C"
      "DBSnapshots\xE2\x80\x9D: []}",
      SNIFF_QUOTES },
    { "typographic quotes in an array",
      "[\xE2\x80\x9E"
      "a\xE2\x80\x9C]",
      SNIFF_QUOTES },
    { "codes that clear the screen", "\x1B[3;J\x1B[H\x1B[2J{\"DBSnapshots\": []}",
      SNIFF_BEFORE },
    { "a question before the answer",
      "Enter MFA code for x: \n{\n  \"DBSnapshots\": []", SNIFF_BEFORE },
    { "prose with braces", "use {x} and [y]", SNIFF_OTHER },

    { "null", "null\n", SNIFF_SCALAR },
    { "true at the end", "true", SNIFF_SCALAR },
    { "false", "false", SNIFF_SCALAR },
    { "a number", "17\n", SNIFF_SCALAR },
    { "a number with all its parts", "-1.5e+10", SNIFF_SCALAR },
    { "an account id", "012345678901\n", SNIFF_SCALAR },
    { "a string", "\"awsbackup:job-1\"\n", SNIFF_SCALAR },
    { "nullable is no null", "nullable", SNIFF_OTHER },
    { "null and more on the line is none", "null and void", SNIFF_OTHER },
    { "a date is no number", "2026-01-01 started", SNIFF_OTHER },
    { "a number and a word is none", "12 files", SNIFF_OTHER },
    { "a point without digits is no number", "1.", SNIFF_OTHER },
    { "an exponent without digits is no number", "1e", SNIFF_OTHER },
    { "a minus alone is no number", "-", SNIFF_OTHER },

    { "as v2 prints an error",
      "\nAn error occurred (AccessDenied) when calling the ListBackupPlans operation: "
      "x",
      SNIFF_CLI_ERROR },
    { "as newer versions print it", "\naws: [ERROR]: An error occurred (X)",
      SNIFF_CLI_ERROR },
    { "no credentials", "Unable to locate credentials. You can configure",
      SNIFF_CLI_ERROR },
    { "no connection", "Could not connect to the endpoint URL: \"https://rds\"",
      SNIFF_CLI_ERROR },
    { "half the credentials", "Partial credentials found in env", SNIFF_CLI_ERROR },
    { "no profile", "The config profile (x) could not be found", SNIFF_CLI_ERROR },
    { "usage", "usage: aws [options] <command>", SNIFF_CLI_ERROR },
    { "wrong usage", "aws: error: the following arguments", SNIFF_CLI_ERROR },
    { "wrong usage on Windows", "aws.exe: error: argument", SNIFF_CLI_ERROR },
    { "unknown options", "Unknown options: --foo", SNIFF_CLI_ERROR },
    { "a wrong parameter", "Error parsing parameter '--filters'", SNIFF_CLI_ERROR },
    { "a wrong argument", "argument --region: expected one argument", SNIFF_CLI_ERROR },
    { "a wrong endpoint", "Invalid endpoint: https://rds..", SNIFF_CLI_ERROR },
    { "a time-out", "Connect timeout on endpoint URL", SNIFF_CLI_ERROR },
    { "another time-out", "Read timeout on endpoint URL", SNIFF_CLI_ERROR },
    { "a certificate", "SSL validation failed for https://rds", SNIFF_CLI_ERROR },
    { "no region", "You must specify a region.", SNIFF_CLI_ERROR },
    { "no session", "The SSO session associated with this profile", SNIFF_CLI_ERROR },
    { "no token", "Error loading SSO Token: Token for x", SNIFF_CLI_ERROR },
    { "an old token", "ExpiredToken: x", SNIFF_CLI_ERROR },
    { "an error behind a warning",
      "/usr/lib/urllib3/connectionpool.py:1: InsecureRequestWarning: x\n"
      "  warnings.warn(\n\nAn error occurred (X)",
      SNIFF_CLI_ERROR },
    { "a warning before the answer",
      "/usr/lib/urllib3/connectionpool.py:1: InsecureRequestWarning: x\n{\"a\": 1}",
      SNIFF_BEFORE },
    { "an error behind prose", "I saw this:\nAn error occurred (X)", SNIFF_OTHER },
    { "PowerShell's", "aws : \r\nAn error occurred (X)", SNIFF_CLI_ERROR },
    { "PowerShell's of an .exe", "aws.exe : usage: aws x", SNIFF_CLI_ERROR },
    { "no AWS CLI", "zsh: command not found: aws", SNIFF_CLI_ERROR },
    { "no AWS CLI on Windows",
      "'aws' is not recognized as an internal or external command", SNIFF_CLI_ERROR },
    { "an old session",
      "Your session has expired. Please reauthenticate using 'aws login'.",
      SNIFF_CLI_ERROR },
    { "another old session", "Token has expired and refresh failed", SNIFF_CLI_ERROR },
    { "an error of somebody else", "An error happened", SNIFF_OTHER },
    { "usage of something else", "usage: awk", SNIFF_OTHER },

    { "a table", "-------------\n|  Describe  |\n", SNIFF_TABLE },
    { "a table's joint", "+-----+------+\n", SNIFF_TABLE },
    { "a table's row", "|  DBSnapshots  |", SNIFF_TABLE },
    { "ten hyphens", "----------", SNIFF_TABLE },
    { "nine hyphens", "---------", SNIFF_OTHER },

    { "text", "DBSNAPSHOTS\t20\tus-east-1a\n", SNIFF_TEXT },
    { "text without a name", "us-east-1\tus-west-2\n", SNIFF_TEXT },
    { "numbers in text", "12\t34", SNIFF_TEXT },
    { "text's nothing", "None\n", SNIFF_TEXT },
    { "a tab on the second line only", "hello\na\tb", SNIFF_OTHER },

    { "YAML", "DBSnapshots:\n- AllocatedStorage: 20\n", SNIFF_YAML },
    { "a YAML member and its value", "Account: '123456789012'\n", SNIFF_YAML },
    { "a YAML member and an empty list", "DBSnapshots: []\n", SNIFF_YAML },
    { "a YAML list", "- DBSnapshotIdentifier: 'a'\n", SNIFF_YAML },
    { "a YAML stream", "- DBSnapshots:\n", SNIFF_YAML },
    { "a YAML document", "---\nformat: 1\n", SNIFF_YAML },
    { "a message is no YAML", "Error: no such host\n", SNIFF_OTHER },
    { "a URL is no YAML", "https://example.org", SNIFF_OTHER },

    { "zip", "PK\x03\x04...", SNIFF_ARCHIVE },
    { "an empty zip", "PK\x05\x06...", SNIFF_ARCHIVE },
    { "gzip", "\x1F\x8B\x08", SNIFF_ARCHIVE },
    { "a spreadsheet",
      "PK\x03\x04"
      "..........................[Content_Types].xml",
      SNIFF_OFFICE },
    { "a text of OpenOffice",
      "PK\x03\x04"
      "..........................mimetypeapplication/v",
      SNIFF_OFFICE },
    { "a zip of answers",
      "PK\x03\x04"
      "..........................mine/[Content_Types].xml",
      SNIFF_ARCHIVE },
    { "a script", "#!/bin/sh\naws rds describe-db-snapshots", SNIFF_SCRIPT },
    { "bzip2", "BZh91AY", SNIFF_ARCHIVE },
    { "xz",
      "\xFD"
      "7zXZ",
      SNIFF_ARCHIVE },
    { "zstd", "\x28\xB5\x2F\xFD", SNIFF_ARCHIVE },
    { "7z", "7z\xBC\xAF\x27\x1C", SNIFF_ARCHIVE },

    { "prose", "Hello, world", SNIFF_OTHER },
    { "half a gzip magic", "\x1F", SNIFF_OTHER },
    { "Markdown's list", "- one\n- two\n", SNIFF_OTHER },
};

static void row_test(void **state)
{
    const struct row *row = *state;
    /* A copy of the exact length, so that AddressSanitizer sees a byte too far. */
    struct arena arena = ARENA_EMPTY;
    size_t len = strlen(row->head);
    char *head = arena_alloc(&arena, len);

    memcpy(head, row->head, len);
    assert_string_equal(
        names[sniff(pattern_match_new(&arena), (struct str){ head, len })],
        names[row->kind]);
    arena_release(&arena);
}

static const struct tar_row {
    const char *name;
    char first;
    const char *magic;
    size_t magic_bytes, len;
    enum sniff kind;
} tar_rows[] = {
    { "a POSIX tar", 'a',
      "ustar\0"
      "00",
      8, 512, SNIFF_ARCHIVE },
    { "a GNU tar", 'a', "ustar  \0", 8, 512, SNIFF_ARCHIVE },
    { "a tar whose first name begins as JSON", '{',
      "ustar\0"
      "00",
      8, 512, SNIFF_ARCHIVE },
    { "JSON with the word in its place", '{', "ustar\"  ", 8, 512, SNIFF_JSON },
    { "a tar that is cut off", 'a',
      "ustar\0"
      "0",
      7, 264, SNIFF_OTHER },
};

static void tar_test(void **state)
{
    const struct tar_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    char *head = arena_alloc(&arena, row->len);

    memset(head, ' ', row->len);
    head[0] = row->first;
    memcpy(head + 257, row->magic, row->magic_bytes);
    assert_string_equal(
        names[sniff(pattern_match_new(&arena), (struct str){ head, row->len })],
        names[row->kind]);
    arena_release(&arena);
}

static const struct line_row {
    const char *name;
    const char *head, *line;
} line_rows[] = {
    { "the first line", "one\ntwo", "one" },
    { "blank lines before it", "\n \r\n\n one \r\ntwo", "one" },
    { "a byte order mark", "\xEF\xBB\xBFone", "one" },
    { "nothing", "", "" },
    { "nothing but blanks", " \n", "" },
    { "any byte", "\xFF\x01\n", "\xFF\x01" },
};

static void line_test(void **state)
{
    const struct line_row *row = *state;

    assert_true(str_equal(sniff_line(str_from(row->head)), str_from(row->line)));
}

static const struct at_row {
    const char *name;
    const char *head;
    size_t at; /* from 1; 0: none */
} at_rows[] = {
    { "at the front", "{\"a\"", 1 },
    { "behind text", "ab {\"a\"", 4 },
    { "an empty object", "ab {}", 4 },
    { "an array of objects", "ab [\n{", 4 },
    { "an empty array", "ab []", 4 },
    { "behind other braces", "{x} [y] {\"a\"", 9 },
    { "codes of a terminal", "\x1B[2J{\"a\"", 5 },
    { "none", "ab {x} [1]", 0 },
    { "none that one can see", "ab {", 0 },
    { "nothing", "", 0 },
};

static void at_test(void **state)
{
    const struct at_row *row = *state;

    assert_int_equal(sniff_json_at(str_from(row->head)) + 1, row->at);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, rows, row_test);
    TESTS_ADD_ROWS(&tests, tar_rows, tar_test);
    TESTS_ADD_ROWS(&tests, at_rows, at_test);
    TESTS_ADD_ROWS(&tests, line_rows, line_test);
    return tests_run("find_sniff", &tests);
}
