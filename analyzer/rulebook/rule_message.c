#include "rulebook/rule_reader.h"

#include <stdint.h>

struct message_reader {
    struct written written; /* without blanks around it */
    size_t at;
    struct buf literal; /* what stands before the next expression */
    struct message_part *parts;
    size_t count, capacity;
};

static void part_add(struct message_reader *message, struct message_part part)
{
    message->parts =
        arena_grow(message->written.reader->arena, message->parts, message->count,
                   &message->capacity, sizeof *message->parts);
    message->parts[message->count++] = part;
}

static void literal_end(struct message_reader *message)
{
    struct arena *arena = message->written.reader->arena;

    if (message->literal.len > 0)
        part_add(message, (struct message_part){
                              .text = str_copy(arena, buf_str(&message->literal)) });
    buf_clear(&message->literal);
}

static bool wrong(struct message_reader *message, const char *why)
{
    expression_error(&message->written, column_of(message->written.text, message->at),
                     "%s", why);
    message->written.reader->reads_unknown = true;
    return false;
}

/* At a '{' that is not doubled. False: the rest cannot be read. */
static bool read_expression(struct message_reader *message)
{
    struct written inner = message->written;
    size_t end = closing_end(inner.text, message->at + 1, '{', '}');

    if (end == SIZE_MAX)
        return wrong(message, "this '{' has no '}': close it, or write '{{' for a "
                              "brace");
    inner.text = str_slice(inner.text, message->at + 1, end);
    if (str_trim(inner.text).len == 0)
        return wrong(message, "no expression stands in '{}': write '{{}}' for braces");
    literal_end(message);
    part_add(message, (struct message_part){
                          .expression = expression_compile_over_facts(&inner) });
    message->at = end + 1;
    return true;
}

static bool read_part(struct message_reader *message)
{
    struct str rest =
        str_slice(message->written.text, message->at, message->written.text.len);

    if (str_starts_with(rest, STR("{{")) || str_starts_with(rest, STR("}}"))) {
        buf_add_byte(&message->literal, rest.text[0]);
        message->at += 2;
        return true;
    }
    if (rest.text[0] == '{')
        return read_expression(message);
    if (rest.text[0] == '}')
        return wrong(message, "this '}' closes nothing: write '}}' for a brace");
    if (rest.text[0] == '\n')
        return wrong(message, "a message is one line: join its lines with '>'");
    buf_add_byte(&message->literal, rest.text[0]);
    message->at++;
    return true;
}

void message_read(struct rule_reader *reader, const struct yaml_node *node,
                  struct message *message)
{
    struct message_reader made = {
        .written = { reader, node, str_trim(node->text) },
        .literal = BUF_EMPTY(reader->arena),
    };

    if (made.written.text.len == 0)
        mistakes_error(reader->mistakes, node->place,
                       "the message is empty: say what was found");
    while (made.at < made.written.text.len) {
        if (made.count >= RULE_MESSAGE_PARTS_MAX) {
            wrong(&made, "the message has too many parts: say less");
            break;
        }
        if (!read_part(&made))
            break;
    }
    literal_end(&made);
    message->parts = made.parts;
    message->count = made.count;
}
