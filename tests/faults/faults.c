/*
 * faults.c - make one call of a program to the system fail: a library for LD_PRELOAD.
 *
 * Environment:
 *     FAULT_CALL   which calls are counted: a name of the table below
 *     FAULT_KIND   what happens: the number of an errno, or
 *                  short    read() and write() do one byte
 *                  untold   readdir() does not tell what an entry is
 *                  changed  the file is touched before it is read
 *     FAULT_AT     the how-manieth of these calls, from 1
 *     FAULT_ON     "1": and each one after it
 *     FAULT_TOLD   a descriptor, which gets a byte when it happens
 *
 * What the C library calls inside itself (stdio's writes, the reads of readdir()) is
 * not met, and neither is what a static program calls. Calls before the program's
 * main() are not counted.
 */
#define _GNU_SOURCE

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum call {
    CALL_NONE,
    CALL_ACCESS,
    CALL_ALLOCATE,
    CALL_CHMOD,
    CALL_CLOSE,
    CALL_LINK,
    CALL_LIST,
    CALL_OPEN,
    CALL_OPEN_FOLDER,
    CALL_RANDOM,
    CALL_READ,
    CALL_READLINK,
    CALL_RENAME,
    CALL_STAT,
    CALL_SYNC,
    CALL_THREAD,
    CALL_WRITE,
};

static const char *const call_names[] = {
    [CALL_ACCESS] = "access",     [CALL_ALLOCATE] = "allocate",
    [CALL_CHMOD] = "chmod",       [CALL_CLOSE] = "close",
    [CALL_LINK] = "link",         [CALL_LIST] = "list",
    [CALL_OPEN] = "open",         [CALL_OPEN_FOLDER] = "open-folder",
    [CALL_RANDOM] = "random",     [CALL_READ] = "read",
    [CALL_READLINK] = "readlink", [CALL_RENAME] = "rename",
    [CALL_STAT] = "stat",         [CALL_SYNC] = "sync",
    [CALL_THREAD] = "thread",     [CALL_WRITE] = "write",
};

/* Of errnos: a kind is one of these, or a number. */
enum { KIND_SHORT = -1, KIND_UNTOLD = -2, KIND_CHANGED = -3 };

static enum call wanted;
static int kind, told = -1;
static long at;
static bool on;
static atomic_long count;

static int kind_from(const char *text)
{
    if (strcmp(text, "short") == 0)
        return KIND_SHORT;
    if (strcmp(text, "untold") == 0)
        return KIND_UNTOLD;
    return strcmp(text, "changed") == 0 ? KIND_CHANGED : atoi(text);
}

/* Not to be mistaken in: a name that is none would make no call fail, and all tests
 * hold. */
__attribute__((constructor)) static void start(void)
{
    const char *call = getenv("FAULT_CALL");

    if (call == NULL)
        return;
    kind = kind_from(getenv("FAULT_KIND"));
    at = atol(getenv("FAULT_AT"));
    on = strcmp(getenv("FAULT_ON"), "1") == 0;
    told = atoi(getenv("FAULT_TOLD"));
    for (size_t i = 1; i < sizeof call_names / sizeof *call_names; i++)
        if (strcmp(call_names[i], call) == 0)
            wanted = (enum call)i;
    if (wanted == CALL_NONE || kind == 0)
        abort();
}

/* Whether it is this one's turn. */
static bool is_hit(enum call call)
{
    long number;

    if (call != wanted)
        return false;
    number = atomic_fetch_add(&count, 1) + 1;
    if (number != at && !(on && number > at))
        return false;
    if (number == at)
        syscall(SYS_write, told, "", 1);
    return true;
}

/* The same where it can but fail; errno then says so. */
static bool fails(enum call call)
{
    if (!is_hit(call))
        return false;
    errno = kind;
    return true;
}

