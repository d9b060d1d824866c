#include "cli/output.h"

#include "base/file.h"
#include "cli/complain.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { WIDTH_MAX = 120, WAITING_BYTES = 16 * 1024 };

/* What waits for more. Not stdio's: that gives up where a write would have to wait, and
 * then does not know what was written. */
static struct {
    char text[WAITING_BYTES];
    size_t len;
    bool has_failed; /* which was said */
} waiting;

static int write_now(struct arena *arena, struct str text)
{
    if (waiting.has_failed)
        return STATUS_MACHINE;
    if (descriptor_write(STDOUT_FILENO, text))
        return STATUS_GOOD;
    waiting.has_failed = true;
    if (errno != EPIPE)
        complain(arena, "cannot write to standard output: %s", strerror(errno));
    return STATUS_MACHINE;
}

static int flush(struct arena *arena)
{
    struct str text = { waiting.text, waiting.len };

    waiting.len = 0;
    return write_now(arena, text);
}

int output_write(struct arena *arena, struct str text)
{
    int status = output_add(arena, text);

    return status == STATUS_GOOD ? flush(arena) : status;
}

int output_add(struct arena *arena, struct str text)
{
    int status = STATUS_GOOD;

    if (text.len > WAITING_BYTES - waiting.len)
        status = flush(arena);
    if (status != STATUS_GOOD || text.len > WAITING_BYTES)
        return status == STATUS_GOOD ? write_now(arena, text) : status;
    memcpy(waiting.text + waiting.len, text.text, text.len);
    waiting.len += text.len;
    return isatty(STDOUT_FILENO) == 1 ? flush(arena) : STATUS_GOOD;
}

struct output_drain {
    struct drain drain;
    struct arena *arena;
    int status;
};

static void take_piece(struct drain *drain, struct str piece)
{
    struct output_drain *to = (struct output_drain *)drain;

    if (to->status == STATUS_GOOD)
        to->status = output_add(to->arena, piece);
}

int output_print(struct arena *arena, const struct print_job *text)
{
    struct arena scratch = ARENA_EMPTY;
    struct output_drain to = { { take_piece }, arena, STATUS_GOOD };
    struct buf out = { .arena = &scratch, .drain = &to.drain };

    text->print(text->object, &out);
    buf_drain(&out);
    arena_release(&scratch);
    return to.status == STATUS_GOOD ? flush(arena) : to.status;
}

int output_close(struct arena *arena, int status)
{
    int written = flush(arena);

    if (waiting.has_failed)
        return written;
    if (close(STDOUT_FILENO) == 0 || errno == EINTR)
        return status;
    complain(arena, "cannot write to standard output: %s", strerror(errno));
    return STATUS_MACHINE;
}

static bool is_set(const char *value)
{
    return value != NULL && value[0] != '\0';
}

/* COLUMNS goes before what the terminal says, as POSIX has it; 0: nobody tells. */
static size_t columns(void)
{
    const char *text = getenv("COLUMNS");
    struct winsize size = { 0 };
    size_t wanted = 0;

    for (; text != NULL && is_digit(*text) && wanted <= WIDTH_MAX; text++)
        wanted = wanted * 10 + (size_t)(*text - '0');
    if (wanted > 0 && (*text == '\0' || wanted > WIDTH_MAX))
        return wanted;
    return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

struct report_style output_style(void)
{
    struct report_style style = { .width = REPORT_WIDTH };
    const char *terminal = getenv("TERM");

    if (isatty(STDOUT_FILENO) == 0)
        return style;
    style.is_short = true;
    style.colour = !is_set(getenv("NO_COLOR")) && is_set(terminal) &&
                   strcmp(terminal, "dumb") != 0;
    style.width = columns();
    if (style.width == 0)
        style.width = REPORT_WIDTH;
    if (style.width < REPORT_WIDTH_MIN)
        style.width = REPORT_WIDTH_MIN;
    if (style.width > WIDTH_MAX)
        style.width = WIDTH_MAX;
    return style;
}
