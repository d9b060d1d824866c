/*
 * Of which documents it is kept what links them to other pages, and how much of it.
 */
#include "rows.h"

#include "gather/link.h"

static struct document_source *source_of(struct arena *arena, const char *archive,
                                         const char *token, bool has_command)
{
    struct document_source *from = arena_new(arena, struct document_source);
    struct source *source = arena_new(arena, struct source);
    struct call_command *command = arena_new(arena, struct call_command);

    source->archive = archive;
    command->token = str_from(token);
    *from = (struct document_source){ .source = source,
                                      .commands = command,
                                      .command_count = has_command,
                                      .document_count = 1 };
    return from;
}

/* A document of so many records; what is kept of it, or NULL. */
static const struct page_link *link_of(struct gathered *gathered,
                                       struct link_room *room,
                                       struct document_source *from, size_t count,
                                       struct str token)
{
    struct document document = { .from = from, .use = USE_READ, .records = count };
    struct links links = { .is_wanted = link_may_be(from) };

    for (size_t i = 0; i < count && links.is_wanted; i++) {
        char id[32];

        snprintf(id, sizeof id, "%zu", i);
        link_note(&links, gathered->arena, str_from(id));
    }
    link_end(&links, gathered, room, &document, token);
    return document.link;
}

static void only_of_what_may_be_a_page(void **state)
{
    static const struct {
        const char *archive, *asked, *carries;
        bool has_command, is_kept;
    } cases[] = {
        { NULL, NULL, "t", true, true },      /* a first page */
        { NULL, "t", NULL, true, true },      /* the last */
        { NULL, "t", "u", true, true },       /* one between */
        { NULL, NULL, NULL, true, false },    /* a whole answer */
        { NULL, NULL, "t", false, false },    /* no manifest names it */
        { "a.tar", NULL, NULL, false, true }, /* which one does, is told later */
        { "a.tar", NULL, "t", false, true },
    };
    struct arena arena = ARENA_EMPTY;
    struct gathered gathered = { .arena = &arena };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct link_room room = { 0 };
        struct document_source *from =
            source_of(&arena, cases[i].archive, cases[i].asked, cases[i].has_command);
        const struct page_link *link =
            link_of(&gathered, &room, from, 2, str_from(cases[i].carries));

        assert_int_equal(link != NULL, cases[i].is_kept);
        if (link == NULL)
            continue;
        assert_int_equal(link->id_count, 2);
        assert_true(link->ids[0].hash != link->ids[1].hash);
        assert_int_equal(str_compare(link->token, str_from(cases[i].carries)), 0);
        from->document_count = 2;
        assert_null(link_of(&gathered, &room, from, 2, STR("t")));
    }
    arena_release(&arena);
}

/* The same in each run, since states of several runs are joined: FNV-1a of 64 bits. */
static void the_hash_of_an_id(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct links links = { .is_wanted = true };

    (void)state;
    link_note(&links, &arena, STR(""));
    link_note(&links, &arena, STR("a"));
    link_note(&links, &arena, STR("foobar"));
    assert_true(links.ids[0].hash == UINT64_C(0xcbf29ce484222325));
    assert_true(links.ids[1].hash == UINT64_C(0xaf63dc4c8601ec8c));
    assert_true(links.ids[2].hash == UINT64_C(0x85944171f73967e8));
    link_note(&links, &arena, STR_NONE);
    link_note(&links, &arena, STR("b"));
    assert_true(links.is_lost);
    assert_int_equal(links.count, 3);
    arena_release(&arena);
}

static void an_archive_has_room_for_so_many(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct gathered gathered = { .arena = &arena };
    struct link_room room = { 0 };

    (void)state;
    for (size_t left = LINK_IDS_ARCHIVE_MAX; left > 0; left -= LINK_IDS_MAX) {
        assert_non_null(link_of(&gathered, &room,
                                source_of(&arena, "a.tar", NULL, false), LINK_IDS_MAX,
                                STR_NONE));
        assert_int_equal(room.left, left - LINK_IDS_MAX);
    }
    assert_null(link_of(&gathered, &room, source_of(&arena, "a.tar", NULL, false), 1,
                        STR_NONE));
    assert_non_null(link_of(&gathered, &room, source_of(&arena, "b.tar", NULL, false),
                            1, STR_NONE));
    assert_null(link_of(&gathered, &room, source_of(&arena, "b.tar", NULL, false),
                        LINK_IDS_MAX + 1, STR_NONE));
    assert_int_equal(room.left, LINK_IDS_ARCHIVE_MAX - 1);
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD(&tests, only_of_what_may_be_a_page);
    TESTS_ADD(&tests, the_hash_of_an_id);
    TESTS_ADD(&tests, an_archive_has_room_for_so_many);
    return tests_run("gather_link", &tests);
}
