#include "rulebook/rule_reader.h"

struct outcome_keys {
    struct str result, when, message;
};

static const struct check_key keys[] = {
    { "result", CHECK_TEXT, true, offsetof(struct outcome_keys, result) },
    { "when", CHECK_TEXT, false, offsetof(struct outcome_keys, when) },
    { "message", CHECK_TEXT, true, offsetof(struct outcome_keys, message) },
};

static const struct schema_note notes[] = {
    { "result", "What the finding is, if this outcome is the first that holds.",
      &result_schema },
    { "when",
      "The condition, over the facts, account, region and resource; not in the last.",
      &schema_expression },
    { "message", "One line; {EXPRESSION} stands for its value.", NULL },
};
const struct schema outcome_schema = SCHEMA_OF_KEYS(keys, notes);

static void read_result(struct rule_reader *reader, const struct yaml_node *node,
                        enum result *result)
{
    size_t index;

    if (str_equal(node->text, STR("waived"))) {
        mistakes_error(reader->mistakes, node->place,
                       "'waived' is not for a rule to say, it is what people decide: "
                       "expected pass, fail, unknown or not_applicable");
    } else if (check_name(node, "result", result_names, RESULT_WAIVED, &index,
                          reader->mistakes)) {
        *result = (enum result)index;
    }
}

const struct jmespath *when_read(struct rule_reader *reader,
                                 const struct yaml_node *node)
{
    const struct written written = { reader, node, node->text };
    const struct jmespath *when = expression_compile_over_facts(&written);
    const struct jmespath_node *root;

    if (when == NULL || jmespath_is_boolean(jmespath_root(when)))
        return when;
    root = jmespath_root(when);
    if (root->kind == JMESPATH_FIELD) {
        expression_error(
            &written, root->column,
            "'%.*s' is not a condition: in JMESPath 0 counts as true; write "
            "a comparison, such as %.*s > `0`",
            STR_ARG(root->name), STR_ARG(root->name));
    } else {
        expression_error(&written, root->column,
                         "it is not always true or false, and in JMESPath 0 counts as "
                         "true: write comparisons, such as %s",
                         reader->fact_name_count > 0
                             ? arena_printf(reader->arena, "%s > `0`", reader->names[0])
                             : "resource.Encrypted == `true`");
    }
    return NULL;
}

static bool has_when(const struct yaml_node *node)
{
    return node->kind == YAML_MAPPING && yaml_find(node, "when") != NULL;
}

static void read_outcome(struct rule_reader *reader, const struct yaml_node *node,
                         struct outcome *outcome)
{
    struct outcome_keys found = { 0 };

    /* What is wrong is in reader->mistakes; the keys that are right are read. */
    check_mapping(reader->arena, node, keys, COUNT_OF(keys), &found, reader->mistakes);
    outcome->place = node->place;
    if (found.result.text != NULL)
        read_result(reader, yaml_find(node, "result"), &outcome->result);
    if (found.when.text != NULL)
        outcome->when = when_read(reader, yaml_find(node, "when"));
    else if (node->kind != YAML_MAPPING || has_when(node))
        reader->reads_unknown = true;
    if (found.message.text != NULL)
        message_read(reader, yaml_find(node, "message"), &outcome->message);
    else
        reader->reads_unknown = true;
}

static const json_t *literal(const struct jmespath *when)
{
    const struct jmespath_node *root = jmespath_root(when);

    return root->kind == JMESPATH_LITERAL ? root->literal : NULL;
}

static bool same_condition(const struct jmespath *left, const struct jmespath *right)
{
    return str_equal(str_trim(jmespath_text(left)), str_trim(jmespath_text(right)));
}

/* The outcome before the index-th that leaves nothing for it, or NULL. */
static const struct outcome *hidden_by(const struct outcome *outcomes, size_t index)
{
    const struct jmespath *when = outcomes[index].when;

    for (size_t i = 0; i < index && when != NULL; i++)
        if (outcomes[i].when != NULL && same_condition(outcomes[i].when, when))
            return &outcomes[i];
    return NULL;
}

static bool always_holds(const struct yaml_node *node, const struct outcome *outcome)
{
    return (node->kind == YAML_MAPPING && !has_when(node)) ||
           (outcome->when != NULL && json_is_true(literal(outcome->when)));
}

/* Said once: nothing behind an outcome that always holds is looked at. */
static void check_reached(struct rule_reader *reader, const struct yaml_node *node,
                          const struct outcome *outcomes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct outcome *outcome = &outcomes[i];
        const struct outcome *earlier = hidden_by(outcomes, i);
        struct place place = outcome->place;

        if (outcome->when != NULL)
            place = yaml_find(node->items[i], "when")->place;
        if (earlier != NULL) {
            mistakes_error(reader->mistakes, place,
                           "this outcome can never be reached: the one in line %zu has "
                           "the same 'when'",
                           earlier->place.line);
        } else if (outcome->when != NULL && json_is_false(literal(outcome->when))) {
            mistakes_error(reader->mistakes, place,
                           "this outcome can never be reached: its 'when' is false");
        }
        if (!always_holds(node->items[i], outcome) || i + 1 == count)
            continue;
        mistakes_error(reader->mistakes, outcomes[i + 1].place,
                       "this outcome can never be reached: the one in line %zu %s",
                       outcome->place.line,
                       outcome->when == NULL ? "has no 'when', as only the last may"
                                             : "is always true");
        return;
    }
    if (count > 0 && has_when(node->items[count - 1]))
        mistakes_error(reader->mistakes, outcomes[count - 1].place,
                       "the last outcome has a 'when': add one without, for when none "
                       "holds");
}

static void warn_of_unread(struct rule_reader *reader, const struct yaml_node *facts)
{
    for (size_t i = 0; facts != NULL && i < facts->count; i++) {
        for (size_t j = 0; j < reader->fact_name_count; j++) {
            if (!reader->was_read[j] &&
                str_equal(facts->keys[i]->text, str_from(reader->names[j])))
                mistakes_warning(reader->mistakes, facts->keys[i]->place,
                                 "no outcome and no message reads the fact '%s'",
                                 reader->names[j]);
        }
    }
}

void outcomes_read(struct rule_reader *reader, const struct yaml_node *node,
                   const struct yaml_node *facts)
{
    size_t count = node->count;
    struct outcome *outcomes;

    if (count == 0)
        mistakes_error(reader->mistakes, node->place,
                       "a rule without outcomes says nothing: expected at least one");
    if (count > RULE_OUTCOMES_MAX) {
        mistakes_error(reader->mistakes, node->items[RULE_OUTCOMES_MAX]->place,
                       "too many outcomes: a rule has at most %d", RULE_OUTCOMES_MAX);
        return;
    }
    outcomes = arena_array(reader->arena, count, struct outcome);
    for (size_t i = 0; i < count; i++)
        read_outcome(reader, node->items[i], &outcomes[i]);
    check_reached(reader, node, outcomes, count);
    if (!reader->reads_unknown && count > 0)
        warn_of_unread(reader, facts);
    reader->rule->outcomes = outcomes;
    reader->rule->outcome_count = count;
}
