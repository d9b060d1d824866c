#include "rulebook/rule.h"

#include "rulebook/rule_reader.h"

#include <assert.h>
#include <string.h>

static const char *const result_names[] = {
    [RESULT_PASS] = "pass",       [RESULT_FAIL] = "fail",
    [RESULT_UNKNOWN] = "unknown", [RESULT_NOT_APPLICABLE] = "not_applicable",
    [RESULT_WAIVED] = "waived",
};

static const char *const severity_names[] = {
    [SEVERITY_NONE] = "none",           [SEVERITY_LOW] = "low",
    [SEVERITY_MEDIUM] = "medium",       [SEVERITY_HIGH] = "high",
    [SEVERITY_VERY_HIGH] = "very-high", [SEVERITY_EXTREME] = "extreme",
};

static_assert(COUNT_OF(result_names) == RESULT_COUNT, "every result has a name");
static_assert(COUNT_OF(severity_names) == SEVERITY_COUNT, "every severity has a name");

struct rule_keys {
    struct rule rule; /* the texts that are taken as they stand */
    long format;
    struct str severity, for_each;
    const struct yaml_node *parameters, *facts, *outcomes, *tests;
};

#define TEXT(key, required)                                                            \
    {                                                                                  \
#key, CHECK_TEXT, required, offsetof(struct rule_keys, rule.key)               \
    }

static const struct check_key keys[] = {
    { "format", CHECK_INTEGER, true, offsetof(struct rule_keys, format) },
    TEXT(id, true),
    TEXT(title, true),
    { "severity", CHECK_TEXT, false, offsetof(struct rule_keys, severity) },
    TEXT(pillar, false),
    { "services", CHECK_TEXTS, false, offsetof(struct rule_keys, rule.services) },
    TEXT(description, false),
    TEXT(rationale, false),
    TEXT(audit, false),
    TEXT(remediation, false),
    { "references", CHECK_TEXTS, false, offsetof(struct rule_keys, rule.references) },
    { "for_each", CHECK_TEXT, true, offsetof(struct rule_keys, for_each) },
    { "parameters", CHECK_MAPPING, false, offsetof(struct rule_keys, parameters) },
    { "facts", CHECK_MAPPING, true, offsetof(struct rule_keys, facts) },
    { "outcomes", CHECK_SEQUENCE, true, offsetof(struct rule_keys, outcomes) },
    { "tests", CHECK_SEQUENCE, false, offsetof(struct rule_keys, tests) },
};

const char *result_name(enum result result)
{
    return result_names[result];
}

const char *severity_name(enum severity severity)
{
    return severity_names[severity];
}

const struct fact *rule_fact(const struct rule *rule, struct str name)
{
    for (size_t i = 0; i < rule->fact_count; i++)
        if (str_equal(rule->facts[i].name, name))
            return &rule->facts[i];
    return NULL;
}

struct str rule_stem(const char *path)
{
    const char *slash = strrchr(path, '/');
    struct str name = str_from(slash != NULL ? slash + 1 : path);

    if (str_ends_with(name, STR(".yaml")))
        return str_slice(name, 0, name.len - strlen(".yaml"));
    if (str_ends_with(name, STR(".yml")))
        return str_slice(name, 0, name.len - strlen(".yml"));
    return name;
}

static bool is_id(struct str id)
{
    if (id.len == 0 || (!is_letter(id.text[0]) && !is_digit(id.text[0])))
        return false;
    for (size_t i = 0; i < id.len; i++)
        if (!is_letter(id.text[i]) && !is_digit(id.text[i]) && id.text[i] != '.' &&
            id.text[i] != '_' && id.text[i] != '-')
            return false;
    return true;
}

static void read_id(struct rule_reader *reader, const struct yaml_node *node)
{
    struct str stem = rule_stem(reader->rule->path);

    reader->rule->place = node->place;
    if (!is_id(node->text)) {
        mistakes_error(reader->mistakes, node->place,
                       "'%.*s' cannot be an id: expected letters, digits, '.', '_' and "
                       "'-', a letter or digit first",
                       STR_ARG(node->text));
    } else if (!str_equal(node->text, stem)) {
        mistakes_error(
            reader->mistakes, node->place,
            "'%.*s' is not the file's name: write '%.*s', or rename the file "
            "to '%.*s.yaml'",
            STR_ARG(node->text), STR_ARG(stem), STR_ARG(node->text));
    }
}

