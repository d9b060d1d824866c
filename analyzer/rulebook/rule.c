#include "rulebook/rule.h"

#include "rulebook/rule_reader.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>

const char *const result_names[] = {
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
    struct str severity;
    const struct yaml_node *for_each, *mappings, *parameters, *facts, *outcomes,
        *commentary, *tests;
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
    TEXT(unknown, false),
    { "references", CHECK_TEXTS, false, offsetof(struct rule_keys, rule.references) },
    TEXT(publisher, false),
    { "mappings", CHECK_MAPPING, false, offsetof(struct rule_keys, mappings) },
    { "tags", CHECK_TEXTS, false, offsetof(struct rule_keys, rule.tags) },
    { "for_each", CHECK_NODE, true, offsetof(struct rule_keys, for_each) },
    { "parameters", CHECK_MAPPING, false, offsetof(struct rule_keys, parameters) },
    { "facts", CHECK_MAPPING, false, offsetof(struct rule_keys, facts) },
    { "outcomes", CHECK_SEQUENCE, true, offsetof(struct rule_keys, outcomes) },
    { "commentary", CHECK_MAPPING, false, offsetof(struct rule_keys, commentary) },
    { "tests", CHECK_SEQUENCE, false, offsetof(struct rule_keys, tests) },
};

/* All but waived, which is the last: people say that. */
const struct schema result_schema = { .kind = SCHEMA_NAMES,
                                      .names = result_names,
                                      .name_count = RESULT_WAIVED };
static_assert(RESULT_WAIVED + 1 == RESULT_COUNT, "waived is the last");
const struct schema schema_expression = { .kind = SCHEMA_TEXT };
const struct schema schema_type = { .kind = SCHEMA_TEXT, .pattern = "^\\S+$" };
static const struct schema format_form = { .kind = SCHEMA_NUMBER, .number = 1 };
static const struct schema id_form = {
    .kind = SCHEMA_TEXT,
    .pattern = "^[A-Za-z0-9][A-Za-z0-9._-]*"
               "( \\([A-Za-z0-9][A-Za-z0-9._-]*( [A-Za-z0-9][A-Za-z0-9._-]*)*\\))?$",
};
static const struct schema tag_form = { .kind = SCHEMA_TEXT,
                                        .pattern = "^[A-Za-z0-9][A-Za-z0-9._-]*$" };
static const struct schema severity_form = {
    .kind = SCHEMA_NAMES,
    .names = &severity_names[SEVERITY_LOW],
    .name_count = SEVERITY_COUNT - SEVERITY_LOW,
};
static const struct schema text_form = { .kind = SCHEMA_TEXT };
static const struct schema types_form = { .kind = SCHEMA_LIST, .of = &schema_type };
static const struct schema *const subjects_form[] = { &schema_type, &types_form };
static const struct schema subject_form = SCHEMA_OF_EITHER(subjects_form);
static const struct schema controls_form = { .kind = SCHEMA_LIST, .of = &text_form };
static const struct schema *const texts_form[] = { &text_form, &controls_form };
static const struct schema control_form = SCHEMA_OF_EITHER(texts_form);
static const struct schema mapping_of_form = { .kind = SCHEMA_MAP,
                                               .of = &control_form };
static const struct schema_note notes[] = {
    { "format", "The version of this format.", &format_form },
    { "id", "The file's name without .yaml.", &id_form },
    { "title", "What should hold, in a few words.", NULL },
    { "severity", "The publisher's; without it, none.", &severity_form },
    { "pillar", "For readers: of a framework such as AWS's.", NULL },
    { "services", "For readers: the AWS services that it is about.", NULL },
    { "description", "For readers: what is looked at, and when it holds.", NULL },
    { "rationale", "For readers: why.", NULL },
    { "audit", "For readers: how it is looked up by hand.", NULL },
    { "remediation", "For readers: how what fails is put right.", NULL },
    { "unknown",
      "What is not known where it is unknown, behind 'not known': whether it is in "
      "use.",
      NULL },
    { "references", "For readers: pages.", NULL },
    { "publisher", "Who publishes the rule.", NULL },
    { "mappings", "From a framework to the controls that the publisher maps it to.",
      &mapping_of_form },
    { "tags", "Words by which --select finds it.", &tag_form },
    { "for_each",
      "What is judged: region, account, or each record of a type or of several.",
      &subject_form },
    { "parameters", "From the name of a parameter, read as $NAME, to what it is.",
      &parameters_schema },
    { "facts", "From the name of a fact to what it counts.", &facts_schema },
    { "outcomes", "The first that holds decides.", &outcome_schema },
    { "commentary", "What is said beside a verdict, and changes none.",
      &commentary_schema },
    { "tests", "Evidence, and what is expected of it.", &test_schema },
};
const struct schema rule_schema = SCHEMA_OF_KEYS(keys, notes);

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

static bool is_word(struct str text)
{
    if (text.len == 0 || (!is_letter(text.text[0]) && !is_digit(text.text[0])))
        return false;
    for (size_t i = 0; i < text.len; i++)
        if (!is_letter(text.text[i]) && !is_digit(text.text[i]) &&
            text.text[i] != '.' && text.text[i] != '_' && text.text[i] != '-')
            return false;
    return true;
}

/* "NAME", or "NAME (PUBLISHER)" where two publishers use one name: an id is a file's
 * name, a word of the command line and of every report. */
