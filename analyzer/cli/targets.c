#include "cli/targets.h"

#include "base/file.h"
#include "base/machine.h"
#include "base/temporary.h"
#include "cli/complain.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* It is there, be it a descriptor's. */
static bool is_file(const struct file_place *to)
{
    return !to->is_new && S_ISREG(to->status.st_mode);
}

/* A place to write to, and what names it. */
struct wanted_place {
    const char *path;
    const char *variable; /* of the environment; NULL: the option --output */
    bool is_appended;     /* what is there stays: no temporary file beside it */
    struct file_place to;
};

static bool may_make(const struct file_place *to, struct error *err, const char *what)
{
    char folder[PATH_MAX] = ".";
    size_t len = folder_bytes(to->path);

    if (len > 0)
        memcpy(folder, to->path, len);
    return faccessat(AT_FDCWD, folder, W_OK | X_OK, AT_EACCESS) == 0 ||
           error_set(err, "cannot be written: %s: %s", what, strerror(errno));
}

/* What needs rights that we have not is the machine's to say: status 4. A descriptor's
 * file is written to where it stands, and asks for no folder. */
static bool may_write(const struct wanted_place *target, struct error *err)
{
    const struct file_place *to = &target->to;

    if (to->descriptor >= 0)
        return (fcntl(to->descriptor, F_GETFL) & O_ACCMODE) != O_RDONLY ||
               error_set(err, "cannot be written: it is open for reading only");
    if (!to->is_new && S_ISSOCK(to->status.st_mode))
        return error_set(err, "cannot be written: it is a socket");
    if (!to->is_new && faccessat(AT_FDCWD, to->path, W_OK, AT_EACCESS) != 0) {
        machine_check(errno);
        return error_set(err, "cannot be written: %s", strerror(errno));
    }
    if (target->is_appended)
        return !to->is_new || may_make(to, err, "no file in its folder");
    return (!to->is_new && !is_file(to)) ||
           may_make(to, err, "no temporary file beside it");
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
static bool is_earlier_report(const char *path)
{
    static const char start[] = "{\n  \"schema\": \"invaudit-";
    char head[sizeof start - 1];
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    ssize_t len = file >= 0 ? read(file, head, sizeof head) : -1;

    if (file >= 0)
        close(file);
    return len == (ssize_t)sizeof head && memcmp(head, start, sizeof head) == 0;
}

static int look_at(struct wanted_place *target, struct error *err)
{
    if (!file_place_find(target->path, &target->to, err))
        return target->to.descriptor >= 0 ? STATUS_MACHINE : STATUS_WRONG;
    return may_write(target, err) ? STATUS_GOOD : STATUS_MACHINE;
}

static int refuse(const struct command_line *line, const struct wanted_place *target,
                  int status, struct error *err)
{
    if (status == STATUS_WRONG && target->variable != NULL)
        return wrong_usage(line, "%s in the environment: '%s': %s", target->variable,
                           target->path, err->message);
    if (status == STATUS_WRONG)
        return wrong_usage(line, "option '--output': '%s': %s", target->path,
                           err->message);
    error_at(err, target->path, 0);
    complain_error(line->arena, err);
    return status;
}

/* Also against those before it. */
static int look_at_next(const struct command_line *line, struct wanted_place *all,
                        size_t next)
{
    struct wanted_place *target = &all[next];
    struct error err = { 0 };
    int status = look_at(target, &err);

    if (status != STATUS_GOOD)
        return refuse(line, target, status, &err);
    for (size_t i = 0; i < next; i++) {
        if (is_same(&target->to, &all[i].to) &&
            !(target->is_appended && all[i].is_appended)) {
            return wrong_usage(line,
                               "two reports for one file, '%s' and '%s': give each a "
                               "file of its own",
                               all[i].path, target->path);
        }
    }
    return STATUS_GOOD;
}

/* Of each report its file, and the one that the environment names for its format. */
static size_t list_targets(const struct wanted_reports *reports,
                           struct wanted_place *all)
{
    size_t count = 0;

    for (size_t i = 0; i < reports->count; i++) {
        const struct wanted_report *report = &reports->items[i];
        const struct report_beside *beside = report_beside(report->format);
        const char *path = beside != NULL ? getenv(beside->variable) : NULL;

        if (report->file != NULL)
            all[count++] = (struct wanted_place){ .path = report->file };
        if (path != NULL && path[0] != '\0')
            all[count++] = (struct wanted_place){ .path = path,
                                                  .variable = beside->variable,
                                                  .is_appended = true };
    }
    return count;
}

/* A file is made anew in its folder, unless something is added to it; a descriptor is
 * open. */
static void add_needs(struct sandbox *sandbox, const struct wanted_place *target)
{
    const struct file_place *to = &target->to;
    const size_t len = folder_bytes(to->path);

    if (sandbox == NULL || to->descriptor >= 0)
        return;
    if (!to->is_new && (target->is_appended || !is_file(to)))
        sandbox_add(sandbox, SANDBOX_WRITE, target->path);
    else
        sandbox_add(sandbox, SANDBOX_REPLACE,
                    len > 0 ? arena_copy(sandbox->arena, to->path, len) : ".");
}

int targets_look(const struct command_line *line, const struct wanted_reports *reports,
                 struct replaced *replaced, struct sandbox *sandbox)
{
    struct wanted_place *all =
        arena_array(line->arena, 2 * reports->count, struct wanted_place);
    const size_t count = list_targets(reports, all);

    replaced->items = arena_array(line->arena, count, struct replaced_file);
    for (size_t i = 0; i < count; i++) {
        const struct wanted_place *target = &all[i];
        int status = look_at_next(line, all, i);

        if (status != STATUS_GOOD)
            return status;
        add_needs(sandbox, target);
        if (is_file(&target->to) &&
            (target->is_appended || !is_earlier_report(target->path)))
            replaced->items[replaced->count++] =
                (struct replaced_file){ target->path, target->to.status.st_dev,
                                        target->to.status.st_ino };
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