static void read_head(struct rule_reader *reader, const struct yaml_node *root,
                      const struct rule_keys *found)
{
    static const char *const scopes[] = {
        [FOR_EACH_REGION] = "region", [FOR_EACH_ACCOUNT] = "account"
    };
    struct rule *rule = reader->rule;
    size_t index;

    *rule = found->rule;
    if (found->format != 1)
        mistakes_error(reader->mistakes, yaml_find(root, "format")->place,
                       "format %ld is not known: expected 1", found->format);
    if (rule->id.text != NULL)
        read_id(reader, yaml_find(root, "id"));
    if (rule->title.text != NULL && str_trim(rule->title).len == 0)
        mistakes_error(reader->mistakes, yaml_find(root, "title")->place,
                       "the title is empty: say in a few words what is to be so");
    if (found->severity.text != NULL &&
        check_name(yaml_find(root, "severity"), "severity",
                   &severity_names[SEVERITY_LOW], SEVERITY_COUNT - SEVERITY_LOW, &index,
                   reader->mistakes))
        rule->severity = (enum severity)(SEVERITY_LOW + index);
    if (found->for_each.text != NULL &&
        check_name(yaml_find(root, "for_each"), "for_each", scopes, COUNT_OF(scopes),
                   &index, reader->mistakes))
        rule->for_each = (enum for_each)index;
}

static void read_rule(struct rule_reader *reader, const struct yaml_node *root)
{
    struct rule_keys found = { .rule = *reader->rule, .format = 1 };

    /* What is wrong is in reader->mistakes; the keys that are right are read. */
    check_mapping(reader->arena, root, keys, COUNT_OF(keys), &found, reader->mistakes);
    if (root->kind != YAML_MAPPING)
        return;
    read_head(reader, root, &found);
    parameters_read(reader, found.parameters);
    facts_read(reader, found.facts);
    if (found.outcomes != NULL)
        outcomes_read(reader, found.outcomes, found.facts);
    if (found.tests != NULL)
        tests_read(reader, found.tests);
}

static void warn_without_tests(struct rule_reader *reader, const struct yaml_node *root)
{
    const struct yaml_node *tests;

    if (root->kind != YAML_MAPPING)
        return;
    tests = yaml_find(root, "tests");
    if (tests == NULL || (tests->kind == YAML_SEQUENCE && tests->count == 0))
        mistakes_warning(reader->mistakes, root->place,
                         "the rule has no tests: add a pass, a fail and an unknown");
}

/* `parsed` is the text's root, or NULL: it is not parsed yet. */
static struct rule *read_file(struct arena *arena, const struct catalog *catalog,
                              const char *path, struct str text,
                              const struct yaml_node *parsed, struct mistakes *mistakes)
{
    struct rule *rule = arena_new(arena, struct rule);
    struct rule_reader reader = {
        .arena = arena,
        .catalog = catalog,
        .mistakes = mistakes,
        .rule = rule,
        .context = jmespath_context_new(arena),
    };
    struct digest *digest = digest_new(arena);
    size_t errors = mistakes->error_count;
    const struct yaml_node *root = parsed;

    rule->path = path;
    rule->text = text;
    digest_add(digest, text.text, text.len);
    digest_hex(digest, rule->sha256);
    if (root == NULL)
        root = yaml_parse(arena, path, text, mistakes);
    if (root == NULL)
        return NULL;
    read_rule(&reader, root);
    if (parsed == NULL)
        warn_without_tests(&reader, root);
    return mistakes->error_count == errors ? rule : NULL;
}

struct rule *rule_parse(struct arena *arena, const struct catalog *catalog,
                        const char *path, struct str text, struct mistakes *mistakes)
{
    return read_file(arena, catalog, path, text, NULL, mistakes);
}

struct rule *rule_read(struct arena *arena, const struct catalog *catalog,
                       const char *path, struct str text, const struct yaml_node *root,
                       struct mistakes *mistakes)
{
    return read_file(arena, catalog, path, text, root, mistakes);
}
