/* Any text as a YAML file, as JSON, and as a catalog: nothing may break, and what is
 * refused is said. */
#include "catalog/catalog.h"

#include <assert.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct arena arena = ARENA_EMPTY;
    struct mistakes mistakes = MISTAKES_EMPTY(&arena);
    struct str text = { (const char *)bytes, size };
    const struct yaml_node *root = yaml_parse(&arena, "fuzz.yaml", text, &mistakes);
    struct catalog *catalog = catalog_new(&arena);

    assert((root == NULL) == (mistakes.error_count > 0));
    if (root != NULL) {
        const json_t *json = yaml_to_json(&arena, root, &mistakes);

        assert((json == NULL) == (mistakes.error_count > 0));
    }
    catalog_add(catalog, "fuzz.yaml", text, &mistakes);
    catalog_finish(catalog, &mistakes);
    mistakes_sort(&mistakes);
    for (size_t i = 0; i < mistakes.count; i++)
        assert(mistakes.items[i].line > 0 && mistakes.items[i].column > 0);
    arena_release(&arena);
    return 0;
}
