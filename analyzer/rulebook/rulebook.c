#include "rulebook/rulebook.h"

#include "aws/like.h"
#include "base/digest.h"
#include "base/file.h"
#include "base/machine.h"
#include "rulebook/embedded.h"

#include <dirent.h>
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* A file of rules, before it is parsed. */
struct rule_file {
    const char *path;
    struct str text;
    const struct yaml_node *parsed; /* when the program was built, or NULL */
    size_t head_bytes;              /* that are parsed in place of all; 0: all */
    const char *sha256;             /* of one that was parsed then */
    struct str pack;                /* of a built-in one; */
    struct str_list tags;           /* likewise */
    bool builtin;
    bool left_out; /* it is right, and nobody needs it */
};

struct loader {
    struct arena *arena;
    const struct rulebook_wanted *wanted;
    struct mistakes *mistakes;
    struct catalog *catalog;
    struct rule_file *files; /* in the order in which they are parsed */
    size_t file_count, file_capacity;
    struct rule **parsed;
    size_t parsed_count;
    bool full; /* RULEBOOK_RULES_MAX was passed and said */
    struct rulebook *book;
};

static struct place at_path(const char *path)
{
    return (struct place){ .path = path };
}

static bool is_catalog(const char *path)
{
    const char *slash = strrchr(path, '/');

    return strcmp(slash != NULL ? slash + 1 : path, "catalog.yaml") == 0;
}

static bool is_yaml(const char *path)
{
    return str_ends_with(str_from(path), STR(".yaml")) ||
           str_ends_with(str_from(path), STR(".yml"));
}

static void add_catalog(struct loader *loader, const char *path, struct str text)
{
    struct rulebook *book = loader->book;
    struct digest *digest = digest_new(loader->arena);
    struct rulebook_file *file;

    catalog_add(loader->catalog, path, text, loader->mistakes);
    book->catalogs = arena_grow(loader->arena, book->catalogs, book->catalog_count,
                                &book->catalog_capacity, sizeof *book->catalogs);
    file = &book->catalogs[book->catalog_count++];
    *file = (struct rulebook_file){ .path = path, .text = text };
    digest_add(digest, text.text, text.len);
    digest_hex(digest, file->sha256);
}

static void add_file(struct loader *loader, struct rule_file file)
{
    if (is_catalog(file.path)) {
        add_catalog(loader, file.path, file.text);
        return;
    }
    loader->files = arena_grow(loader->arena, loader->files, loader->file_count,
                               &loader->file_capacity, sizeof *loader->files);
    loader->files[loader->file_count++] = file;
}

/* ---- which rules are kept -------------------------------------------------------- */

/* How a rule is named: before it is read, too. */
struct names {
    struct str id, pack;
    const struct str_list *tags;
};

static bool is_pattern(struct str word)
{
    return str_find(word, STR("*")) != SIZE_MAX || str_find(word, STR("?")) != SIZE_MAX;
}

static bool is_named(const struct names *names, struct str word)
{
    if (is_pattern(word))
        return like_with(names->id, word, LIKE_ONE) == LIKE_YES;
    return str_equal(names->id, word) || str_equal(names->pack, word) ||
           str_list_has(names->tags, word);
}

static bool is_named_by_any(const struct names *names, const struct str_list *words)
{
    for (size_t i = 0; i < words->count; i++)
        if (is_named(names, words->items[i]))
            return true;
    return false;
}

static struct names names_of_file(const struct rule_file *file)
{
    return (struct names){ rule_stem(file->path), file->pack, &file->tags };
}

static struct names names_of_rule(const struct rule *rule)
{
    return (struct names){ rule->id, rule->pack, &rule->tags };
}

bool rule_is_named(const struct rule *rule, struct str word)
{
    const struct names names = names_of_rule(rule);

    return is_named(&names, word);
}

static bool is_kept(const struct rulebook_wanted *wanted, const struct names *names)
{
    bool is_off = names->pack.len > 0;

    if (is_named_by_any(names, &wanted->skip))
        return false;
    if (is_off && str_list_has(&wanted->packs, names->pack))
        return true;
    return wanted->select.count > 0 ? is_named_by_any(names, &wanted->select)
                                    : !is_off || !wanted->to_judge;
}

/* A parameter is checked, even that of a rule that does not run. */
static bool is_needed(const struct rulebook_wanted *wanted, const struct names *names)
{
    if (!wanted->to_judge || is_kept(wanted, names))
        return true;
    for (size_t i = 0; i < wanted->params.count; i++)
        if (str_starts_with(wanted->params.items[i], names->id))
            return true;
    return false;
}

