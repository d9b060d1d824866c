#include "compare/verify_json.h"

#include <assert.h>

static const char *code_word(unsigned code)
{
    return verify_code_name((enum verify_code)code);
}
static_assert(sizeof(enum verify_code) == sizeof(unsigned),
              "a word's value is read as a number");

static void put_is_note(struct json_writer *json, const void *object)
{
    const struct verify_line *line = object;

    put_word(json, verify_is_note(line->code) ? "true" : "false");
}

static const struct member line_rows[] = {
    { "code", WORD(struct verify_line, code, code_word) },
    { "note", MADE(put_is_note) },
    { "where", OWN(struct verify_line, where) },
    { "text", OWN(struct verify_line, text) },
};
static const struct members line_members = MEMBERS(line_rows);

static void put_holds(struct json_writer *json, const void *object)
{
    put_word(json, ((const struct told_verification *)object)->status == 0 ? "true"
                                                                           : "false");
}

static void put_differences(struct json_writer *json, const void *object)
{
    const struct told_verification *told = object;

    put_number(json, verification_differences(told->verification));
}

static void put_lines(struct json_writer *json, const void *object)
{
    const struct verification *verification =
        ((const struct told_verification *)object)->verification;

    put_open(json, '[');
    for (size_t i = 0; i < verification->count; i++) {
        put_item(json);
        put_object(json, &line_members, &verification->lines[i]);
    }
    put_close(json, ']');
}

static void put_status(struct json_writer *json, const void *object)
{
    put_number(json, (uint64_t)((const struct told_verification *)object)->status);
}

static void put_report(struct json_writer *json, const void *object)
{
    const struct told_verification *told = object;

    put_text(json, str_from(told->verification->report->path));
}

static const struct member verification_rows[] = {
    { "schema", FIXED("invaudit-verification/1") },
    { "tool", OBJECT(tool_members) },
    { "report", MADE(put_report) },
    { "holds", MADE(put_holds) },
    { "differences", MADE(put_differences) },
    { "lines", MADE(put_lines), .of = &line_members },
    { "values_more",
      OWNED(struct told_verification, verification, struct verification, values_more) },
    { "status", MADE(put_status) },
};
const struct members verification_members = MEMBERS(verification_rows);

void verification_json(const struct told_verification *told, struct buf *out)
{
    struct json_writer json = { .out = out };

    put_object(&json, &verification_members, told);
    buf_add_byte(out, '\n');
    arena_release(&json.scratch);
}
