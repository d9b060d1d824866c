#include "find/head.h"

#include "base/machine.h"
#include "find/failure.h"
#include "json/utf16.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/* Neither follows a link, waits for a FIFO's writer nor makes a terminal ours, whatever
 * a name turns out to be. */
enum { OPEN_SAFELY = O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK | O_NOFOLLOW };

bool head_read(int folder, const char *name, size_t last, struct head *head)
{
    int file = openat(folder, name, OPEN_SAFELY);
    struct stat status;
    ssize_t len = 1;
    int error = 0;

    head->len = 0;
    if (file < 0) {
        machine_check(errno);
        return false;
    }
    if (fstat(file, &status) != 0)
        error = errno;
    if (error != 0 || !S_ISREG(status.st_mode))
        len = 0;
    if (len != 0 && last > 0 && lseek(file, -(off_t)last, SEEK_END) < 0)
        error = errno;
    while (len != 0 && error == 0 && head->len < sizeof head->bytes) {
        len = read(file, head->bytes + head->len, sizeof head->bytes - head->len);
        if (len > 0) {
            head->len += (size_t)len;
        } else if (len < 0 && errno != EINTR) {
            error = errno;
            len = 0;
        }
    }
    close(file);
    machine_check(error);
    errno = error;
    return error == 0;
}

void head_decode(struct head *head, struct str *text)
{
    enum utf16_order order;

    *text = (struct str){ head->bytes, head->len };
    order = utf16_order(*text);
    if (order == UTF16_NONE)
        return;
    text->len = utf16_decode(order, text, false, head->decoded, sizeof head->decoded);
    text->text = head->decoded;
}

enum sniff head_sniff(struct head *head)
{
    struct str text;

    head_decode(head, &text);
    return failure_is_json(text) ? SNIFF_CLI_ERROR : sniff(text);
}