/* The C library's function of that name. */
#define NEXT(name)                                                                     \
    static __typeof__(name) *next_##name;                                              \
    if (next_##name == NULL) {                                                         \
        void *found = dlsym(RTLD_NEXT, #name);                                         \
        memcpy(&next_##name, &found, sizeof found);                                    \
    }

/* ---- memory: dlsym() allocates some itself ---- */

void *__libc_malloc(size_t bytes);
void *__libc_calloc(size_t items, size_t bytes);
void *__libc_realloc(void *memory, size_t bytes);
void *__libc_memalign(size_t alignment, size_t bytes);

void *malloc(size_t bytes)
{
    return fails(CALL_ALLOCATE) ? NULL : __libc_malloc(bytes);
}

void *calloc(size_t items, size_t bytes)
{
    return fails(CALL_ALLOCATE) ? NULL : __libc_calloc(items, bytes);
}

void *realloc(void *memory, size_t bytes)
{
    return fails(CALL_ALLOCATE) ? NULL : __libc_realloc(memory, bytes);
}

void *aligned_alloc(size_t alignment, size_t bytes)
{
    return fails(CALL_ALLOCATE) ? NULL : __libc_memalign(alignment, bytes);
}

int posix_memalign(void **memory, size_t alignment, size_t bytes)
{
    if (fails(CALL_ALLOCATE))
        return ENOMEM;
    *memory = __libc_memalign(alignment, bytes);
    return *memory != NULL ? 0 : ENOMEM;
}

/* ---- reading and writing ---- */

static ssize_t read_faulty(int file, void *buffer, size_t size)
{
    struct stat status;

    NEXT(read)
    if (!is_hit(CALL_READ))
        return next_read(file, buffer, size);
    if (kind > 0) {
        errno = kind;
        return -1;
    }
    if (kind == KIND_CHANGED && fstat(file, &status) == 0 && S_ISREG(status.st_mode))
        (void)fchmod(file, status.st_mode & 07777); /* which the sandbox allows */
    return next_read(file, buffer, kind == KIND_SHORT && size > 1 ? 1 : size);
}

ssize_t read(int file, void *buffer, size_t size)
{
    return read_faulty(file, buffer, size);
}

ssize_t __read_chk(int file, void *buffer, size_t size, size_t room);
ssize_t __read_chk(int file, void *buffer, size_t size, size_t room)
{
    return room < size ? (abort(), -1) : read_faulty(file, buffer, size);
}

ssize_t write(int file, const void *buffer, size_t size)
{
    NEXT(write)
    if (!is_hit(CALL_WRITE))
        return next_write(file, buffer, size);
    if (kind > 0) {
        errno = kind;
        return -1;
    }
    return next_write(file, buffer, size > 1 ? 1 : size);
}

int fsync(int file)
{
    NEXT(fsync)
    return fails(CALL_SYNC) ? -1 : next_fsync(file);
}

/* As on Linux, it is closed, whatever it says. */
int close(int file)
{
    NEXT(close)
    bool is_faulty = is_hit(CALL_CLOSE);
    int result = next_close(file);

    if (is_faulty)
        errno = kind;
    return is_faulty ? -1 : result;
}

ssize_t getrandom(void *buffer, size_t size, unsigned flags)
{
    NEXT(getrandom)
    return fails(CALL_RANDOM) ? -1 : next_getrandom(buffer, size, flags);
}

/* ---- opening ---- */

static int open_faulty(int folder, const char *path, int flags, mode_t mode)
{
    NEXT(openat)
    return fails(CALL_OPEN) ? -1 : next_openat(folder, path, flags, mode);
}

/* For openat2(), which the C library has no function for. */
long syscall(long number, ...)
{
    long values[6];
    va_list arguments;

    NEXT(syscall)
    va_start(arguments, number);
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        values[i] = va_arg(arguments, long);
    va_end(arguments);
    if (number == SYS_openat2 && fails(CALL_OPEN))
        return -1;
    return next_syscall(number, values[0], values[1], values[2], values[3], values[4],
                        values[5]);
}

static bool takes_mode(int flags)
{
    return (flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE;
}

#define OPEN(name)                                                                     \
    int name(const char *path, int flags, ...)                                         \
    {                                                                                  \
        va_list arguments;                                                             \
        mode_t mode;                                                                   \
                                                                                       \
        va_start(arguments, flags);                                                    \
        mode = takes_mode(flags) ? va_arg(arguments, mode_t) : 0;                      \
        va_end(arguments);                                                             \
        return open_faulty(AT_FDCWD, path, flags, mode);                               \
    }

#define OPENAT(name)                                                                   \
    int name(int folder, const char *path, int flags, ...)                             \
    {                                                                                  \
        va_list arguments;                                                             \
        mode_t mode;                                                                   \
                                                                                       \
        va_start(arguments, flags);                                                    \
        mode = takes_mode(flags) ? va_arg(arguments, mode_t) : 0;                      \
        va_end(arguments);                                                             \
        return open_faulty(folder, path, flags, mode);                                 \
    }

OPEN(open)
OPEN(open64)
OPENAT(openat)
OPENAT(openat64)

/* What a fortified program calls instead, where no mode is given. */
#define OPEN_CHECKED(name)                                                             \
    int name(const char *path, int flags);                                             \
    int name(const char *path, int flags)                                              \
    {                                                                                  \
        return open_faulty(AT_FDCWD, path, flags, 0);                                  \
    }

#define OPENAT_CHECKED(name)                                                           \
    int name(int folder, const char *path, int flags);                                 \
    int name(int folder, const char *path, int flags)                                  \
    {                                                                                  \
        return open_faulty(folder, path, flags, 0);                                    \
    }

OPEN_CHECKED(__open_2)
OPEN_CHECKED(__open64_2)
OPENAT_CHECKED(__openat_2)
OPENAT_CHECKED(__openat64_2)

/* ---- folders ---- */

DIR *opendir(const char *path)
{
    NEXT(opendir)
    return fails(CALL_OPEN_FOLDER) ? NULL : next_opendir(path);
}

int scandir64(const char *path, struct dirent64 ***entries,
              int (*keeps)(const struct dirent64 *),
              int (*compare)(const struct dirent64 **, const struct dirent64 **))
{
    NEXT(scandir64)
    return fails(CALL_OPEN_FOLDER) ? -1 : next_scandir64(path, entries, keeps, compare);
}

DIR *fdopendir(int file)
{
    NEXT(fdopendir)
    return fails(CALL_OPEN_FOLDER) ? NULL : next_fdopendir(file);
}

static void *readdir_faulty(DIR *folder)
{
    NEXT(readdir64)
    bool is_faulty = is_hit(CALL_LIST);
    struct dirent64 *entry = NULL;

    if (is_faulty && kind > 0) {
        errno = kind;
        return NULL;
    }
    entry = next_readdir64(folder);
    if (is_faulty && entry != NULL)
        entry->d_type = DT_UNKNOWN;
    return entry;
}

struct dirent *readdir(DIR *folder)
{
    return readdir_faulty(folder);
}

struct dirent64 *readdir64(DIR *folder)
{
    return readdir_faulty(folder);
}

/* ---- names ---- */

int access(const char *path, int mode)
{
    NEXT(access)
    return fails(CALL_ACCESS) ? -1 : next_access(path, mode);
}

int faccessat(int folder, const char *path, int mode, int flags)
{
    NEXT(faccessat)
    return fails(CALL_ACCESS) ? -1 : next_faccessat(folder, path, mode, flags);
}

int fchmod(int file, mode_t mode)
{
    NEXT(fchmod)
    return fails(CALL_CHMOD) ? -1 : next_fchmod(file, mode);
}

int linkat(int from_folder, const char *from, int to_folder, const char *to, int flags)
{
    NEXT(linkat)
    return fails(CALL_LINK) ? -1 : next_linkat(from_folder, from, to_folder, to, flags);
}

int rename(const char *from, const char *to)
{
    NEXT(rename)
    return fails(CALL_RENAME) ? -1 : next_rename(from, to);
}

ssize_t readlink(const char *path, char *buffer, size_t size)
{
    NEXT(readlink)
    return fails(CALL_READLINK) ? -1 : next_readlink(path, buffer, size);
}

/* On the machines of today, the 64-bit forms are the same functions. */
#define STAT(name, type)                                                               \
    int name(const char *path, struct type *status)                                    \
    {                                                                                  \
        NEXT(name)                                                                     \
        return fails(CALL_STAT) ? -1 : next_##name(path, status);                      \
    }

#define FSTAT(name, type)                                                              \
    int name(int file, struct type *status)                                            \
    {                                                                                  \
        NEXT(name)                                                                     \
        return fails(CALL_STAT) ? -1 : next_##name(file, status);                      \
    }

#define FSTATAT(name, type)                                                            \
    int name(int folder, const char *path, struct type *status, int flags)             \
    {                                                                                  \
        NEXT(name)                                                                     \
        return fails(CALL_STAT) ? -1 : next_##name(folder, path, status, flags);       \
    }

STAT(stat, stat)
STAT(stat64, stat64)
STAT(lstat, stat)
STAT(lstat64, stat64)
FSTAT(fstat, stat)
FSTAT(fstat64, stat64)
FSTATAT(fstatat, stat)
FSTATAT(fstatat64, stat64)

/* ---- threads ---- */

int pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
                   void *(*run)(void *), void *object)
{
    NEXT(pthread_create)
    if (is_hit(CALL_THREAD))
        return kind;
    return next_pthread_create(thread, attributes, run, object);
}
