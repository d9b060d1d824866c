#include "rulebook/rule_reader.h"

#include <assert.h>

struct commentary_keys {
    const struct yaml_node *kinds, *facts, *diagnosis, *cautions;
};

static const struct check_key keys[] = {
    { "kinds", CHECK_SEQUENCE, false, offsetof(struct commentary_keys, kinds) },
    { "facts", CHECK_MAPPING, false, offsetof(struct commentary_keys, facts) },
    { "diagnosis", CHECK_SEQUENCE, false, offsetof(struct commentary_keys, diagnosis) },
    { "cautions", CHECK_SEQUENCE, false, offsetof(struct commentary_keys, cautions) },
};

struct kinds_keys {
    const struct yaml_node *for_each, *facts, *kinds;
};

static const struct check_key kinds_keys[] = {
    { "for_each", CHECK_NODE, true, offsetof(struct kinds_keys, for_each) },
    { "facts", CHECK_MAPPING, false, offsetof(struct kinds_keys, facts) },
    { "kinds", CHECK_SEQUENCE, true, offsetof(struct kinds_keys, kinds) },
};

struct kind_keys {
    struct str kind, when;
};

static const struct check_key kind_keys[] = {
    { "kind", CHECK_TEXT, true, offsetof(struct kind_keys, kind) },
    { "when", CHECK_TEXT, false, offsetof(struct kind_keys, when) },
};

struct row_keys {
    struct str code, when, message, nothing_there;
    const struct yaml_node *quotes;
};

static const struct check_key row_keys[] = {
    { "code", CHECK_TEXT, true, offsetof(struct row_keys, code) },
    { "when", CHECK_TEXT, true, offsetof(struct row_keys, when) },
    { "message", CHECK_TEXT, true, offsetof(struct row_keys, message) },
    { "quotes", CHECK_MAPPING, false, offsetof(struct row_keys, quotes) },
    { "nothing_there", CHECK_TEXT, false, offsetof(struct row_keys, nothing_there) },
};

struct quote_keys {
    struct str fact, field;
};

static const struct check_key quote_keys[] = {
    { "fact", CHECK_TEXT, true, offsetof(struct quote_keys, fact) },
    { "field", CHECK_TEXT, true, offsetof(struct quote_keys, field) },
};

static const struct schema types_form = { .kind = SCHEMA_LIST, .of = &schema_type };
static const struct schema *const subjects_form[] = { &schema_type, &types_form };
static const struct schema subject_form = SCHEMA_OF_EITHER(subjects_form);

static const struct schema_note kind_notes[] = {
    { "kind", "Its name: a fact, how many there are.", NULL },
    { "when", "Which records are of it, of those of no kind before.",
      &schema_expression },
};
static const struct schema kind_form = SCHEMA_OF_KEYS(kind_keys, kind_notes);

static const struct schema_note kinds_notes[] = {
    { "for_each", "The type of the records, or several.", &subject_form },
    { "facts", "From the name of a fact to what it counts, for one record.",
      &facts_schema },
    { "kinds", "The first that holds; the last has no 'when'.", &kind_form },
};
static const struct schema kinds_form = SCHEMA_OF_KEYS(kinds_keys, kinds_notes);

static const struct schema_note quote_notes[] = {
    { "fact", "A minimum or maximum: the record that has it.", NULL },
    { "field", "The field whose text is quoted.", NULL },
};
static const struct schema quote_form = SCHEMA_OF_KEYS(quote_keys, quote_notes);

static const struct schema_note row_notes[] = {
    { "code", "For programs.", NULL },
    { "when", "When it is said: a condition over kinds and facts.",
      &schema_expression },
    { "message", "What is said, with {EXPRESSION} in it.", NULL },
    { "quotes", "A text of evidence that is added.", &quote_form },
    { "nothing_there",
      "Of a diagnosis: what there is not to judge, such as \"no database\". Reports "
      "count "
      "such fails apart.",
      NULL },
};
static const struct schema row_form = SCHEMA_OF_KEYS(row_keys, row_notes);

static const struct schema_note notes[] = {
    { "kinds", "Lists of kinds, of which each record is of one.", &kinds_form },
    { "facts", "From the name of a fact to what it counts, in the scope.",
      &facts_schema },
    { "diagnosis", "Of a fail: the first that holds.", &row_form },
    { "cautions", "Of a pass: each that holds.", &row_form },
};
const struct schema commentary_schema = SCHEMA_OF_KEYS(keys, notes);

/* What reads a part of it: a rule of its own, with the names and the parameters of the
 * rule that is explained. */
static struct rule_reader part_reader(const struct rule_reader *of)
{
    struct rule *rule = arena_new(of->arena, struct rule);

