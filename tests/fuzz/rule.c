/* rule_parse() over hostile text. */
#include "rulebook/rule.h"
#include "rulebook/embedded.h"

#include <assert.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static const struct catalog *builtin_catalog(void)
{
    static struct arena arena = ARENA_EMPTY;
    static struct catalog *catalog = NULL;
    struct mistakes mistakes = MISTAKES_EMPTY(&arena);

    if (catalog != NULL)
        return catalog;
    catalog = catalog_new(&arena);
    catalog_add_tables(catalog, &catalog_builtin);
    catalog_finish(catalog, &mistakes);
    assert(mistakes.error_count == 0);
    return catalog;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct arena arena = ARENA_EMPTY;
    struct mistakes mistakes = MISTAKES_EMPTY(&arena);
    const struct catalog *catalog = builtin_catalog();
    struct str text = { arena_copy(&arena, (const char *)bytes, len), len };
    const struct rule *rule =
        rule_parse(&arena, catalog, "rules/Fuzz-001.yaml", text, &mistakes);

    assert((rule == NULL) == (mistakes.error_count > 0));
    if (rule != NULL) {
        assert(rule->fact_count > 0 && rule->outcome_count > 0);
        assert(rule->outcomes[rule->outcome_count - 1].when == NULL);
        for (size_t i = 0; i + 1 < rule->outcome_count; i++)
            assert(jmespath_is_boolean(jmespath_root(rule->outcomes[i].when)));
        for (size_t i = 0; i < rule->fact_count; i++)
            assert(rule->facts[i].type != NULL);
    }
    arena_release(&arena);
    return 0;
}
