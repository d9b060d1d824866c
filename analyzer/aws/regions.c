#include "aws/regions.h"

#include <string.h>

static const struct region regions[] = {
    { "af-south-1", "aws", "Africa (Cape Town)" },
    { "ap-east-1", "aws", "Asia Pacific (Hong Kong)" },
    { "ap-east-2", "aws", "Asia Pacific (Taipei)" },
    { "ap-northeast-1", "aws", "Asia Pacific (Tokyo)" },
    { "ap-northeast-2", "aws", "Asia Pacific (Seoul)" },
    { "ap-northeast-3", "aws", "Asia Pacific (Osaka)" },
    { "ap-south-1", "aws", "Asia Pacific (Mumbai)" },
    { "ap-south-2", "aws", "Asia Pacific (Hyderabad)" },
    { "ap-southeast-1", "aws", "Asia Pacific (Singapore)" },
    { "ap-southeast-2", "aws", "Asia Pacific (Sydney)" },
    { "ap-southeast-3", "aws", "Asia Pacific (Jakarta)" },
    { "ap-southeast-4", "aws", "Asia Pacific (Melbourne)" },
    { "ap-southeast-5", "aws", "Asia Pacific (Malaysia)" },
    { "ap-southeast-6", "aws", "Asia Pacific (New Zealand)" },
    { "ap-southeast-7", "aws", "Asia Pacific (Thailand)" },
    { "ca-central-1", "aws", "Canada (Central)" },
    { "ca-west-1", "aws", "Canada West (Calgary)" },
    { "eu-central-1", "aws", "Europe (Frankfurt)" },
    { "eu-central-2", "aws", "Europe (Zurich)" },
    { "eu-north-1", "aws", "Europe (Stockholm)" },
    { "eu-south-1", "aws", "Europe (Milan)" },
    { "eu-south-2", "aws", "Europe (Spain)" },
    { "eu-west-1", "aws", "Europe (Ireland)" },
    { "eu-west-2", "aws", "Europe (London)" },
    { "eu-west-3", "aws", "Europe (Paris)" },
    { "il-central-1", "aws", "Israel (Tel Aviv)" },
    { "me-central-1", "aws", "Middle East (UAE)" },
    { "me-south-1", "aws", "Middle East (Bahrain)" },
    { "mx-central-1", "aws", "Mexico (Central)" },
    { "sa-east-1", "aws", "South America (Sao Paulo)" },
    { "us-east-1", "aws", "US East (N. Virginia)" },
    { "us-east-2", "aws", "US East (Ohio)" },
    { "us-west-1", "aws", "US West (N. California)" },
    { "us-west-2", "aws", "US West (Oregon)" },
    { "cn-north-1", "aws-cn", "China (Beijing)" },
    { "cn-northwest-1", "aws-cn", "China (Ningxia)" },
    { "eusc-de-east-1", "aws-eusc", "AWS European Sovereign Cloud (Germany)" },
    { "us-iso-east-1", "aws-iso", "US ISO East" },
    { "us-iso-west-1", "aws-iso", "US ISO WEST" },
    { "us-isob-east-1", "aws-iso-b", "US ISOB East (Ohio)" },
    { "us-isob-west-1", "aws-iso-b", "US ISOB West" },
    { "eu-isoe-west-1", "aws-iso-e", "EU ISOE West" },
    { "us-isof-east-1", "aws-iso-f", "US ISOF EAST" },
    { "us-isof-south-1", "aws-iso-f", "US ISOF SOUTH" },
    { "us-gov-east-1", "aws-us-gov", "AWS GovCloud (US-East)" },
    { "us-gov-west-1", "aws-us-gov", "AWS GovCloud (US-West)" },
};

const struct region *regions_all(size_t *count)
{
    *count = COUNT_OF(regions);
    return regions;
}

const struct region *region_find(struct str name)
{
    for (size_t i = 0; i < COUNT_OF(regions); i++)
        if (str_equal(str_from(regions[i].name), name))
            return &regions[i];
    return NULL;
}

static size_t lower_letters(struct str text, size_t from)
{
    size_t to = from;

    while (to < text.len && text.text[to] >= 'a' && text.text[to] <= 'z')
        to++;
    return to - from;
}

/* Two to four letters; one to three words, each behind a hyphen; a hyphen and a number.
 */
bool is_region_name(struct str text)
{
    size_t at = lower_letters(text, 0), words = 0;

    if (at < 2 || at > 4)
        return false;
    while (at < text.len && text.text[at] == '-') {
        size_t letters = lower_letters(text, at + 1);

        if (letters == 0)
            break;
        words++;
        at += 1 + letters;
    }
    if (words < 1 || words > 3 || at + 2 > text.len || text.text[at] != '-')
        return false;
    for (at++; at < text.len; at++)
        if (!is_digit(text.text[at]))
            return false;
    return true;
}

static bool is_direction(struct str word)
{
    static const char *const directions[] = {
        "central",   "east",      "north",     "south",     "west",
        "northeast", "northwest", "southeast", "southwest",
    };

    for (size_t i = 0; i < COUNT_OF(directions); i++)
        if (str_equal(word, str_from(directions[i])))
            return true;
    return false;
}

/* `text` up to a hyphen. */
static bool begins_as_a_region(struct str text)
{
    for (size_t i = 0; i < COUNT_OF(regions); i++)
        if (strncmp(regions[i].name, text.text, text.len + 1) == 0)
            return true;
    return false;
}

bool is_region_form(struct str text)
{
    size_t hyphens[4] = { 0 }, count = 0;

    if (!is_region_name(text))
        return false;
    for (size_t i = 0; i < text.len; i++)
        if (text.text[i] == '-')
            hyphens[count++] = i;
    return is_direction(str_slice(text, hyphens[count - 2] + 1, hyphens[count - 1])) &&
           (count < 3 || begins_as_a_region(str_slice(text, 0, hyphens[0])));
}
