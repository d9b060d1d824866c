/* From a command that a report names to the line of a script that asks it, or to why it
 * is left out. */
#include "collect/request.h"
#include "collect/script.h"
#include "rows.h"
#include "rulebook/rulebook.h"

#include <stdio.h>
#include <string.h>

#define ACCOUNT "123456789012"
#define PLANS   "aws backup list-backup-plans --region us-east-1 --output json"
#define PARTS   "aws backup list-backup-selections --backup-plan-id "
#define DETAIL  "aws backup get-backup-selection --backup-plan-id "
#define AT      " --region us-east-1 --output json"

static const struct request_row {
    const char *name;
    const char *account, *command;
    const char *expected; /* a line of the script, of its calls or of its head */
} request_rows[] = {
    { "a listing of a region", ACCOUNT, PLANS,
      "    ask us-east-1/backup-list-backup-plans.json backup list-backup-plans "
      "--region us-east-1" },
    { "a listing of the account, with the catalog's words", ACCOUNT,
      "aws ec2 describe-regions --all-regions --output json",
      "    ask global/ec2-describe-regions.json ec2 describe-regions --all-regions" },
    { "a part, with its parent", ACCOUNT, PARTS "p" AT,
      "    ask us-east-1/backup-list-backup-selections--p.json backup "
      "list-backup-selections --backup-plan-id=p --region us-east-1" },
    { "a part of each parent", ACCOUNT, PARTS "ID" AT,
      "    ask_each us-east-1/backup-list-backup-plans.json BackupPlanId "
      "us-east-1/backup-list-backup-selections --backup-plan-id backup "
      "list-backup-selections --region us-east-1" },
    { "a detail, with what it is told", ACCOUNT, DETAIL "p/q --selection-id s--t" AT,
      "    ask us-east-1/backup-get-backup-selection--p_q--s-_t.json backup "
      "get-backup-selection --backup-plan-id=p/q --selection-id=s--t --region "
      "us-east-1" },
    { "a detail of each record of each part", ACCOUNT, DETAIL "ID --selection-id ID" AT,
      "    ask_each_part us-east-1/backup-list-backup-selections SelectionId "
      "us-east-1/backup-get-backup-selection BackupPlanId --backup-plan-id "
      "--selection-id backup get-backup-selection --region us-east-1" },
    { "a detail of each record of a listing", ACCOUNT,
      "aws backup get-backup-plan --backup-plan-id ID" AT,
      "    ask_each us-east-1/backup-list-backup-plans.json BackupPlanId "
      "us-east-1/backup-get-backup-plan --backup-plan-id backup get-backup-plan "
      "--region us-east-1" },
    { "what AWS refuses where there is nothing", ACCOUNT,
      "aws backup get-backup-vault-access-policy --backup-vault-name v" AT,
      "    may ResourceNotFoundException ask "
      "us-east-1/backup-get-backup-vault-access-policy--v.json backup "
      "get-backup-vault-access-policy --backup-vault-name=v --region us-east-1" },
    { "the same, by whatever code", ACCOUNT,
      "aws organizations list-accounts --output json",
      "    may any ask global/organizations-list-accounts.json organizations "
      "list-accounts" },
    { "an id that begins with a hyphen", ACCOUNT, PARTS "-e" AT,
      "    ask us-east-1/backup-list-backup-selections---e.json backup "
      "list-backup-selections --backup-plan-id=-e --region us-east-1" },
    { "an id that is an ARN", ACCOUNT, PARTS "arn:aws:x:y::z/w" AT,
      "    ask us-east-1/backup-list-backup-selections--arn_aws_x_y__z_w.json backup "
      "list-backup-selections --backup-plan-id=arn:aws:x:y::z/w --region us-east-1" },

    { "one of the two ids is not known", ACCOUNT, DETAIL "p --selection-id ID" AT,
      "#     1 call about what the other answers will tell" },
    { "an account that nothing tells", NULL, PLANS,
      "#     1 call of an account that nothing tells" },
    { "an account of 11 digits", "12345678901", PLANS,
      "#     1 call of an account that nothing tells" },
    { "an account of letters", "12345678901x", PLANS,
      "#     1 call of an account that nothing tells" },
    { "a region that nothing tells", ACCOUNT,
      "aws backup list-backup-plans --region REGION --output json",
      "#     1 call of a region that nothing tells" },
    { "a region with a slash", ACCOUNT,
      "aws backup list-backup-plans --region ../us-east-1 --output json",
      "#     1 call of a region that nothing tells" },
    { "a region that looks like an option", ACCOUNT,
      "aws backup list-backup-plans --region -x --output json",
      "#     1 call of a region that nothing tells" },
    { "an id that the AWS CLI reads a file for", ACCOUNT, PARTS "file:///etc/passwd" AT,
      "#     1 call about an id that is none of AWS" },
    { "an id with a blank", ACCOUNT, PARTS "'a b'" AT,
      "#     1 call about an id that is none of AWS" },
    { "an empty id", ACCOUNT, PARTS "''" AT,
      "#     1 call about an id that is none of AWS" },
    { "an id that is another option with a value", ACCOUNT,
      PARTS "--endpoint-url=http:x" AT,
      "#     1 call about an id that is none of AWS" },
    { "an id that begins with a dot", ACCOUNT, PARTS "../x" AT,
      "#     1 call about an id that is none of AWS" },
    { "a call that changes something", ACCOUNT,
      "aws rds delete-db-instance --region us-east-1 --output json",
      "#     1 call that might change something" },
};

