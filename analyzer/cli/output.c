#include "cli/output.h"

#include "cli/complain.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { WIDTH_MAX = 120 };

static int cannot_write(struct arena *arena, int why)
{
    if (why != EPIPE)
        complain(arena, "cannot write to standard output: %s", strerror(why));
    return STATUS_MACHINE;
}

int output_write(struct arena *arena, struct str text)
{
    if (fwrite(text.text, 1, text.len, stdout) != text.len || fflush(stdout) != 0)
        return cannot_write(arena, errno);
    return STATUS_GOOD;
}

int output_add(struct arena *arena, struct str text)
{
    if (fwrite(text.text, 1, text.len, stdout) != text.len)
        return cannot_write(arena, errno);
    return STATUS_GOOD;
}

int output_close(struct arena *arena, int status)
{
    bool was_said = ferror(stdout) != 0;

    if (fclose(stdout) == 0 || was_said)
        return status;
    return cannot_write(arena, errno);
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
