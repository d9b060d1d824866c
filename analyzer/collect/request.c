#include "collect/request.h"

#include "base/shell.h"

/* What stands behind an option, if it is that option: absent where it is the word for
 * what is not known. */
static bool take_value(struct arena *arena, struct str option, struct str word,
                       struct str *rest, struct str *value)
{
    struct str given;

    if (option.text == NULL || !str_equal(word, option) || rest->text == NULL ||
        !shell_next_word(arena, rest, &given))
        return false;
    *value = str_equal(given, STR("ID")) || str_equal(given, STR("REGION")) ? STR_NONE
                                                                            : given;
    return true;
}

static const struct call *call_of(struct arena *arena, const struct catalog *catalog,
                                  struct str *rest)
{
    struct str aws, service, operation;

    if (!shell_next_word(arena, rest, &aws) || !str_equal(aws, STR("aws")) ||
        rest->text == NULL || !shell_next_word(arena, rest, &service) ||
        rest->text == NULL || !shell_next_word(arena, rest, &operation))
        return NULL;
    return catalog_call(catalog,
                        str_from(arena_printf(arena, "%.*s %.*s", STR_ARG(service),
                                              STR_ARG(operation))));
}

bool collect_request_read(struct arena *arena, const struct catalog *catalog,
                          struct str account, struct str command,
                          struct collect_request *request, struct error *err)
{
    struct str rest = command, word, ignored;
    const struct call *call = call_of(arena, catalog, &rest);

    *request = (struct collect_request){ .call = call, .account = account };
    if (call == NULL)
        return error_set(err, "expected a call of the catalog, met '%.*s'",
                         STR_ARG(command));
    while (rest.text != NULL) {
        if (!shell_next_word(arena, &rest, &word))
            return error_set(err, "expected words, met '%.*s'", STR_ARG(command));
        if (take_value(arena, call->parent_option, word, &rest, &request->parent) ||
            take_value(arena, call->option, word, &rest, &request->record) ||
            take_value(arena, STR("--region"), word, &rest, &request->region))
            continue;
        /* the others are the catalog's arguments, and how the answer is printed */
        (void)take_value(arena, STR("--output"), word, &rest, &ignored);
    }
    return true;
}
