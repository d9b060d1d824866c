#include "base/digest.h"

#include <assert.h>
#include <nettle/base64.h>
#include <nettle/sha2.h>
#include <stdint.h>

static_assert(DIGEST_BYTES == SHA256_DIGEST_SIZE, "SHA-256 has 32 bytes");
static_assert(DIGEST_BASE64_BYTES == BASE64_ENCODE_RAW_LENGTH(DIGEST_BYTES) + 1,
              "base64 of it has 44 characters, and a NUL");

struct digest {
    struct sha256_ctx sha256;
};

struct digest *digest_new(struct arena *arena)
{
    struct digest *digest = arena_new(arena, struct digest);

    sha256_init(&digest->sha256);
    return digest;
}

void digest_add(struct digest *digest, const void *bytes, size_t len)
{
    sha256_update(&digest->sha256, len, bytes);
}

void digest_hex(struct digest *digest, char hex[DIGEST_HEX_BYTES])
{
    static const char digits[] = "0123456789abcdef";
    uint8_t sum[DIGEST_BYTES];

    sha256_digest(&digest->sha256, sizeof sum, sum);
    for (size_t i = 0; i < sizeof sum; i++) {
        hex[2 * i] = digits[sum[i] >> 4];
        hex[2 * i + 1] = digits[sum[i] & 15];
    }
    hex[DIGEST_HEX_BYTES - 1] = '\0';
}

void digest_base64(struct digest *digest, char base64[DIGEST_BASE64_BYTES])
{
    uint8_t sum[DIGEST_BYTES];

    sha256_digest(&digest->sha256, sizeof sum, sum);
    base64_encode_raw(base64, sizeof sum, sum);
    base64[DIGEST_BASE64_BYTES - 1] = '\0';
}
