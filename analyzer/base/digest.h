/*
 * digest.h - SHA-256 of bytes as they pass. The only door to nettle.
 *
 *     struct digest *digest = digest_new(&arena);
 *     digest_add(digest, bytes, len);
 *     digest_hex(digest, hex);      or digest_base64(digest, base64)
 */
#ifndef BASE_DIGEST_H
#define BASE_DIGEST_H

#include "base/arena.h"

enum {
    DIGEST_BYTES = 32,
    DIGEST_HEX_BYTES = 2 * DIGEST_BYTES + 1,
    DIGEST_BASE64_BYTES = (DIGEST_BYTES + 2) / 3 * 4 + 1,
};

struct digest;

struct digest *digest_new(struct arena *arena);
void digest_add(struct digest *digest, const void *bytes, size_t len);

/* Ends the digest, writes it in lower case with a NUL, and starts a new one. */
void digest_hex(struct digest *digest, char hex[DIGEST_HEX_BYTES]);
/* The same in base64 (RFC 4648, section 4). */
void digest_base64(struct digest *digest, char base64[DIGEST_BASE64_BYTES]);

#endif
