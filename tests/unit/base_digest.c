#include "rows.h"

#include "base/digest.h"
#include "base/str.h"

#include <string.h>

/* FIPS 180-2's examples, and nothing. */
static const struct row {
    const char *name;
    const char *text;
    size_t times; /* the text so often */
    const char *hex;
} rows[] = {
    { "nothing", "", 1,
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
    { "one block", "abc", 1,
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
    { "two blocks", "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1,
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1" },
    { "a million bytes in pieces", "aaaaaaaaaa", 100000,
      "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0" },
};

static void row_test(void **state)
{
    const struct row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct digest *digest = digest_new(&arena);
    char hex[DIGEST_HEX_BYTES];

    /* twice: digest_hex() starts a new one */
    for (int turn = 0; turn < 2; turn++) {
        for (size_t i = 0; i < row->times; i++)
            digest_add(digest, row->text, strlen(row->text));
        digest_hex(digest, hex);
        assert_string_equal(hex, row->hex);
    }
    arena_release(&arena);
}

/* printf abc | openssl dgst -sha256 -binary | base64 */
static void base64_test(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct digest *digest = digest_new(&arena);
    char base64[DIGEST_BASE64_BYTES];

    (void)state;
    digest_add(digest, "abc", 3);
    digest_base64(digest, base64);
    assert_string_equal(base64, "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, rows, row_test);
    TESTS_ADD(&tests, base64_test);
    return tests_run("base_digest", &tests);
}
