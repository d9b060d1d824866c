/* For what readdir() tells of an entry beside its name, which POSIX has since 2024, and
 * for openat2(), which only Linux has.
 * NOLINTNEXTLINE(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp) */
#define _GNU_SOURCE

#include "base/folder.h"

#include "base/machine.h"
#include "base/order.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static enum entry_kind kind_of_mode(mode_t mode)
{
    return S_ISREG(mode)   ? ENTRY_FILE
           : S_ISDIR(mode) ? ENTRY_FOLDER
           : S_ISLNK(mode) ? ENTRY_LINK
                           : ENTRY_OTHER;
}

static void ask(int folder, struct folder_entry *entry)
{
    struct stat status;

    if (fstatat(folder, entry->name, &status, AT_SYMLINK_NOFOLLOW) == 0) {
        entry->kind = kind_of_mode(status.st_mode);
    } else {
        entry->kind = ENTRY_UNTOLD;
        entry->error = errno;
        machine_check(entry->error);
    }
}

static enum entry_kind kind_of_type(unsigned char type)
{
    return type == DT_REG   ? ENTRY_FILE
           : type == DT_DIR ? ENTRY_FOLDER
           : type == DT_LNK ? ENTRY_LINK
                            : ENTRY_OTHER;
}

static bool is_itself_or_parent(const char *name)
{
    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

static int read_entries(struct arena *arena, DIR *stream, struct folder_list *list)
{
    for (;;) {
        struct dirent *found;
        struct folder_entry *entry;

        errno = 0;
        found = readdir(stream);
        if (found == NULL)
            return errno;
        if (is_itself_or_parent(found->d_name))
            continue;
        list->items = arena_grow(arena, list->items, list->count, &list->capacity,
                                 sizeof *list->items);
        entry = &list->items[list->count++];
        entry->name = arena_copy(arena, found->d_name, strlen(found->d_name));
        if (found->d_type != DT_UNKNOWN)
            entry->kind = kind_of_type(found->d_type);
        else
            ask(dirfd(stream), entry); /* not every file system tells it */
    }
}

static int entry_compare(const void *left, const void *right)
{
    return strcmp(((const struct folder_entry *)left)->name,
                  ((const struct folder_entry *)right)->name);
}

static void stream_close(void *object)
{
    closedir(object);
}

int folder_read(struct arena *arena, int file, struct folder_list *list)
{
    DIR *stream = fdopendir(file);
    int error = errno;

    *list = (struct folder_list){ 0 };
    if (stream == NULL) {
        machine_check(error);
        close(file);
        return error;
    }
    arena_on_release(arena, stream_close, stream);
    error = read_entries(arena, stream, list);
    machine_check(error);
    order_sort(list->items, list->count, sizeof *list->items, entry_compare);
    return error;
}

const struct folder_entry *folder_find(const struct folder_list *list, const char *name)
{
    const struct folder_entry wanted = { .name = name };

    return list->count > 0 ? bsearch(&wanted, list->items, list->count, sizeof wanted,
                                     entry_compare)
                           : NULL;
}

/* ---- a file in a folder that others may write to ---- */

enum { OPEN_FOUND = O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK | O_NOFOLLOW };

static int open_resolved(int folder, const char *path, unsigned resolve)
{
    const struct open_how how = { .flags = OPEN_FOUND, .resolve = resolve };

    return (int)syscall(SYS_openat2, folder, path, &how, sizeof how);
}

static int open_below(const char *folder_path, const char *path)
{
    int folder = open(folder_path[0] != '\0' ? folder_path : "/",
                      O_PATH | O_DIRECTORY | O_CLOEXEC);
    int file, error;

    if (folder < 0)
        return -1;
    file = open_resolved(folder, path, RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS);
    error = errno;
    close(folder);
    errno = error;
    return file;
}

int folder_open_file(const char *folder, const char *path)
{
    int file = open_resolved(AT_FDCWD, path, RESOLVE_NO_SYMLINKS);

    if (file < 0 && errno == ELOOP) /* which may be above the folder, or the folder */
        file = open_below(folder, path + strlen(folder) + 1);
    if (file < 0 &&
        (errno == ENOSYS || errno == EPERM)) /* an old kernel, a container */
        file = open(path, OPEN_FOUND);
    return file;
}