bool rule_id_is_right(struct str id)
{
    size_t open = str_find(id, STR(" ("));
    struct str publisher;

    if (open == SIZE_MAX)
        return is_word(id);
    publisher = str_slice(id, open + strlen(" ("), id.len);
    if (!str_ends_with(publisher, STR(")")))
        return false;
    publisher.len--;
    for (size_t at = str_find(publisher, STR(" ")); at != SIZE_MAX;
         at = str_find(publisher, STR(" "))) {
        if (!is_word(str_slice(publisher, 0, at)))
            return false;
        publisher = str_slice(publisher, at + 1, publisher.len);
    }
    return is_word(publisher) && is_word(str_slice(id, 0, open));
}

static void read_id(struct rule_reader *reader, const struct yaml_node *node)
{
    struct str stem = rule_stem(reader->rule->path);

    reader->rule->place = node->place;
    if (!rule_id_is_right(node->text)) {
        mistakes_error(reader->mistakes, node->place,
                       "'%.*s' cannot be an id: expected letters, digits, '.', '_' and "
                       "'-', a letter or digit first%s",
                       STR_ARG(node->text),
                       str_find(node->text, STR("(")) != SIZE_MAX
                           ? "; and behind them at most the name of who publishes it, "
                             "of such words: 'RDS-1 (Audit Manager)'"
                           : "");
    } else if (!str_equal(node->text, stem)) {
        mistakes_error(
            reader->mistakes, node->place,
            "'%.*s' is not the file's name: write '%.*s', or rename the file "
            "to '%.*s.yaml'",
            STR_ARG(node->text), STR_ARG(stem), STR_ARG(node->text));
    }
}

/* --select finds a rule by its tags, so none may look like a pattern. */
static void tags_read(struct rule_reader *reader, const struct yaml_node *root)
{
    const struct yaml_node *node = yaml_find(root, "tags");

    for (size_t i = 0; i < reader->rule->tags.count; i++) {
        struct str tag = reader->rule->tags.items[i];
        struct place place =
            node->kind == YAML_SEQUENCE ? node->items[i]->place : node->place;

        if (is_word(tag))
            continue;
        mistakes_error(reader->mistakes, place,
                       "'%.*s' cannot be a tag: expected letters, digits, '.', '_' "
                       "and '-', a letter or digit first",
                       STR_ARG(tag));
    }
}

static void mappings_read(struct rule_reader *reader, const struct yaml_node *node)
{
    size_t count = node != NULL ? node->count : 0;
    struct mapping *mappings = arena_array(reader->arena, count, struct mapping);

    for (size_t i = 0; i < count; i++) {
        mappings[i].framework = node->keys[i]->text;
        check_texts(reader->arena, node->items[i],
                    str_copy(reader->arena, mappings[i].framework).text,
                    &mappings[i].controls, reader->mistakes);
    }
    reader->rule->mappings = mappings;
    reader->rule->mapping_count = count;
}

static void read_head(struct rule_reader *reader, const struct yaml_node *root,
                      const struct rule_keys *found)
{
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
    if (found->for_each != NULL)
        for_each_read(reader, found->for_each);
}

static void read_rule(struct rule_reader *reader, const struct yaml_node *root)
{
    struct rule_keys found = { .rule = *reader->rule, .format = 1 };

    /* What is wrong is in reader->mistakes; the keys that are right are read. */
    check_mapping(reader->arena, root, keys, COUNT_OF(keys), &found, reader->mistakes);
    if (root->kind != YAML_MAPPING)
        return;
    read_head(reader, root, &found);
    if (found.facts == NULL && yaml_find(root, "facts") == NULL &&
        reader->rule->for_each != FOR_EACH_RECORD)
        mistakes_error(reader->mistakes, root->place, "the key 'facts' is missing");
    tags_read(reader, root);
    mappings_read(reader, found.mappings);
    parameters_read(reader, found.parameters);
    facts_read(reader, found.facts);
    if (found.outcomes != NULL)
        outcomes_read(reader, found.outcomes, found.facts);
    if (found.commentary != NULL)
        commentary_read(reader, found.commentary);
    if (found.tests != NULL)
        tests_read(reader, found.tests);
    parameters_warn_of_unread(reader);
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
        .is_checked = parsed != NULL,
    };
    size_t errors = mistakes->error_count;
    const struct yaml_node *root = parsed;

    rule->path = path;
    rule->text = text;
    if (root == NULL) {
        struct digest *digest = digest_new(arena);

        digest_add(digest, text.text, text.len);
        digest_hex(digest, rule->sha256);
        root = yaml_parse(arena, path, text, mistakes);
    }
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

bool rule_is_of_region(const struct rule *rule)
{
    return rule->for_each == FOR_EACH_REGION ||
           (rule->for_each == FOR_EACH_RECORD &&
            rule->subjects[0]->level == LEVEL_REGION);
}

size_t rule_first_fact(struct arena *arena, const struct rule *rule, size_t outcome)
{
    const struct jmespath *when = rule->outcomes[outcome].when;
    struct jmespath_fields fields = { 0 };

    if (when != NULL)
        jmespath_fields(arena, jmespath_root(when), &fields);
    for (size_t i = 0; i < fields.count; i++)
        for (size_t fact = 0; fact < rule->fact_count; fact++)
            if (str_equal(rule->facts[fact].name, fields.names[i]))
                return fact;
    return rule->fact_count;
}