    *rule = (struct rule){
        .id = of->rule->id,
        .path = of->rule->path,
        .place = of->rule->place,
        .text = of->rule->text,
        .for_each = FOR_EACH_REGION,
        .parameters = of->rule->parameters,
        .parameter_count = of->rule->parameter_count,
    };
    return (struct rule_reader){
        .arena = of->arena,
        .catalog = of->catalog,
        .mistakes = of->mistakes,
        .rule = rule,
        .context = jmespath_context_new(of->arena),
        .is_checked = of->is_checked,
    };
}

/* ---- kinds -----------------------------------------------------------------------
 */

static void read_kind(struct rule_reader *reader, const struct yaml_node *node,
                      bool is_last, struct str_list *names, struct outcome *outcome)
{
    struct kind_keys found = { 0 };
    const struct yaml_node *when;

    if (!check_mapping(reader->arena, node, kind_keys, COUNT_OF(kind_keys), &found,
                       reader->mistakes))
        return;
    when = yaml_find(node, "when");
    outcome->place = node->place;
    outcome->code = found.kind;
    if (fact_name_check(reader, yaml_find(node, "kind"))) {
        if (str_list_has(names, found.kind))
            mistakes_error(reader->mistakes, yaml_find(node, "kind")->place,
                           "there is a kind '%.*s' already: choose another name",
                           STR_ARG(found.kind));
        names->items[names->count++] = found.kind;
    }
    if (is_last == (when == NULL)) {
        if (when != NULL)
            outcome->when = when_read(reader, when);
        return;
    }
    mistakes_error(reader->mistakes, node->place,
                   is_last ? "the last kind has a 'when': add one without, for records "
                             "of no other kind"
                           : "a kind without 'when' is the last: those behind it can "
                             "never be reached");
}

static bool check_subjects(const struct rule_reader *reader,
                           const struct yaml_node *node)
{
    const struct rule *rule = reader->rule;

    if (reader->is_about_unknown)
        return false;
    for (size_t i = 0; i < rule->subject_count; i++) {
        if (rule->subjects[i]->level == LEVEL_REGION)
            continue;
        mistakes_error(reader->mistakes, node->place, "%.*s is not listed by region",
                       STR_ARG(rule->subjects[i]->name));
        return false;
    }
    if (rule->for_each != FOR_EACH_RECORD)
        mistakes_error(reader->mistakes, node->place,
                       "kinds are of records: expected a type such as "
                       "AWS::RDS::DBInstance");
    return rule->for_each == FOR_EACH_RECORD;
}

/* NULL: it is wrong, and that was said. */
static const struct rule *read_kinds(const struct rule_reader *of,
                                     const struct yaml_node *node,
                                     struct str_list *names)
{
    struct rule_reader reader = part_reader(of);
    struct kinds_keys found = { 0 };
    struct outcome *outcomes;
    size_t count;

    if (!check_mapping(of->arena, node, kinds_keys, COUNT_OF(kinds_keys), &found,
                       of->mistakes))
        return NULL;
    count = found.kinds->count;
    for_each_read(&reader, found.for_each);
    if (!check_subjects(&reader, found.for_each))
        return NULL;
    facts_read(&reader, found.facts);
    if (count == 0 || names->count + count > RULE_FACTS_MAX) {
        mistakes_error(of->mistakes, found.kinds->place,
                       "expected kinds, at most %d in all", RULE_FACTS_MAX);
        return NULL;
    }
    outcomes = arena_array(of->arena, count, struct outcome);
    for (size_t i = 0; i < count; i++)
        read_kind(&reader, found.kinds->items[i], i + 1 == count, names, &outcomes[i]);
    reader.rule->outcomes = outcomes;
    reader.rule->outcome_count = count;
    return reader.rule;
}

static void read_all_kinds(const struct rule_reader *of, const struct yaml_node *node,
                           struct str_list *names, struct commentary *commentary)
{
    size_t count = node != NULL ? node->count : 0;

    if (count > RULE_KINDS_MAX) {
        mistakes_error(of->mistakes, node->place,
                       "too many lists of kinds: there are at most %d", RULE_KINDS_MAX);
        return;
    }
    names->items = arena_array(of->arena, RULE_FACTS_MAX, struct str);
    commentary->kinds = arena_array(of->arena, count, const struct rule *);
    for (size_t i = 0; i < count; i++) {
        const struct rule *kinds = read_kinds(of, node->items[i], names);

        if (kinds != NULL)
            commentary->kinds[commentary->kinds_count++] = kinds;
    }
    commentary->kind_fact_count = names->count;
}

/* ---- rows ------------------------------------------------------------------------
 */

static void read_quote(const struct rule_reader *reader, const struct yaml_node *node,
                       struct outcome *outcome)
{
    struct quote_keys found = { 0 };
    const struct fact *fact;

