/*
 * embed.c - a program of the build: prints the catalog and the rules as C, for
 * rulebook/embedded.h, and what stands in every page, for report/html_files.h.
 *
 *     embed rules/catalog.yaml rules/aws-services.txt rules/aws-operations.txt \
 *         rules report/html.css report/html.js >tables.c
 *
 * What is wrong with a file is said, and ends the build.
 */
#include "base/digest.h"
#include "base/file.h"
#include "base/folder.h"
#include "catalog/catalog_print.h"
#include "config/yaml_print.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>

enum { CATALOG_FILES = 3 };

struct embedding {
    struct arena *arena;
    struct mistakes *mistakes;
    struct buf buf;
    size_t rule_count;
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
    struct digest *digest = digest_new(embedding->arena);
    char sha256[DIGEST_HEX_BYTES];
    struct str texts[CATALOG_FILES];

    for (size_t i = 0; i < CATALOG_FILES; i++) {
        texts[i] = read_file(embedding, paths[i]);
        digest_add(digest, texts[i].text, texts[i].len);
    }
    digest_hex(digest, sha256);
    buf_printf(&embedding->buf, "const char catalog_builtin_sha256[] = \"%s\";\n\n",
               sha256);
    catalog_add(catalog, paths[0], texts[0], embedding->mistakes);
    catalog->aws.services = aws_words_of(texts[1]);
    catalog->aws.operations = aws_words_of(texts[2]);
    catalog_finish(catalog, embedding->mistakes);
    if (embedding->mistakes->error_count == 0)
        catalog_print(&embedding->buf, "catalog_builtin", catalog);
}

static void put_tags(struct buf *buf, const struct yaml_node *tags)
{
    size_t count = tags == NULL ? 0 : tags->kind == YAML_SEQUENCE ? tags->count : 1;

    if (count == 0) {
        buf_add(buf, STR("{ NULL, 0 }, "));
        return;
    }
    buf_add(buf, STR("{ (struct str[]){ "));
    for (size_t i = 0; i < count; i++)
        yaml_print_text(buf, tags->kind == YAML_SEQUENCE ? tags->items[i]->text
                                                         : tags->text);
    buf_printf(buf, "}, %zu }, ", count);
}

/* Where the last key of a rule stands, if that is `tests`; else its end. */
static size_t head_bytes(struct str text, const struct yaml_node *root)
{
    const struct yaml_node *last = root->count > 0 ? root->keys[root->count - 1] : NULL;
    size_t at = 0;

    if (last == NULL || !str_equal(last->text, STR("tests")))
        return text.len;
    for (size_t line = 1; line < last->place.line; line++)
        at += str_find(str_slice(text, at, text.len), STR("\n")) + 1;
    return at;
}

/* `pack`: absent, if it lies in none. */
static void embed_rule(struct embedding *embedding, const char *path, struct str pack)
{
    struct str text = read_file(embedding, path);
    const struct yaml_node *root =
        yaml_parse(embedding->arena, path, text, embedding->mistakes);
    struct buf *buf = &embedding->buf;
    struct digest *digest = digest_new(embedding->arena);
    char sha256[DIGEST_HEX_BYTES];

    if (root == NULL || root->kind != YAML_MAPPING)
        return;
    buf_printf(buf, "{ \"%s\", ", path);
    yaml_print_text(buf, pack);
    put_tags(buf, yaml_find(root, "tags"));
    yaml_print_text(buf, text);
    buf_printf(buf, "%zu, ", head_bytes(text, root));
    digest_add(digest, text.text, text.len);
    digest_hex(digest, sha256);
    buf_printf(buf, "\"%s\", ", sha256);
    if (pack.text == NULL)
        yaml_print(buf, yaml_without(embedding->arena, root, "tests"));
    else
        buf_add(buf, STR("NULL"));
    buf_add(buf, STR(" },\n"));
    embedding->rule_count++;
}

static void list_folder(struct embedding *embedding, const char *path,
                        struct folder_list *list)
{
    int file = open(path, O_RDONLY | O_DIRECTORY);
    int error = file < 0 ? errno : folder_read(embedding->arena, file, list);

    if (error != 0)
        mistakes_error(embedding->mistakes, (struct place){ .path = path }, "%s",
                       strerror(error));
}

/* The rules of the folder itself, then those of the folders in it, which are packs. */
static void embed_rules(struct embedding *embedding, const char *folder,
                        const char *pack)
{
    const char *path =
        pack == NULL ? folder : arena_printf(embedding->arena, "%s/%s", folder, pack);
    struct folder_list list = { 0 };

    list_folder(embedding, path, &list);
    for (size_t i = 0; i < list.count; i++) {
        const char *name = list.items[i].name;

        if (str_ends_with(str_from(name), STR(".yaml")) &&
            strcmp(name, "catalog.yaml") != 0)
            embed_rule(embedding, arena_printf(embedding->arena, "%s/%s", path, name),
                       pack == NULL ? STR_NONE : str_from(pack));
    }
    for (size_t i = 0; i < list.count && pack == NULL; i++)
        if (list.items[i].kind == ENTRY_FOLDER)
            embed_rules(embedding, folder, list.items[i].name);
}

static void embed_text(struct embedding *embedding, const char *name, const char *path)
{
    buf_printf(&embedding->buf, "\nconst struct str %s = ", name);
    yaml_print_text(&embedding->buf, read_file(embedding, path));
    embedding->buf.len -= strlen(", ");
    buf_add(&embedding->buf, STR(";\n"));
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
    struct embedding embedding = { &arena, &mistakes, BUF_EMPTY(&arena), 0 };
    struct buf *buf = &embedding.buf;
    bool done = argument_count == 7;

    buf_add(buf, STR("/* Made by embed.c. */\n#include \"report/html_files.h\"\n"
                     "#include \"rulebook/embedded.h\"\n\n"));
    if (done)
        embed_catalog(&embedding, &arguments[1]);
    buf_add(buf, STR("\nconst struct embedded_rule embedded_rules[] = {\n"));
    if (done)
        embed_rules(&embedding, arguments[4], NULL);
    buf_printf(buf, "};\n\nconst size_t embedded_rule_count = %zu;\n",
               embedding.rule_count);
    if (done) {
        embed_text(&embedding, "html_style", arguments[5]);
        embed_text(&embedding, "html_script", arguments[6]);
    }
    complain(&mistakes);
    done = done && mistakes.error_count == 0 &&
           fwrite(buf->text, 1, buf->len, stdout) == buf->len && fflush(stdout) == 0;
    arena_release(&arena);
    return done ? 0 : 1;
}
