/*
 * hash.c - SHA-256 of a file, read into one buffer, and nothing else: hash FILE
 */
#include <fcntl.h>
#include <nettle/sha2.h>
#include <stdio.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    static uint8_t buffer[256 * 1024];
    uint8_t digest[SHA256_DIGEST_SIZE];
    struct sha256_ctx context;
    int file = argc == 2 ? open(argv[1], O_RDONLY) : -1;
    ssize_t len;

    sha256_init(&context);
    while ((len = read(file, buffer, sizeof buffer)) > 0)
        sha256_update(&context, (size_t)len, buffer);
    sha256_digest(&context, sizeof digest, digest);
    printf("%02x%02x%02x%02x\n", digest[0], digest[1], digest[2], digest[3]);
    return len != 0;
}