    if (!check_mapping(reader->arena, node, quote_keys, COUNT_OF(quote_keys), &found,
                       reader->mistakes))
        return;
    fact = rule_fact(reader->rule, found.fact);
    if (fact == NULL || fact->kind == FACT_COUNT || fact->type == NULL ||
        fact->each != NULL) {
        mistakes_error(reader->mistakes, yaml_find(node, "fact")->place,
                       "'%.*s' is no minimum or maximum over records, so that none is "
                       "to be quoted",
                       STR_ARG(found.fact));
        return;
    }
    if (!type_has_field(fact->type, found.field)) {
        mistakes_warning(reader->mistakes, yaml_find(node, "field")->place,
                         "%.*s is not known to have a field '%.*s'%s",
                         STR_ARG(fact->type->name), STR_ARG(found.field),
                         field_suggestion(reader->arena, fact->type, found.field));
    }
    outcome->quoted = fact;
    outcome->quoted_field = found.field;
}

static void read_texts(struct rule_reader *reader, const struct yaml_node *node,
                       struct outcome *row)
{
    const struct yaml_node *when = yaml_find(node, "when");
    const struct yaml_node *message = yaml_find(node, "message");

    if (when != NULL)
        row->when = when_read(reader, when);
    if (message != NULL)
        message_read(reader, message, &row->message);
}

static void read_row(struct rule_reader *reader, const struct yaml_node *node,
                     struct outcome *row)
{
    struct row_keys found = { 0 };

    row->place = node->place;
    if (!check_mapping(reader->arena, node, row_keys, COUNT_OF(row_keys), &found,
                       reader->mistakes))
        return;
    row->code = found.code;
    row->nothing_there = found.nothing_there;
    if (found.quotes != NULL)
        read_quote(reader, found.quotes, row);
    if (!reader->is_checked)
        read_texts(reader, node, row);
}

/* Most runs come to few of the rows, and what was checked need not be compiled to know
 * whether it is right. */
void commentary_row_read(struct arena *arena, const struct commentary *commentary,
                         size_t row, struct outcome *outcome)
{
    struct mistakes mistakes = MISTAKES_EMPTY(arena);
    struct rule_reader reader = *commentary->reader;
    struct rule rule = *reader.rule; /* that one is every thread's */

    reader.rule = &rule;
    reader.arena = arena;
    reader.mistakes = &mistakes;
    reader.was_read = arena_array(arena, reader.name_count, bool);
    read_texts(&reader, commentary->rows[row], outcome);
    assert(mistakes.error_count == 0 && outcome->when != NULL);
}

/* Those of the list, behind those that were read before. */
static void read_rows(struct rule_reader *reader, const struct yaml_node *node,
                      struct outcome *rows, const struct yaml_node **nodes)
{
    if (node == NULL)
        return;
    if (reader->rule->outcome_count + node->count > RULE_OUTCOMES_MAX) {
        mistakes_error(reader->mistakes, node->place,
                       "too many rows: a diagnosis and cautions have at most %d",
                       RULE_OUTCOMES_MAX);
        return;
    }
    for (size_t i = 0; i < node->count; i++) {
        nodes[reader->rule->outcome_count] = node->items[i];
        read_row(reader, node->items[i], &rows[reader->rule->outcome_count++]);
    }
}

void commentary_read(struct rule_reader *of, const struct yaml_node *node)
{
    struct commentary *commentary = arena_new(of->arena, struct commentary);
    struct rule_reader reader = part_reader(of);
    struct commentary_keys found = { 0 };
    const struct yaml_node **nodes;
    struct rule_reader *kept;
    struct outcome *rows;

    if (!check_mapping(of->arena, node, keys, COUNT_OF(keys), &found, of->mistakes))
        return;
    if (of->rule->for_each != FOR_EACH_REGION) {
        mistakes_error(of->mistakes, node->place,
                       "a rule explains itself only if it is about each region");
        return;
    }
    read_all_kinds(of, found.kinds, &reader.kinds, commentary);
    if (found.facts != NULL || reader.kinds.count > 0)
        facts_read(&reader, found.facts);
    rows = arena_array(of->arena, RULE_OUTCOMES_MAX, struct outcome);
    nodes = arena_array(of->arena, RULE_OUTCOMES_MAX, const struct yaml_node *);
    reader.rule->outcomes = rows;
    read_rows(&reader, found.diagnosis, rows, nodes);
    commentary->diagnosis_count = reader.rule->outcome_count;
    read_rows(&reader, found.cautions, rows, nodes);
    for (size_t i = commentary->diagnosis_count; i < reader.rule->outcome_count; i++) {
        if (rows[i].nothing_there.text != NULL) {
            mistakes_error(
                of->mistakes, yaml_find(nodes[i], "nothing_there")->place,
                "a caution is of a pass: where nothing is there, a diagnosis "
                "says so");
        }
    }
    commentary->rule = reader.rule;
    if (reader.is_checked) {
        commentary->rows = nodes;
        commentary->reader = kept = arena_new(of->arena, struct rule_reader);
        *kept = reader;
    }
    of->rule->commentary = commentary;
}
