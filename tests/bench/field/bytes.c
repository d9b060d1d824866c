/*
 * bytes.c - what nobody who reads these files can do without: bytes read|hash
 *
 * Reads the files that standard input names, a line each, into one buffer, and does
 * nothing else, or takes their SHA-256 too.
 */
#include <fcntl.h>
#include <nettle/sha2.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static bool pass(const char *path, bool is_hashed)
{
    static uint8_t buffer[256 * 1024];
    uint8_t digest[SHA256_DIGEST_SIZE];
    struct sha256_ctx context;
    int file = open(path, O_RDONLY);
    ssize_t len;

    sha256_init(&context);
    while ((len = read(file, buffer, sizeof buffer)) > 0)
        if (is_hashed)
            sha256_update(&context, (size_t)len, buffer);
    close(file);
    sha256_digest(&context, sizeof digest, digest);
    if (is_hashed)
        printf("%02x%02x%02x%02x\n", digest[0], digest[1], digest[2], digest[3]);
    return len == 0;
}

int main(int argc, char **argv)
{
    bool is_hashed = argc == 2 && strcmp(argv[1], "hash") == 0;
    char path[4096];

    while (fgets(path, sizeof path, stdin) != NULL) {
        path[strcspn(path, "\n")] = '\0';
        if (!pass(path, is_hashed))
            return 1;
    }
    return 0;
}
