/*
 * embed.c - a program of the build: prints the catalog and the rules as C, for
 * rulebook/embedded.h.
 *
 *     embed rules/catalog.yaml rules/aws-services.txt rules/aws-operations.txt \
 *         rules/Backup-001.yaml >tables.c
 *
 * What is wrong with a file is said, and ends the build.
 */
#include "base/file.h"
#include "catalog/catalog_print.h"
#include "config/yaml_print.h"

#include <stdio.h>

struct embedding {
    struct arena *arena;
    struct mistakes *mistakes;
    struct buf buf;
};

/* Absent: the file cannot be read. */
static struct str read_file(struct embedding *embedding, const char *path)
{
    struct error err = { 0 };
    struct str text;

    if (file_read(embedding->arena, path, YAML_BYTES_MAX, &text, &err))
        return text;
    mistakes_error(embedding->mistakes, (struct place){ .path = path }, "%s",
                   err.message);
    return STR_NONE;
}

/* `paths` are of the catalog, the services and the operations. */
static void embed_catalog(struct embedding *embedding, char **paths)
{
    struct catalog *catalog = catalog_new(embedding->arena);

    catalog_add(catalog, paths[0], read_file(embedding, paths[0]), embedding->mistakes);
    catalog->aws.services = aws_words_of(read_file(embedding, paths[1]));
    catalog->aws.operations = aws_words_of(read_file(embedding, paths[2]));
    catalog_finish(catalog, embedding->mistakes);
    if (embedding->mistakes->error_count == 0)
        catalog_print(&embedding->buf, "catalog_builtin", catalog);
}

static void embed_rule(struct embedding *embedding, const char *path)
{
    struct str text = read_file(embedding, path);
    const struct yaml_node *root =
        yaml_parse(embedding->arena, path, text, embedding->mistakes);
    struct buf *buf = &embedding->buf;

    if (root == NULL || root->kind != YAML_MAPPING)
        return;
    buf_printf(buf, "{ \"%s\", ", path);
    yaml_print_text(buf, text);
    yaml_print(buf, yaml_without(embedding->arena, root, "tests"));
    buf_add(buf, STR(" },\n"));
}

static void complain(struct mistakes *mistakes)
{
    mistakes_sort(mistakes);
    for (size_t i = 0; i < mistakes->count; i++)
        fprintf(stderr, "%s:%zu:%zu: %s\n", mistakes->items[i].path,
                mistakes->items[i].line, mistakes->items[i].column,
                mistakes->items[i].message);
}

int main(int argument_count, char **arguments)
{
    struct arena arena = ARENA_EMPTY;
    struct mistakes mistakes = MISTAKES_EMPTY(&arena);
    struct embedding embedding = { &arena, &mistakes, BUF_EMPTY(&arena) };
    struct buf *buf = &embedding.buf;
    bool done = argument_count >= 4;

    buf_add(buf, STR("/* Made by embed.c. */\n#include \"rulebook/embedded.h\"\n\n"));
    if (done)
        embed_catalog(&embedding, &arguments[1]);
    buf_add(buf, STR("\nconst struct embedded_rule embedded_rules[] = {\n"));
    for (int i = 4; i < argument_count; i++)
        embed_rule(&embedding, arguments[i]);
    buf_printf(buf, "};\n\nconst size_t embedded_rule_count = %d;\n",
               argument_count - 4);
    complain(&mistakes);
    done = done && mistakes.error_count == 0 &&
           fwrite(buf->text, 1, buf->len, stdout) == buf->len && fflush(stdout) == 0;
    arena_release(&arena);
    return done ? 0 : 1;
}