/* ---- files ----------------------------------------------------------------------- */

static void add_embedded(struct loader *loader)
{
    const struct rulebook_wanted *wanted = loader->wanted;

    catalog_add_tables(loader->catalog, &catalog_builtin);
    for (size_t i = 0; i < embedded_rule_count && !wanted->no_builtin; i++) {
        const struct embedded_rule *rule = &embedded_rules[i];

        struct rule_file file = {
            .path = rule->path,
            .text = rule->text,
            .parsed = wanted->to_judge ? rule->root : NULL,
            .head_bytes = wanted->to_judge ? rule->head_bytes : 0,
            .sha256 = rule->sha256,
            .pack = rule->pack,
            .tags = rule->tags,
            .builtin = true,
        };
        const struct names names = names_of_file(&file);

        file.left_out = !is_needed(wanted, &names);
        add_file(loader, file);
    }
}

static void load_file(struct loader *loader, const char *path)
{
    struct rule_file file = { .path = path };
    struct error err = { 0 };

    if (loader->full)
        return;
    if (!is_catalog(path) && loader->file_count >= RULEBOOK_RULES_MAX) {
        loader->full = true;
        mistakes_error(loader->mistakes, at_path(path),
                       "too many rules: a run has at most %d", RULEBOOK_RULES_MAX);
        return;
    }
    if (file_read(loader->arena, path, YAML_BYTES_MAX, &file.text, &err)) {
        add_file(loader, file);
        return;
    }
    mistakes_error(loader->mistakes, at_path(path), "%s", err.message);
    loader->mistakes->is_unread |= err.kind == FILE_UNREAD;
}

static int is_rule_name(const struct dirent *entry)
{
    return entry->d_name[0] != '.' && is_yaml(entry->d_name);
}

static int compare_names(const struct dirent **left, const struct dirent **right)
{
    return strcmp((*left)->d_name, (*right)->d_name);
}

static void load_folder(struct loader *loader, const char *path,
                        struct dirent **entries, size_t count)
{
    size_t len = strlen(path), rules = 0;

    while (len > 0 && path[len - 1] == '/')
        len--;
    for (size_t i = 0; i < count; i++) {
        rules += !is_catalog(entries[i]->d_name);
        load_file(loader, arena_printf(loader->arena, "%.*s/%s", (int)len, path,
                                       entries[i]->d_name));
        free(entries[i]);
    }
    free(entries);
    if (rules == 0)
        mistakes_error(loader->mistakes, at_path(path),
                       "the folder holds no rule: expected files that end in .yaml");
}

static void load_path(struct loader *loader, const char *path)
{
    struct dirent **entries;
    int count = scandir(path, &entries, is_rule_name, compare_names);

    if (count >= 0) {
        load_folder(loader, path, entries, (size_t)count);
    } else if (errno != ENOTDIR) {
        machine_check(errno);
        mistakes_error(loader->mistakes, at_path(path), "cannot be read: %s",
                       strerror(errno));
        loader->mistakes->is_unread = true;
    } else if (!is_yaml(path)) {
        mistakes_error(loader->mistakes, at_path(path),
                       "expected a folder, or a file that ends in .yaml");
    } else {
        load_file(loader, path);
    }
}

static void load_own(struct loader *loader)
{
    const struct rulebook_wanted *wanted = loader->wanted;

    for (size_t i = 0; wanted->texts != NULL && i < wanted->texts->count; i++)
        add_file(loader, (struct rule_file){ .path = wanted->texts->items[i].path,
                                             .text = wanted->texts->items[i].text });
    for (size_t i = 0; wanted->texts == NULL && i < wanted->paths.count; i++)
        load_path(loader, wanted->paths.items[i].text);
}

/* NULL: it is left out, or said to be wrong. */
static struct rule *parse_rule(struct loader *loader, const struct rule_file *file)
{
    const struct yaml_node *root = file->parsed;
    struct rule *rule;

    if (file->left_out)
        return NULL;
    if (root == NULL && file->head_bytes > 0)
        root = yaml_parse(loader->arena, file->path,
                          str_slice(file->text, 0, file->head_bytes), loader->mistakes);
    if (root == NULL)
        return rule_parse(loader->arena, loader->catalog, file->path, file->text,
                          loader->mistakes);
    rule = rule_read(loader->arena, loader->catalog, file->path, file->text, root,
                     loader->mistakes);
    if (rule != NULL)
        memcpy(rule->sha256, file->sha256, sizeof rule->sha256);
    return rule;
}

