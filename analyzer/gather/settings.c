#include "gather/settings.h"

#include <stddef.h>

const char *const settings_of_verdicts[] = { "matrix", "fail-on", "waivers", NULL };

const struct option settings_options[] = {
    { "no-builtin", 0, OPTION_FLAG, NULL, "leave out the built-in rules",
      offsetof(struct settings, no_builtin), GROUP_RULES },
    { "rules", 0, OPTION_TEXTS, "PATH",
      "add the rules of a file or folder, and the types of a catalog.yaml in it; "
      "repeatable",
      offsetof(struct settings, rules), GROUP_RULES },
    { "pack", 0, OPTION_WORDS, "NAME[,NAME...]",
      "judge by the rules of a built-in pack, too; 'rules list' shows them; repeatable",
      offsetof(struct settings, packs), GROUP_RULES },
    { "select", 0, OPTION_WORDS, "RULE[,RULE...]",
      "judge by these rules only: an id, a tag, a pack, or a pattern of ids such as "
      "'RDS*'; repeatable",
      offsetof(struct settings, select), GROUP_RULES },
    { "skip", 0, OPTION_WORDS, "RULE[,RULE...]",
      "judge by all rules but these; repeatable", offsetof(struct settings, skip),
      GROUP_RULES },
    { "param", 0, OPTION_TEXTS, "ID.NAME=VALUE",
      "set a parameter of a rule; repeatable", offsetof(struct settings, params),
      GROUP_RULES },
    { "account", 0, OPTION_ACCOUNTS, "ID[,ID...]",
      "judge these accounts only; repeatable", offsetof(struct settings, accounts),
      GROUP_EVIDENCE },
    { "region", 0, OPTION_REGIONS, "REGION[,REGION...]",
      "judge these regions only; repeatable", offsetof(struct settings, regions),
      GROUP_EVIDENCE },
    { "exclude", 0, OPTION_TEXTS, "GLOB",
      "leave out files and folders by their names, such as '*.bak'; repeatable",
      offsetof(struct settings, exclude), GROUP_EVIDENCE },
    { "expect-regions", 0, OPTION_REGIONS, "REGION[,REGION...]",
      "the regions that every account should have; repeatable",
      offsetof(struct settings, expect_regions), GROUP_EVIDENCE },
    { "as-of", 0, OPTION_TIME, "DATE",
      "the time that rules read as now: YYYY-MM-DD, an instant, now, or today (its "
      "first instant)",
      offsetof(struct settings, as_of), GROUP_EVIDENCE },
    { "assume-account", 0, OPTION_ACCOUNT, "ID",
      "the account, 12 digits, of evidence that names none",
      offsetof(struct settings, assume_account), GROUP_LABELS },
    { "assume-region", 0, OPTION_REGION, "REGION",
      "the region of evidence that names none",
      offsetof(struct settings, assume_region), GROUP_LABELS },
    { "assume-type", 0, OPTION_TEXT, "TYPE",
      "the type, such as AWS::RDS::DBSnapshot, of evidence that names none",
      offsetof(struct settings, assume_type), GROUP_LABELS },
    { "path-pattern", 0, OPTION_TEXT, "PATTERN",
      "a regular expression for paths; what its groups account, region and type match "
      "comes before anything else",
      offsetof(struct settings, path_pattern), GROUP_LABELS },
    { "matrix", 0, OPTION_FLAG, NULL,
      "print a row for each database, too: whether AWS Backup protects it, and by "
      "which plan",
      offsetof(struct settings, matrix), GROUP_OUTPUT },
    { "no-filtered", 0, OPTION_FLAG, NULL,
      "never take a listing that a query may have filtered for complete",
      offsetof(struct settings, no_filtered), GROUP_EVIDENCE },
    { "fail-on", 0, OPTION_GATES, "RESULT[,RESULT...][:SEVERITY]",
      "end with status 1 for findings of these results, from this severity on, in "
      "place of any fail; repeatable",
      offsetof(struct settings, fail_on), GROUP_GATE },
    { "waivers", 0, OPTION_TEXT, "FILE",
      "take a fail that FILE accepts for waived, until the day it names; needs --as-of",
      offsetof(struct settings, waivers), GROUP_GATE },
    { "no-digest", 0, OPTION_FLAG, NULL,
      "leave out the SHA-256 digests of the evidence, which take most of the time",
      offsetof(struct settings, no_digest), GROUP_OUTPUT },
    { .name = NULL },
};

bool option_given(const struct option *option, const void *target, size_t i,
                  struct str *value)
{
    const void *member = (const char *)target + option->offset;
    const struct str_list *list = member;

    if (option->kind == OPTION_FLAG) {
        *value = STR("");
        return i == 0 && *(const bool *)member;
    }
    if (option->kind >= OPTION_TEXTS) {
        *value = i < list->count ? list->items[i] : STR_NONE;
        return i < list->count;
    }
    *value = *(const struct str *)member;
    return i == 0 && value->text != NULL;
}
