/* What is not known below the fields of a record: a row a record. */
#include "rows.h"

#include "judge/nested.h"

#include <string.h>

static const struct nested_row {
    const char *name;
    const char *record;
    bool trimmed;
    const char *expected; /* its fields, "*": each that an object lacks */
} nested_rows[] = {
    { "nothing is open", "{\"Lifecycle\":{\"DeleteAfterDays\":35}}", false, "" },
    { "of a record that was cut all that an object lacks",
      "{\"Lifecycle\":{\"DeleteAfterDays\":35}}", true, "*" },
    { "but not of the record itself", "{\"Status\":\"s\"}", true, "" },
    { "objects in lists, too", "{\"TagList\":[{\"Key\":\"a\"},{\"Key\":\"b\"}]}", true,
      "* *" },
    { "AWS prints no null", "{\"Lifecycle\":{\"MoveToColdStorageAfterDays\":null}}",
      false, "*" },
    { "a text is no lifecycle", "{\"Lifecycle\":\"x\"}", false, "Lifecycle" },
    { "nor is a list", "{\"Lifecycle\":[]}", false, "Lifecycle" },
    { "a field that is null is absent", "{\"Lifecycle\":null}", false, "" },
    { "a text is no number of days", "{\"Lifecycle\":{\"DeleteAfterDays\":\"1\"}}",
      false, "DeleteAfterDays" },
    { "a plan has rules", "{\"BackupPlan\":{}}", false, "Rules" },
    { "an object is no list of rules", "{\"BackupPlan\":{\"Rules\":{}}}", false,
      "Rules" },
    { "null is no rule", "{\"BackupPlan\":{\"Rules\":[{},null]}}", false, "Rules" },
    { "no rules are none", "{\"BackupPlan\":{\"Rules\":[]}}", false, "" },
    { "a rule's lifecycle", "{\"BackupPlan\":{\"Rules\":[{\"Lifecycle\":\"x\"}]}}",
      false, "Lifecycle" },
};

static void nested_test(void **state)
{
    const struct nested_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct buf out = BUF_EMPTY(&arena);
    struct open_members open = { 0 };
    json_t *record = json_loads(row->record, 0, NULL);

    nested_open(&arena, record, row->trimmed, &open);
    for (size_t i = 0; i < open.count; i++)
        buf_printf(&out, "%s%s", i > 0 ? " " : "",
                   open.items[i].name.text != NULL ? open.items[i].name.text : "*");
    assert_string_equal(out.len > 0 ? buf_str(&out).text : "", row->expected);
    json_decref(record);
    arena_release(&arena);
}

static void of_a_field_with_more_nothing_is_known(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct open_members open = { 0 };
    json_t *record = json_object(), *list = json_array();

    (void)state;
    json_object_set_new(record, "List", list);
    for (int i = 0; i < NESTED_OPEN_MAX; i++)
        json_array_append_new(list, json_object());
    nested_open(&arena, record, true, &open);
    assert_int_equal(open.count, NESTED_OPEN_MAX);
    json_array_append_new(list, json_object());
    open.count = 0;
    nested_open(&arena, record, true, &open);
    assert_int_equal(open.count, 1);
    assert_ptr_equal(open.items[0].object, record);
    assert_string_equal(open.items[0].name.text, "List");
    json_decref(record);
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, nested_rows, nested_test);
    TESTS_ADD(&tests, of_a_field_with_more_nothing_is_known);
    return tests_run("judge_nested", &tests);
}
