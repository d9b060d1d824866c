#include "cli/targets.h"

#include "base/file.h"
#include "base/machine.h"
#include "cli/complain.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

enum { LINKS_MAX = 40 }; /* as the kernel's */

/* What a path leads to: a file; or, where there is none yet, a name in a folder. */
struct destination {
    struct stat status;
    const char *name; /* NULL: it is there */
    char path[PATH_MAX];
};

/* ---- one path -------------------------------------------------------------------- */

static bool cannot_write(struct error *err, int error)
{
    machine_check(error);
    return error_set(err, "cannot be written: %s", strerror(error));
}

/* The folder that `path` names something in. */
static const char *folder_of(struct arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');

    if (slash == NULL)
        return ".";
    if (slash == path)
        return "/";
    return str_copy(arena, (struct str){ path, (size_t)(slash - path) }).text;
}

/* Makes a link's path into that of what it points to. */
static bool follow(struct arena *arena, struct destination *to, struct error *err)
{
    char points_to[PATH_MAX];
    ssize_t len = readlink(to->path, points_to, sizeof points_to - 1);
    const char *joined;

    if (len < 0)
        return cannot_write(err, errno);
    points_to[len] = '\0';
    joined = points_to[0] == '/'
                 ? points_to
                 : arena_printf(arena, "%s/%s", folder_of(arena, to->path), points_to);
    if (strlen(joined) >= sizeof to->path)
        return cannot_write(err, ENAMETOOLONG);
    memmove(to->path, joined, strlen(joined) + 1);
    return true;
}

/* Of what is not there yet. */
static bool find_folder(struct arena *arena, struct destination *to, struct error *err)
{
    const char *folder = folder_of(arena, to->path);
    const char *slash = strrchr(to->path, '/');

    to->name = slash != NULL ? slash + 1 : to->path;
    if (stat(folder, &to->status) == 0)
        return true;
    if (errno == ENOENT)
        return error_set(err, "there is no folder '%s'", folder);
    return cannot_write(err, errno);
}

/* A file is replaced where it is, and links to it stay; what a link points to need not
 * exist. */
static bool find_file(struct arena *arena, struct destination *to, struct error *err)
{
    for (int links = 0; links <= LINKS_MAX; links++) {
        if (lstat(to->path, &to->status) != 0)
            return errno == ENOENT ? find_folder(arena, to, err)
                                   : cannot_write(err, errno);
        if (!S_ISLNK(to->status.st_mode))
            return true;
        if (!follow(arena, to, err))
            return false;
    }
    return cannot_write(err, ELOOP);
}

static bool find(struct arena *arena, const char *path, struct destination *to,
                 struct error *err)
{
    if (strlen(path) >= sizeof to->path)
        return cannot_write(err, ENAMETOOLONG);
    memcpy(to->path, path, strlen(path) + 1);
    if (stat(path, &to->status) == 0) {
        if (S_ISDIR(to->status.st_mode))
            return error_set(err, "is a folder; expected the name of a file");
        if (!S_ISREG(to->status.st_mode))
            return true;
    }
    return find_file(arena, to, err);
}

/* What needs rights that we have not is the machine's to say: status 4. */
static bool may_write(struct arena *arena, const struct destination *to,
                      struct error *err)
{
    bool is_new = to->name != NULL;

    if (!is_new && faccessat(AT_FDCWD, to->path, W_OK, AT_EACCESS) != 0)
        return cannot_write(err, errno);
    if ((is_new || S_ISREG(to->status.st_mode)) &&
        faccessat(AT_FDCWD, folder_of(arena, to->path), W_OK | X_OK, AT_EACCESS) != 0)
        return error_set(err, "cannot be written: no temporary file beside it: %s",
                         strerror(errno));
    return true;
}

/* ---- all of them ----------------------------------------------------------------- */

static bool is_file(const struct destination *to)
{
    return to->name == NULL && S_ISREG(to->status.st_mode);
}

/* Both are files, or names of such: a pipe or a device has room for two. */
static bool is_same(const struct destination *left, const struct destination *right)
{
    return is_file(left) == is_file(right) &&
           left->status.st_dev == right->status.st_dev &&
           left->status.st_ino == right->status.st_ino &&
           (is_file(left) || (left->name != NULL && right->name != NULL &&
                              strcmp(left->name, right->name) == 0));
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

/* A descriptor's file is written to where it stands, and asks for no folder. */
static int look_at(struct arena *arena, const char *path, struct destination *to,
                   struct error *err)
{
    int descriptor = file_descriptor(path);

    if (descriptor >= 0)
        return fstat(descriptor, &to->status) == 0 || cannot_write(err, errno)
                   ? STATUS_GOOD
                   : STATUS_MACHINE;
    if (!find(arena, path, to, err))
        return STATUS_WRONG;
    return may_write(arena, to, err) ? STATUS_GOOD : STATUS_MACHINE;
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
                        const struct wanted_reports *reports, struct destination *all,
                        size_t next)
{
    const char *path = reports->items[next].file;
    struct error err = { 0 };
    int status = look_at(line->arena, path, &all[next], &err);

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
    struct destination *all =
        arena_array(line->arena, reports->count, struct destination);

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
