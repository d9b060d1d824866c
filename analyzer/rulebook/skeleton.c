#include "rulebook/skeleton.h"

/* What is asked of a record, and how it is written. */
struct asked_field {
    struct str field;       /* absent: the type has none but its id */
    bool is_always;         /* AWS prints it in every record */
    const char *good, *bad; /* in YAML */
    const char *literal;    /* the good one, in JMESPath */
};

static bool ask_of(const struct type *type, const struct type_field *field,
                   struct asked_field *question)
{
    static const struct asked_field of_kind[FIELD_KIND_COUNT] = {
        [FIELD_STRING] = { .good = "good", .bad = "bad", .literal = "'good'" },
        [FIELD_NUMBER] = { .good = "1", .bad = "0", .literal = "`1`" },
        [FIELD_BOOLEAN] = { .good = "true", .bad = "false", .literal = "`true`" },
    };

    if (field->kind >= FIELD_KIND_COUNT || of_kind[field->kind].good == NULL ||
        str_equal(field->name, type->id) || str_equal(field->name, type->arn) ||
        str_list_has(&type->time, field->name))
        return false;
    *question = of_kind[field->kind];
    question->field = field->name;
    return true;
}

/* The first of a kind that has few values. */
static void ask(const struct type *type, struct asked_field *question)
{
    for (size_t i = 0; i < type->always_count; i++) {
        if (ask_of(type, &type->always[i], question)) {
            question->is_always = true;
            return;
        }
    }
    for (size_t i = 0; i < type->field_count; i++)
        if (ask_of(type, &type->fields[i], question))
            return;
    *question = (struct asked_field){ .good = "good-1", .bad = "bad-1" };
}

static void put_head(struct buf *buf, struct str id, const struct type *type)
{
    struct str title = type->title;

    buf_printf(buf,
               "format: 1\n"
               "id: %.*s\n"
               "title: what is to be so of %.*s\n"
               "severity: medium\n"
               "\n"
               "description: >\n"
               "  Say what is looked at, and when the rule holds.\n"
               "\n"
               "remediation: |\n"
               "  Say how what fails is put right.\n"
               "\n",
               STR_ARG(id), STR_ARG(title));
}

/* { Id: a, Field: good } */
static void put_record(struct buf *buf, const struct type *type,
                       const struct asked_field *question, const char *id,
                       const char *value)
{
    const char *between = "";

    buf_add(buf, STR("{ "));
    if (type->id.len > 0) {
        buf_printf(buf, "%.*s: %s", STR_ARG(type->id),
                   question->field.text != NULL ? id : value);
        between = ", ";
    }
    if (question->field.text != NULL && value != NULL)
        buf_printf(buf, "%s%.*s: %s", between, STR_ARG(question->field), value);
    buf_add(buf, STR(" }"));
}

/* A test of one record, or of none: `value` is its field's, NULL: it has none. */
static void put_test(struct buf *buf, const struct type *type,
                     const struct asked_field *question, const char *name,
                     const char *value)
{
    buf_printf(buf, "  - name: %s\n    evidence: { \"%.*s\": [ ", name,
               STR_ARG(type->name));
    put_record(buf, type, question, "a", value);
    buf_add(buf, STR(" ] }\n"));
}

static void put_expect(struct buf *buf, const struct asked_field *question,
                       const char *value, const char *result)
{
    buf_printf(buf, "    expect: { %s: %s }\n",
               question->field.text != NULL ? "a" : value, result);
}

/* ---- about each record ----------------------------------------------------------- */

