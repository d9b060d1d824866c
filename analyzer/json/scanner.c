#include "json/scanner.h"

#include <assert.h>
#include <string.h>

/* The C library asked the processor at its start, which to ask again takes long on a
 * virtual machine. */
#if defined(__SSE2__) && defined(__GLIBC__) &&                                         \
    (__GLIBC__ > 2 || (__GLIBC__ == 2 && __GLIBC_MINOR__ >= 33))
#include <sys/platform/x86.h>
#define HAS_AVX2 CPU_FEATURE_ACTIVE(AVX2)
#else
#define HAS_AVX2 __builtin_cpu_supports("avx2")
#endif

bool simd_is_there(enum simd simd)
{
#if defined(__SSE2__)
    return simd != SIMD_AVX2 || HAS_AVX2;
#else
    return simd == SIMD_PLAIN;
#endif
}

enum simd simd_best(void)
{
    enum simd best = SIMD_COUNT - 1;

    while (!simd_is_there(best))
        best--;
    return best;
}

void scanner_use(struct scanner *scanner, enum simd simd)
{
    static const struct walk *const walks[] = {
        [SIMD_PLAIN] = &walk_plain,
        [SIMD_SSE2] = &walk_sse2,
        [SIMD_AVX2] = &walk_avx2,
    };

    static_assert(sizeof walks / sizeof walks[0] == SIMD_COUNT, "a walk for each");
    assert(simd_is_there(simd));
    scanner->walk = walks[simd];
}

void scanner_init(struct scanner *scanner, struct arena *arena, struct arena *texts)
{
    scanner->arena = arena;
    scanner->texts = texts;
    scanner_use(scanner, simd_best());
    shape_forget(&scanner->shape);
}

void scanner_begin(struct scanner *scanner)
{
    if (scanner->known.count <= KNOWN_KEYS / 2)
        return;
    shape_forget(&scanner->shape);
    known_forget(&scanner->known);
}

void scanner_release(struct scanner *scanner)
{
    arena_release(&scanner->scratch);
    keys_release(&scanner->keys);
    known_release(&scanner->known);
    shape_release(&scanner->shape);
}

/* ---- what is wrong -------------------------------------------------------------- */

static const char *met(struct arena *arena, char byte)
{
    if (byte == '\'')
        return "a single quote";
    if (byte == ' ')
        return "a space";
    if (byte > ' ' && byte <= '~')
        return arena_printf(arena, "'%c'", byte);
    return arena_printf(arena, "byte 0x%02X", (unsigned)(unsigned char)byte);
}

const char *scanner_expected(struct arena *arena, const char *expected, const char *at)
{
    if (at == NULL)
        return arena_printf(arena, "the file ends where %s is expected", expected);
    return arena_printf(arena, "expected %s, met %s", expected, met(arena, *at));
}

const char *scanner_damaged(struct scanner *scanner, enum damage damage, const char *at,
                            const char *text)
{
    scanner->damage = damage;
    scanner->damage_at = at;
    scanner->damage_text = text;
    return NULL;
}

const char *scanner_ends_inside(struct scanner *scanner, const char *what)
{
    scanner->needs_more = !scanner->is_last;
    if (scanner->needs_more)
        return NULL;
    return scanner_damaged(
        scanner, DAMAGE_CUT_OFF, scanner->end,
        arena_printf(scanner->texts, "the file ends inside %s", what));
}

const char *scanner_expected_but(struct scanner *scanner, const char *at,
                                 enum damage damage, const char *expected)
{
    if (at < scanner->end)
        return scanner_damaged(scanner, damage, at,
                               scanner_expected(scanner->texts, expected, at));
    scanner->needs_more = !scanner->is_last;
    if (scanner->needs_more)
        return NULL;
    return scanner_damaged(scanner, DAMAGE_CUT_OFF, at,
                           scanner_expected(scanner->texts, expected, NULL));
}

const char *scanner_unexpected(struct scanner *scanner, const char *at,
                               const char *expected_here)
{
    return scanner_expected_but(
        scanner, at, *at == '\0' ? DAMAGE_CONTROL : DAMAGE_SYNTAX, expected_here);
}

static void start(struct scanner *scanner, size_t depth,
                  const struct projection *projection)
{
    arena_reset(&scanner->scratch);
    scanner->keys.count = 0;
    scanner->has_duplicate = false;
    scanner->needs_more = false;
    scanner->damage = DAMAGE_NONE;
    scanner->frame = scanner->frames + depth;
    scanner->last = shape_start(&scanner->shape);
    scanner->projection = projection;
    scanner->projected = projection != NULL ? scanner->frame + 1 : NULL;
    if (projection == NULL || projection->count == 0)
        return;
    if (projection->count > scanner->found_capacity) {
        scanner->found_capacity = projection->capacity;
        scanner->found =
            arena_array(scanner->arena, scanner->found_capacity, const char *);
    }
    memset(scanner->found, 0, projection->count * sizeof(const char *));
}

const char *scanner_value(struct scanner *scanner, const char *at, size_t depth,
                          const struct projection *projection)
{
    start(scanner, depth, projection);
    return scanner->walk->value(scanner, at);
}

const char *scanner_string(struct scanner *scanner, const char *at)
{
    start(scanner, 0, NULL);
    return scanner->walk->string(scanner, at + 1);
}
