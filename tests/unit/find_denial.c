#include "rows.h"

#include "find/denial.h"

#include <string.h>

#define REFUSED " is not authorized to perform: rds:DescribeDBSnapshots"
#define LONG    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

static const struct row {
    const char *name;
    const char *message;
    const char *actor, *action; /* NULL: absent */
} rows[] = {
    { "a role, and its session",
      "User: arn:aws:sts::123456789012:assumed-role/Audit/j.doe@example.org" REFUSED
      " because no identity-based policy allows the rds:DescribeDBSnapshots action",
      "role Audit/j.doe@example.org", "rds:DescribeDBSnapshots" },
    { "a role", "User: arn:aws:iam::123456789012:role/Audit" REFUSED, "role Audit",
      "rds:DescribeDBSnapshots" },
    { "a user with a path",
      "User: arn:aws-cn:iam::123456789012:user/staff/alice" REFUSED
      " on resource: arn:aws-cn:rds:cn-north-1:123456789012:snapshot:*",
      "user staff/alice", "rds:DescribeDBSnapshots" },
    { "a federated user", "User: arn:aws:sts::123456789012:federated-user/bob" REFUSED,
      "federated user bob", "rds:DescribeDBSnapshots" },
    { "the root user", "User: arn:aws:iam::123456789012:root" REFUSED, "root user",
      "rds:DescribeDBSnapshots" },
    { "an account that was taken out",
      "User: arn:aws:sts::XXXX:assumed-role/Audit/**" REFUSED, "role Audit/**",
      "rds:DescribeDBSnapshots" },
    { "as EC2 says it",
      "You are not authorized to perform this operation. User: "
      "arn:aws:iam::123456789012:user/alice is not authorized to perform: "
      "ec2:DescribeRegions with an explicit deny in a service control policy",
      "user alice", "ec2:DescribeRegions" },
    { "a service with a dash", "User: x is not authorized to perform: a-b:Get", NULL,
      "a-b:Get" },
    { "a full stop behind it", "x is not authorized to perform: a:Get, and b", NULL,
      "a:Get" },
    { "as EC2 said it", "You are not authorized to perform this operation.", NULL,
      NULL },
    { "nobody", "User: anonymous" REFUSED, NULL, "rds:DescribeDBSnapshots" },
    { "an actor of another service", "User: arn:aws:s3:::user/alice" REFUSED, NULL,
      "rds:DescribeDBSnapshots" },
    { "an actor of no kind that is known",
      "User: arn:aws:iam::123456789012:group/staff" REFUSED, NULL,
      "rds:DescribeDBSnapshots" },
    { "a role without a name", "User: arn:aws:iam::123456789012:role/" REFUSED, NULL,
      "rds:DescribeDBSnapshots" },
    { "a name that IAM does not allow",
      "User: arn:aws:iam::123456789012:user/a\x1B[31m" REFUSED, NULL,
      "rds:DescribeDBSnapshots" },
    { "an action without a service", "x is not authorized to perform: Get", NULL,
      NULL },
    { "an action without a name", "x is not authorized to perform: a:", NULL, NULL },
    { "an action that is none", "x is not authorized to perform: a:<b>", NULL, NULL },
    { "no action", "x is not authorized to perform: ", NULL, NULL },
    { "an actor that is too long",
      "User: arn:aws:iam::123456789012:user/" LONG LONG LONG LONG REFUSED, NULL,
      "rds:DescribeDBSnapshots" },
    { "nothing", "", NULL, NULL },
};

static void row_test(void **state)
{
    const struct row *row = *state;
    /* A copy of the exact length, so that AddressSanitizer sees a byte too far. */
    struct arena arena = ARENA_EMPTY;
    size_t len = strlen(row->message);
    char *message = arena_alloc(&arena, len);
    struct denial denial;

    memcpy(message, row->message, len);
    denial = denial_find(&arena, (struct str){ message, len });
    assert_true(str_same(denial.actor, str_from(row->actor)) ||
                (denial.actor.text == NULL && row->actor == NULL));
    assert_true(str_same(denial.action, str_from(row->action)) ||
                (denial.action.text == NULL && row->action == NULL));
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, rows, row_test);
    return tests_run("find_denial", &tests);
}
