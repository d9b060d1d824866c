#include "state/state.h"

#include "state/printer.h"
#include "state/tables.h"

#include <string.h>

/* A copy, sorted, each once. */
static struct problems sorted_problems(struct arena *arena,
                                       const struct problems *problems)
{
    struct problems sorted = PROBLEMS_EMPTY(arena);

    problems_join(&sorted, problems);
    problems_sort(&sorted);
    return sorted;
}

/* Those of the source, which come next. */
static void print_problems(struct state_printer *printer,
                           const struct problems *problems, size_t *next,
                           const char *path)
{
    size_t count = 0;

    while (*next < problems->count && strcmp(problems->items[*next].path, path) < 0)
        ++*next;
    for (; *next < problems->count && strcmp(problems->items[*next].path, path) == 0;
         ++*next) {
        if (count == 0)
            state_put_word(printer, ",\"problems\":");
        state_put_next(printer, count++);
        kept_print(printer, &problem_kept, &problems->items[*next]);
    }
    if (count > 0)
        state_put_byte(printer, ']');
}

void state_print(const void *object, struct buf *out)
{
    const struct state *state = object;
    const struct gathered *gathered = state->gathered;
    struct arena scratch = ARENA_EMPTY;
    struct problems problems = sorted_problems(&scratch, &gathered->problems);
    struct state_printer printer;
    size_t next = 0, next_problem = 0;

    state_printer_begin(&printer, &scratch, out);
    printer.measures = state->measures;
    kept_print(&printer, &state_head_kept, state->head);
    state_put_byte(&printer, '\n');
    for (size_t i = 0; i < state->sources->count; i++) {
        const struct source *source = &state->sources->items[i];
        bool is_read =
            next < gathered->source_count && gathered->sources[next]->source == source;

        /* a member is of whoever read its archive */
        if (!is_read && source->archive == NULL &&
            (!state->has_rest || source_is_to_read(source)))
            continue;
        state_put_word(&printer, "{\"source\":");
        kept_print(&printer, &source_kept, source);
        if (is_read) {
            state_put_word(&printer, ",\"read\":");
            kept_print(&printer, &document_source_kept, gathered->sources[next++]);
        }
        print_problems(&printer, &problems, &next_problem, source->path);
        state_put_word(&printer, "}\n");
        state_printer_flush(&printer);
    }
    state_printer_end(&printer);
    arena_release(&scratch);
}
