#include "collect/policy.h"

#include "base/order.h"

struct str_list calls_permissions(struct arena *arena,
                                  const struct collect_calls *calls)
{
    struct str_list list = { arena_array(arena, calls->asked, struct str), 0 };

    for (size_t i = 0; i < calls->asked; i++) {
        struct str permission = calls->items[i].request.call->permission;

        if (permission.len > 0)
            list.items[list.count++] = permission;
    }
    order_texts(&list);
    return list;
}

static json_t *statement(const char *name, json_t *actions, const char *resource)
{
    json_t *json = json_object();

    json_object_set_new(json, "Sid", json_string(name));
    json_object_set_new(json, "Effect", json_string("Allow"));
    json_object_set_new(json, "Action", actions);
    json_object_set_new(json, "Resource", json_string(resource));
    return json;
}

static json_t *actions_of(const struct collect_calls *calls, struct str role,
                          struct arena *arena)
{
    struct str_list list = calls_permissions(arena, calls);
    struct str_list all = { arena_array(arena, list.count + 2, struct str), 0 };
    json_t *json = json_array();

    for (size_t i = 0; i < list.count; i++)
        all.items[all.count++] = list.items[i];
    all.items[all.count++] = STR("sts:GetCallerIdentity");
    if (role.text != NULL)
        all.items[all.count++] = STR("organizations:ListAccounts");
    order_texts(&all);
    for (size_t i = 0; i < all.count; i++)
        json_array_append_new(json, json_stringn(all.items[i].text, all.items[i].len));
    return json;
}

static int add_bytes(const char *bytes, size_t count, void *out)
{
    buf_add(out, (struct str){ bytes, count });
    return 0;
}

void collect_policy(const struct collect_calls *calls, struct str role, struct buf *out)
{
    json_t *policy = json_object(), *statements = json_array();

    json_array_append_new(
        statements, statement("Collect", actions_of(calls, role, out->arena), "*"));
    if (role.text != NULL) {
        json_array_append_new(
            statements, statement("BecomeRole", json_string("sts:AssumeRole"),
                                  arena_printf(out->arena, "arn:*:iam::*:role/%.*s",
                                               STR_ARG(role))));
    }
    json_object_set_new(policy, "Version", json_string("2012-10-17"));
    json_object_set_new(policy, "Statement", statements);
    json_dump_callback(policy, add_bytes, out, JSON_INDENT(4));
    buf_add_byte(out, '\n');
    json_decref(policy);
}
