#include "find/labels.h"

#include "aws/arn.h"
#include "aws/regions.h"

/* Absent too if it matched nothing at all. */
static struct str group(const struct pattern_match *match, const char *name)
{
    struct str text = pattern_group(match, name);

    return text.len > 0 ? text : STR_NONE;
}

static void wrong(struct arena *arena, struct labels *labels, const char *name,
                  struct str text, const char *expected)
{
    labels->wrong[labels->wrong_count++] = arena_printf(
        arena, "the group '%s' of --path-pattern matches '%.*s', expected %s", name,
        STR_ARG(text), expected);
}

static void tell_type(struct arena *arena, const struct catalog *catalog,
                      struct str text, struct labels *labels)
{
    labels->type = catalog_type(catalog, text);
    if (labels->type != NULL)
        return;
    name_parse(catalog, text, &labels->name);
    labels->name.is_ambiguous = false; /* it is meant for a call of the catalog */
    if (labels->name.call != NULL)
        labels->type = labels->name.call->type;
    else
        wrong(arena, labels, "type", text,
              "a type such as AWS::RDS::DBSnapshot, or a call such as "
              "describe-db-snapshots");
}

/* What it would tell is not known, so that the path's own words do not either. */
static void tell_nothing(struct arena *arena, const struct pattern *pattern,
                         struct labels *labels)
{
    labels->has_account = pattern_has_group(pattern, "account");
    labels->has_region = pattern_has_group(pattern, "region");
    labels->wrong[labels->wrong_count++] = arena_printf(
        arena,
        "--path-pattern does not come to an end on this path: it takes more than %d "
        "steps; write it so that a text can be matched in one way only",
        PATTERN_MATCH_MAX);
}

void labels_parse(struct arena *arena, const struct catalog *catalog,
                  const struct pattern *pattern, struct pattern_match *match,
                  struct str path, struct labels *labels)
{
    struct str account, region, type;

    *labels = (struct labels){ 0 };
    if (pattern == NULL)
        return;
    if (!pattern_matches(pattern, match, path)) {
        if (pattern_was_limited(match))
            tell_nothing(arena, pattern, labels);
        return;
    }
    account = group(match, "account");
    region = group(match, "region");
    type = group(match, "type");
    labels->has_account = account.text != NULL;
    labels->has_region = region.text != NULL && !str_equal(region, STR("global"));
    if (is_account_id(account))
        labels->account = account;
    else if (labels->has_account)
        wrong(arena, labels, "account", account, "12 digits");
    if (is_region_name(region))
        labels->region = region;
    else if (labels->has_region)
        wrong(arena, labels, "region", region, "a region such as us-east-1");
    if (type.text != NULL)
        tell_type(arena, catalog, type, labels);
}

static void replace(const struct str **words, size_t *count, const struct str *label)
{
    *words = label;
    *count = label->text != NULL ? 1 : 0;
}

void labels_prevail(const struct labels *labels, struct words *words, struct name *name)
{
    const struct call *told = labels->name.call;

    if (labels->has_account)
        replace(&words->accounts, &words->account_count, &labels->account);
    if (labels->has_region)
        replace(&words->regions, &words->region_count, &labels->region);
    if (labels->type == NULL)
        return;
    if (name->call == NULL || name->call->type != labels->type ||
        (told != NULL && told != name->call))
        *name = labels->name;
}