static void put_outcomes_of_record(struct buf *buf, const struct type *type,
                                   const struct asked_field *question)
{
    struct str field = question->field.text != NULL ? question->field : type->id;

    buf_add(buf, STR("outcomes:\n  - result: pass\n"));
    if (question->field.text != NULL) {
        buf_printf(buf, "    when: \"resource.%.*s == %s\"\n", STR_ARG(field),
                   question->literal);
    } else {
        buf_printf(buf, "    when: \"starts_with(resource.%.*s, 'good')\"\n",
                   STR_ARG(field));
    }
    buf_printf(buf, "    message: \"%.*s is {resource.%.*s}\"\n", STR_ARG(field),
               STR_ARG(field));
    if (question->field.text != NULL && !question->is_always) {
        buf_printf(buf,
                   "  - result: unknown\n"
                   "    when: \"resource.%.*s == `null`\"\n"
                   "    message: \"nothing tells %.*s\"\n",
                   STR_ARG(field), STR_ARG(field));
    }
    buf_printf(buf,
               "  - result: fail\n"
               "    message: \"%.*s is {resource.%.*s}\"\n",
               STR_ARG(field), STR_ARG(field));
}

static void put_tests_of_record(struct buf *buf, const struct type *type,
                                const struct asked_field *question)
{
    buf_add(buf, STR("\ntests:\n"));
    put_test(buf, type, question, "what is good passes", question->good);
    put_expect(buf, question, question->good, "pass");
    put_test(buf, type, question, "what is bad fails", question->bad);
    put_expect(buf, question, question->bad, "fail");
    if (question->field.text != NULL) {
        put_test(buf, type, question, "what does not say is unknown", NULL);
        put_expect(buf, question, NULL, "unknown");
    }
    buf_printf(buf,
               "  - name: there may be others on another page\n"
               "    evidence: { \"%.*s\": { partial: [] } }\n"
               "    expect: { '*': unknown }\n"
               "  - name: where there are none, there is nothing to judge\n"
               "    evidence: { \"%.*s\": [] }\n"
               "    expect: { '*': not_applicable }\n",
               STR_ARG(type->name), STR_ARG(type->name));
}

/* ---- about each region or account ------------------------------------------------ */

static void put_outcomes_of_scope(struct buf *buf, const struct type *type,
                                  const struct asked_field *question)
{
    buf_printf(buf,
               "facts:\n"
               "  all: { from: \"%.*s\" }\n"
               "  good: { from: \"%.*s\", where: \"%.*s == %s\" }\n"
               "\n"
               "outcomes:\n"
               "  - result: not_applicable\n"
               "    when: \"all == `0`\"\n"
               "    message: \"there is nothing to judge\"\n"
               "  - result: pass\n"
               "    when: \"good > `0`\"\n"
               "    message: \"{good} of {all} are good\"\n"
               "  - result: fail\n"
               "    message: \"none of {all} is good\"\n",
               STR_ARG(type->name), STR_ARG(type->name), STR_ARG(question->field),
               question->literal);
}

static void put_tests_of_scope(struct buf *buf, const struct type *type,
                               const struct asked_field *question)
{
    buf_add(buf, STR("\ntests:\n"));
    put_test(buf, type, question, "a good one passes", question->good);
    buf_add(buf, STR("    expect: pass\n"));
    put_test(buf, type, question, "a bad one fails", question->bad);
    buf_add(buf, STR("    expect: fail\n"));
    buf_printf(buf,
               "  - name: where there are none, there is nothing to judge\n"
               "    evidence: { \"%.*s\": [] }\n"
               "    expect: not_applicable\n"
               "  - name: without a listing nothing is known\n"
               "    evidence: {}\n"
               "    expect: unknown\n",
               STR_ARG(type->name));
}

bool skeleton(struct arena *arena, struct str id, const struct type *type,
              struct str *text)
{
    struct buf buf = BUF_EMPTY(arena);
    struct asked_field question = { .field = STR_NONE };

    ask(type, &question);
    if (type->id.len == 0 && question.field.text == NULL)
        return false;
    put_head(&buf, id, type);
    if (type->id.len > 0) {
        buf_printf(&buf, "for_each: %.*s\n\n", STR_ARG(type->name));
        put_outcomes_of_record(&buf, type, &question);
        put_tests_of_record(&buf, type, &question);
    } else {
        buf_printf(&buf, "for_each: %s\n\n",
                   type->level == LEVEL_ACCOUNT ? "account" : "region");
        put_outcomes_of_scope(&buf, type, &question);
        put_tests_of_scope(&buf, type, &question);
    }
    *text = buf_str(&buf);
    return true;
}