static const struct wrong_row {
    const char *name;
    const char *command, *expected;
} wrong_rows[] = {
    { "no command of the AWS CLI", "rm -rf x",
      "expected a call of the catalog, met 'rm -rf x'" },
    { "a call that nobody knows", "aws ec2 run-instances --output json",
      "expected a call of the catalog, met 'aws ec2 run-instances --output json'" },
    { "nothing", "", "expected a call of the catalog, met ''" },
    { "its first words alone", "aws backup",
      "expected a call of the catalog, met 'aws backup'" },
    { "two commands", "aws backup list-backup-plans --region us-east-1; id",
      "expected words, met 'aws backup list-backup-plans --region us-east-1; id'" },
    { "a quote that nothing ends", "aws backup list-backup-plans --region 'x",
      "expected words, met 'aws backup list-backup-plans --region 'x'" },
};

static const struct catalog *catalog_of(struct arena *arena)
{
    static const struct rulebook_wanted wanted = { .to_judge = true };
    struct mistakes mistakes = MISTAKES_EMPTY(arena);
    const struct rulebook *book = rulebook_load(arena, &wanted, &mistakes);

    assert_non_null(book);
    return book->catalog;
}

static bool has_line(struct str text, const char *line)
{
    struct str next;

    while (text.text != NULL) {
        next = str_next(&text, '\n');
        if (str_equal(next, str_from(line)))
            return true;
    }
    return false;
}

static void request_test(void **state)
{
    const struct request_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct buf script = BUF_EMPTY(&arena);
    struct collect_request request;
    struct collect_calls calls;
    struct error err = { 0 };

    if (!collect_request_read(&arena, catalog_of(&arena), str_from(row->account),
                              str_from(row->command), &request, &err))
        fail_msg("%s", err.message);
    calls_of_requests(&arena, &request, 1, false, &calls);
    collect_script(&calls, &script);
    if (!has_line(buf_str(&script), row->expected))
        fail_msg("no line '%s' in:\n%.2000s", row->expected, buf_str(&script).text);
    assert_int_equal(calls.asked, row->expected[0] == ' ');
    arena_release(&arena);
}

static void wrong_test(void **state)
{
    const struct wrong_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct collect_request request;
    struct error err = { 0 };

    assert_false(collect_request_read(&arena, catalog_of(&arena), STR(ACCOUNT),
                                      str_from(row->command), &request, &err));
    assert_string_equal(err.message, row->expected);
    arena_release(&arena);
}

/* Accounts are in order, and what gives ids comes before what takes them. */
static void several_are_in_order(void **state)
{
    static const char *const commands[] = { DETAIL "ID --selection-id ID" AT,
                                            PARTS "ID" AT, PLANS };
    static const char *const accounts[] = { "222222222222", "111111111111" };
    struct arena arena = ARENA_EMPTY;
    const struct catalog *catalog = catalog_of(&arena);
    struct collect_request requests[COUNT_OF(commands) * COUNT_OF(accounts)];
    struct collect_calls calls;
    struct error err = { 0 };
    size_t count = 0;

    (void)state;
    for (size_t i = 0; i < COUNT_OF(commands); i++)
        for (size_t j = 0; j < COUNT_OF(accounts); j++)
            assert_true(collect_request_read(&arena, catalog, str_from(accounts[j]),
                                             str_from(commands[i]), &requests[count++],
                                             &err));
    calls_of_requests(&arena, requests, count, false, &calls);
    assert_int_equal(calls.asked, count);
    assert_int_equal(calls.accounts, 2);
    for (size_t i = 0; i < count; i++) {
        assert_true(str_equal(calls.items[i].request.account,
                              str_from(accounts[1 - i / COUNT_OF(commands)])));
        assert_int_equal(calls.items[i].how, i % COUNT_OF(commands));
    }
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, request_rows, request_test);
    TESTS_ADD_ROWS(&tests, wrong_rows, wrong_test);
    TESTS_ADD(&tests, several_are_in_order);
    return tests_run("collect_request", &tests);
}
