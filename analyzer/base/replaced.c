#include "base/replaced.h"

bool replaced_spare(const struct replaced *replaced, const char *path, const char *what,
                    struct error *err)
{
    struct stat status;

    if (replaced->count == 0 || stat(path, &status) != 0)
        return true;
    for (size_t i = 0; i < replaced->count; i++) {
        const struct replaced_file *file = &replaced->items[i];

        if (status.st_dev == file->device && status.st_ino == file->inode) {
            return error_set(err,
                             "option '--output': '%s' is %s of this run; give the "
                             "report a file of its own",
                             file->path, what);
        }
    }
    return true;
}
