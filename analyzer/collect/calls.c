#include "collect/calls.h"

#include "base/order.h"

#include <assert.h>
#include <string.h>

/* ---- what can be asked ----------------------------------------------------------- */

static bool is_made_of(struct str text, const char *others)
{
    for (size_t i = 0; i < text.len; i++)
        if (!is_word_byte(text.text[i]) &&
            (text.text[i] == '\0' || strchr(others, text.text[i]) == NULL))
            return false;
    return text.len > 0;
}

static bool is_account(struct str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (!is_digit(text.text[i]))
            return false;
    return text.len == 12;
}

static bool is_region(struct str text)
{
    return is_made_of(text, "-") && text.text[0] != '-';
}

/* As ids() of script.sh has it. */
static bool is_harmless(struct str id)
{
    if (id.text == NULL)
        return true;
    if (id.len > 0 && id.text[0] == '-')
        return is_made_of(id, "_-");
    return is_made_of(id, "_.,:/@+=-") &&
           (is_word_byte(id.text[0]) || id.text[0] == '_') &&
           str_find(id, STR("://")) == SIZE_MAX;
}

bool call_only_looks(const struct call *call)
{
    return str_starts_with(call->operation, STR("describe-")) ||
           str_starts_with(call->operation, STR("list-")) ||
           str_starts_with(call->operation, STR("get-"));
}

/* Whether the script can find ids in its answer. */
static bool lists_records(const struct call *call)
{
    return call->answer == ANSWER_LIST && call_only_looks(call);
}

static const struct call *whole_listing(const struct type *type)
{
    for (size_t i = 0; i < type->call_count; i++)
        if (type->calls[i]->gives == GIVES_WHOLE && lists_records(type->calls[i]))
            return type->calls[i];
    return NULL;
}

/* The listings whose records name both the parent and the record that the call is to
 * be told. */
static const struct call *listing_in_parts(const struct call *call)
{
    for (size_t i = 0; i < call->type->call_count; i++) {
        const struct call *part = call->type->calls[i];

        if (part->gives == GIVES_PART && part->parent_type == call->parent_type &&
            part->parent_key.text != NULL && lists_records(part))
            return part;
    }
    return NULL;
}

/* Of a call that is not told what it needs. */
static enum collect_how how_each(const struct collect_request *request,
                                 const struct call **listing)
{
    const struct call *call = request->call;

    if (call->gives == GIVES_PART) {
        assert(call->parent_type != NULL);
        *listing = whole_listing(call->parent_type);
        return *listing != NULL && call->parent_type->id.text != NULL &&
                       call->parent_option.text != NULL
                   ? COLLECT_EACH
                   : COLLECT_NO_ID;
    }
    if (request->parent.text != NULL || request->record.text != NULL ||
        call->type->id.text == NULL)
        return COLLECT_NO_ID;
    if (call->parent_type != NULL) {
        *listing = listing_in_parts(call);
        return *listing != NULL ? COLLECT_EACH_PART : COLLECT_NO_ID;
    }
    *listing = whole_listing(call->type);
    return *listing != NULL ? COLLECT_EACH : COLLECT_NO_ID;
}

static enum collect_how how_to_ask(const struct collect_request *request, bool of_any,
                                   const struct call **listing)
{
    const struct call *call = request->call;

    *listing = NULL;
    if (!call_only_looks(call))
        return COLLECT_CHANGES;
    if (!of_any && !is_account(request->account))
        return COLLECT_NO_ACCOUNT;
    if (!of_any && call->type->level == LEVEL_REGION && !is_region(request->region))
        return COLLECT_NO_REGION;
    if (!is_harmless(request->parent) || !is_harmless(request->record))
        return COLLECT_HARMFUL_ID;
    if ((call->parent_type != NULL && request->parent.text == NULL) ||
        (call->option.text != NULL && request->record.text == NULL))
        return how_each(request, listing);
    return COLLECT_ASK;
}

/* ---- in their order -------------------------------------------------------------- */

static bool is_asked(const struct collect_call *call)
{
    return call->how <= COLLECT_EACH_PART;
}

static int call_compare(const void *left_item, const void *right_item)
{
    const struct collect_call *left = left_item, *right = right_item;
    int order = (int)is_asked(right) - (int)is_asked(left);

    if (order == 0 && is_asked(left))
        order = str_compare(left->request.account, right->request.account);
    if (order == 0 && is_asked(left) && left->request.account.text == NULL)
        order = (int)right->request.call->type->level -
                (int)left->request.call->type->level; /* of the account first */
    if (order == 0)
        order = (int)left->how - (int)right->how;
    return order != 0 ? order
                      : (left->index > right->index) - (left->index < right->index);
}

static bool is_of_new_account(const struct collect_calls *calls, size_t i)
{
    return i == 0 || !str_equal(calls->items[i].request.account,
                                calls->items[i - 1].request.account);
}

void calls_of_requests(struct arena *arena, const struct collect_request *requests,
                       size_t count, bool of_any, struct collect_calls *calls)
{
    *calls = (struct collect_calls){ .of_any = of_any };
    calls->items = arena_array(arena, count, struct collect_call);
    calls->count = count;
    for (size_t i = 0; i < count; i++) {
        struct collect_call *call = &calls->items[i];

        call->request = requests[i];
        call->index = i;
        call->how = how_to_ask(&call->request, calls->of_any, &call->listing);
    }
    order_sort(calls->items, count, sizeof *calls->items, call_compare);
    for (size_t i = 0; i < count && is_asked(&calls->items[i]); i++) {
        calls->asked++;
        calls->accounts += is_of_new_account(calls, i);
    }
}

/* ---- what is missing ------------------------------------------------------------- */

static bool has_more(const struct missing *missing)
{
    for (size_t i = 0; i < missing->reason_count; i++)
        if (missing->reasons[i].sentence == SAY_MORE_COMMANDS)
            return true;
    return false;
}

void calls_of_missing(struct arena *arena, const struct assessment *assessment,
                      struct collect_calls *calls)
{
    struct collect_request *requests = NULL;
    size_t count = 0, capacity = 0;
    bool more = false;

    for (size_t i = 0; i < assessment->missing_count; i++) {
        const struct missing *missing = &assessment->missing[i];

        more = more || has_more(missing);
        for (size_t j = 0; j < missing->settle_count; j++) {
            const struct settle *settle = &missing->settles[j];

            requests = arena_grow(arena, requests, count, &capacity, sizeof *requests);
            requests[count++] = (struct collect_request){ .call = settle->call,
                                                          .account = missing->account,
                                                          .region = missing->region,
                                                          .parent = settle->parent,
                                                          .record = settle->record };
        }
    }
    calls_of_requests(arena, requests, count, false, calls);
    calls->has_more = more;
}