static void parse_rules(struct loader *loader)
{
    struct rulebook *book = loader->book;

    loader->parsed = arena_array(loader->arena, loader->file_count, struct rule *);
    for (size_t i = 0; i < loader->file_count; i++) {
        const struct rule_file *file = &loader->files[i];
        struct rule *rule = parse_rule(loader, file);

        if (rule == NULL)
            continue;
        rule->builtin = file->builtin;
        rule->pack = file->pack;
        rule->is_off = file->pack.len > 0;
        loader->parsed[loader->parsed_count++] = rule;
        book->rules = arena_grow(loader->arena, book->rules, book->count,
                                 &book->capacity, sizeof(const struct rule *));
        book->rules[book->count++] = rule;
    }
}

static struct rule *rule_named(const struct loader *loader, struct str id)
{
    for (size_t i = 0; i < loader->parsed_count; i++)
        if (str_equal(loader->parsed[i]->id, id))
            return loader->parsed[i];
    return NULL;
}

static void set_named(struct loader *loader, struct rule *rule, const char *given,
                      struct str name, struct str value)
{
    const struct parameter *named = rule_parameter(rule, name);
    struct parameter *known;
    struct error err = { 0 };

    if (named == NULL) {
        mistakes_error(loader->mistakes, at_path("--param"),
                       "'%s': the rule '%.*s' has no parameter '%.*s'%s", given,
                       STR_ARG(rule->id), STR_ARG(name),
                       parameter_suggestion(loader->arena, rule, name));
        return;
    }
    known = &rule->parameters[named - rule->parameters];
    if (known->is_set)
        mistakes_error(loader->mistakes, at_path("--param"),
                       "'%s': the parameter '%.*s' is set twice", given, STR_ARG(name));
    else if (!parameter_set(loader->arena, known, value, &err))
        mistakes_error(loader->mistakes, at_path("--param"), "'%s': %s", given,
                       err.message);
    known->is_set = true;
}

/* ID.NAME=VALUE: an id may hold dots, a name holds none. */
static void set_parameter(struct loader *loader, struct str given)
{
    size_t equals = str_find(given, STR("="));
    size_t dot = equals != SIZE_MAX ? equals : 0;
    struct rule *rule;

    while (dot > 0 && given.text[dot] != '.')
        dot--;
    if (dot == 0) {
        mistakes_error(loader->mistakes, at_path("--param"),
                       "'%s': expected ID.NAME=VALUE, such as "
                       "Backup-001.without_databases=not_applicable",
                       given.text);
        return;
    }
    rule = rule_named(loader, str_slice(given, 0, dot));
    if (rule == NULL && loader->wanted->texts != NULL)
        return;
    if (rule == NULL) {
        mistakes_error(loader->mistakes, at_path("--param"),
                       "'%s': there is no rule '%.*s'", given.text, (int)dot,
                       given.text);
        return;
    }
    set_named(loader, rule, given.text, str_slice(given, dot + 1, equals),
              str_slice(given, equals + 1, given.len));
}

static void check_ids(struct loader *loader)
{
    struct table first = TABLE_EMPTY(loader->arena);

    /* Those that are built in differ. */
    for (size_t i = 0; i < loader->file_count && loader->wanted->paths.count > 0; i++)
        if (loader->files[i].left_out)
            *table_slot(&first, rule_stem(loader->files[i].path)) = arena_copy(
                loader->arena, loader->files[i].path, strlen(loader->files[i].path));
    for (size_t i = 0; i < loader->book->count; i++) {
        const struct rule *rule = loader->book->rules[i];
        void **slot = table_slot(&first, rule->id);

        if (*slot != NULL) {
            mistakes_error(loader->mistakes, rule->place,
                           "the rule '%.*s' is in %s, too: an id is one rule's",
                           STR_ARG(rule->id), (const char *)*slot);
        } else {
            *slot = arena_copy(loader->arena, rule->path, strlen(rule->path));
        }
    }
}

/* A rule that is wrong is known by its file's name. */
static bool is_known(const struct loader *loader, struct str word)
{
    for (size_t i = 0; i < loader->file_count; i++) {
        const struct names names = names_of_file(&loader->files[i]);

        if (is_named(&names, word))
            return true;
    }
    for (size_t i = 0; i < loader->parsed_count; i++)
        if (rule_is_named(loader->parsed[i], word))
            return true;
    return false;
}

