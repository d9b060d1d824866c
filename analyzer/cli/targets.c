#include "cli/targets.h"

#include "base/file.h"
#include "base/machine.h"
#include "base/temporary.h"
#include "cli/complain.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

/* It is there, be it a descriptor's. */
static bool is_file(const struct file_place *to)
{
    return !to->is_new && S_ISREG(to->status.st_mode);
}

/* What needs rights that we have not is the machine's to say: status 4. A descriptor's
 * file is written to where it stands, and asks for no folder. */
static bool may_write(const struct file_place *to, struct error *err)
{
    char folder[PATH_MAX] = ".";
    size_t len = folder_bytes(to->path);

    if (to->descriptor >= 0)
        return (fcntl(to->descriptor, F_GETFL) & O_ACCMODE) != O_RDONLY ||
               error_set(err, "cannot be written: it is open for reading only");
    if (!to->is_new && S_ISSOCK(to->status.st_mode))
        return error_set(err, "cannot be written: it is a socket");
    if (!to->is_new && faccessat(AT_FDCWD, to->path, W_OK, AT_EACCESS) != 0) {
        machine_check(errno);
        return error_set(err, "cannot be written: %s", strerror(errno));
    }
    if (len > 0)
        memcpy(folder, to->path, len);
    if ((to->is_new || is_file(to)) &&
        faccessat(AT_FDCWD, folder, W_OK | X_OK, AT_EACCESS) != 0)
        return error_set(err, "cannot be written: no temporary file beside it: %s",
                         strerror(errno));
    return true;
}

/* Both are files, or names of such: a pipe or a device has room for two. */
static bool is_same(const struct file_place *left, const struct file_place *right)
{
    if (left->status.st_dev != right->status.st_dev ||
        left->status.st_ino != right->status.st_ino)
        return false;
    if (left->is_new && right->is_new)
        return strcmp(left->path + folder_bytes(left->path),
                      right->path + folder_bytes(right->path)) == 0;
    return is_file(left) && is_file(right);
}

/* A report of an earlier run, which whoever reads the folder knows for what it is. */
static bool is_own_report(const char *path)
{
    static const char start[] = "{\n  \"schema\": \"invaudit-";
    char head[sizeof start - 1];
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    ssize_t len = file >= 0 ? read(file, head, sizeof head) : -1;

    if (file >= 0)
        close(file);
    return len == (ssize_t)sizeof head && memcmp(head, start, sizeof head) == 0;
}

static int look_at(const char *path, struct file_place *to, struct error *err)
{
    if (!file_place_find(path, to, err))
        return to->descriptor >= 0 ? STATUS_MACHINE : STATUS_WRONG;
    return may_write(to, err) ? STATUS_GOOD : STATUS_MACHINE;
}

static int refuse(const struct command_line *line, const char *path, int status,
                  struct error *err)
{
    if (status == STATUS_WRONG)
        return wrong_usage(line, "option '--output': '%s': %s", path, err->message);
    error_at(err, path, 0);
    complain_error(line->arena, err);
    return status;
}

static int look_at_next(const struct command_line *line,
                        const struct wanted_reports *reports, struct file_place *all,
                        size_t next)
{
    const char *path = reports->items[next].file;
    struct error err = { 0 };
    int status = look_at(path, &all[next], &err);

    if (status != STATUS_GOOD)
        return refuse(line, path, status, &err);
    for (size_t i = 0; i < next; i++) {
        if (reports->items[i].file != NULL && is_same(&all[next], &all[i])) {
            return wrong_usage(line,
                               "two reports for one file, '%s' and '%s': give each a "
                               "file of its own",
                               reports->items[i].file, path);
        }
    }
    return STATUS_GOOD;
}

int targets_look(const struct command_line *line, const struct wanted_reports *reports,
                 struct replaced *replaced)
{
    struct file_place *all =
        arena_array(line->arena, reports->count, struct file_place);

    replaced->items = arena_array(line->arena, reports->count, struct replaced_file);
    for (size_t i = 0; i < reports->count; i++) {
        const char *path = reports->items[i].file;
        int status = path != NULL ? look_at_next(line, reports, all, i) : STATUS_GOOD;

        if (status != STATUS_GOOD)
            return status;
        if (path != NULL && is_file(&all[i]) && !is_own_report(path))
            replaced->items[replaced->count++] =
                (struct replaced_file){ path, all[i].status.st_dev,
                                        all[i].status.st_ino };
    }
    return STATUS_GOOD;
}

/* And what the AWS CLI said of it, which lies beside it. */
bool targets_spare_operands(const struct replaced *replaced,
                            const struct command_line *line, struct error *err)
{
    for (size_t i = 0; i < line->operand_count && replaced->count > 0; i++) {
        const char *path = line->operands[i];

        if (!replaced_spare(replaced, path, "evidence", err) ||
            !replaced_spare(replaced, arena_printf(line->arena, "%s.err", path),
                            "evidence", err))
            return false;
    }
    return true;
}

static bool spare_folder(struct arena *arena, const struct replaced *replaced,
                         const char *path, DIR *folder, struct error *err)
{
    struct dirent *entry;

    while ((entry = readdir(folder)) != NULL)
        if (!replaced_spare(replaced, arena_printf(arena, "%s/%s", path, entry->d_name),
                            "a rule", err))
            return false;
    return true;
}

bool targets_spare_rules(struct arena *arena, const struct replaced *replaced,
                         struct str_list paths, struct error *err)
{
    for (size_t i = 0; i < paths.count && replaced->count > 0; i++) {
        const char *path = paths.items[i].text;
        DIR *folder = opendir(path);
        bool is_spared = folder != NULL
                             ? spare_folder(arena, replaced, path, folder, err)
                             : replaced_spare(replaced, path, "a rule", err);

        if (folder != NULL)
            closedir(folder);
        if (!is_spared)
            return false;
    }
    return true;
}