/* That each of the words that an option has names a rule. */
static void check_named(struct loader *loader, const char *option,
                        const struct str_list *words)
{
    const char **stems = arena_array(loader->arena, loader->file_count, const char *);

    for (size_t i = 0; i < loader->file_count && words->count > 0; i++)
        stems[i] = str_copy(loader->arena, rule_stem(loader->files[i].path)).text;
    for (size_t i = 0; i < words->count; i++) {
        struct str word = words->items[i];

        if (is_known(loader, word) || loader->wanted->texts != NULL)
            continue;
        if (is_pattern(word)) {
            mistakes_error(loader->mistakes, at_path(option),
                           "no rule has an id like '%s'", word.text);
        } else {
            mistakes_error(loader->mistakes, at_path(option), "there is no rule '%s'%s",
                           word.text,
                           suggestion(loader->arena, word, stems, loader->file_count));
        }
    }
}

static void check_packs(struct loader *loader)
{
    const struct str_list *packs = &loader->wanted->packs;
    const char **names = arena_array(loader->arena, loader->file_count, const char *);
    struct str_list known = {
        arena_array(loader->arena, loader->file_count, struct str), 0
    };

    for (size_t i = 0; i < loader->file_count && packs->count > 0; i++) {
        struct str pack = loader->files[i].pack;

        if (pack.len == 0 || str_list_has(&known, pack))
            continue;
        names[known.count] = str_copy(loader->arena, pack).text;
        known.items[known.count++] = pack;
    }
    for (size_t i = 0; i < packs->count; i++) {
        struct str pack = packs->items[i];

        if (str_list_has(&known, pack) || loader->wanted->texts != NULL)
            continue;
        mistakes_error(loader->mistakes, at_path("--pack"), "there is no pack '%s'%s",
                       pack.text, suggestion(loader->arena, pack, names, known.count));
    }
}

static void keep_wanted(const struct rulebook_wanted *wanted, struct rulebook *book)
{
    size_t kept = 0;

    for (size_t i = 0; i < book->count; i++) {
        const struct names names = names_of_rule(book->rules[i]);

        if (is_kept(wanted, &names))
            book->rules[kept++] = book->rules[i];
    }
    book->count = kept;
}

/* The built-in ones, too, where they are left out. */
static struct str_list known_ids(const struct loader *loader)
{
    size_t count = loader->file_count + embedded_rule_count;
    struct str_list known = { arena_array(loader->arena, count, struct str), 0 };

    for (size_t i = 0; i < loader->file_count; i++)
        known.items[known.count++] = rule_stem(loader->files[i].path);
    for (size_t i = 0; i < embedded_rule_count && loader->wanted->no_builtin; i++)
        known.items[known.count++] = rule_stem(embedded_rules[i].path);
    return known;
}

static int compare_rules(const void *left, const void *right)
{
    return str_compare((*(const struct rule *const *)left)->id,
                       (*(const struct rule *const *)right)->id);
}

const struct rulebook *rulebook_load(struct arena *arena,
                                     const struct rulebook_wanted *wanted,
                                     struct mistakes *mistakes)
{
    struct rulebook *book = arena_new(arena, struct rulebook);
    struct loader loader = {
        .arena = arena,
        .wanted = wanted,
        .mistakes = mistakes,
        .catalog = catalog_new(arena),
        .book = book,
    };
    size_t errors = mistakes->error_count;

    add_embedded(&loader);
    load_own(&loader);
    catalog_finish(loader.catalog, mistakes);
    parse_rules(&loader);
    check_ids(&loader);
    for (size_t i = 0; i < wanted->params.count; i++)
        set_parameter(&loader, wanted->params.items[i]);
    check_named(&loader, "--select", &wanted->select);
    check_named(&loader, "--skip", &wanted->skip);
    check_packs(&loader);
    if (mistakes->error_count > errors)
        return NULL;
    book->catalog = loader.catalog;
    book->catalog_sha256 = catalog_builtin_sha256;
    book->has_matrix = wanted->matrix;
    book->known = known_ids(&loader);
    keep_wanted(wanted, book);
    if (book->count > 0)
        qsort(book->rules, book->count, sizeof(const struct rule *), compare_rules);
    return book;
}
