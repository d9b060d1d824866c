/* For O_PATH and syscall(), which only Linux has.
 * NOLINTNEXTLINE(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp) */
#define _GNU_SOURCE

#include "base/sandbox.h"

#include "base/machine.h"
#include "base/sandbox_filter.h"
#include "base/str.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/seccomp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* ---- Landlock's numbers ----------------------------------------------------------
 *
 * Of the kernel's Documentation/userspace-api/landlock.rst and include/uapi/linux/
 * landlock.h. Written down, since the headers of Debian 12 are those of Linux 6.1,
 * which know the second version of the interface. */

enum {
    CALL_CREATE_RULESET = 444, /* the same on every machine */
    CALL_ADD_RULE = 445,
    CALL_RESTRICT_SELF = 446,
    FLAG_VERSION = 1,
    RULE_PATH_BENEATH = 1,
};

/* Rights, by the version that knows them first. */
#define RIGHT(bit) (UINT64_C(1) << (bit))
enum {
    BIT_WRITE_FILE = 1,
    BIT_READ_FILE = 2,
    BIT_READ_DIR = 3,
    BIT_REMOVE_FILE = 5,
    BIT_MAKE_REG = 8,
};
#define RIGHTS_OF_FILES (RIGHT(BIT_WRITE_FILE) | RIGHT(BIT_READ_FILE))

static const struct {
    int version;
    uint64_t files, network, scopes;
} versions[] = {
    { 1, RIGHT(13) - 1, 0, 0 },       /* Linux 5.13 */
    { 2, RIGHT(13), 0, 0 },           /* 5.19: links and moves between folders */
    { 3, RIGHT(14), 0, 0 },           /* 6.2: truncate */
    { 4, 0, RIGHT(0) | RIGHT(1), 0 }, /* 6.7: bind and connect by TCP */
    { 5, RIGHT(15), 0, 0 },           /* 6.10: ioctl of devices */
    { 6, 0, 0, RIGHT(0) | RIGHT(1) }, /* 6.12: abstract sockets, signals */
};

/* A kernel takes a shorter one, and a longer one if what it does not know is 0. */
struct ruleset {
    uint64_t files, network, scopes;
};

struct path_beneath {
    uint64_t rights;
    int32_t folder;
} __attribute__((packed));

/* ---- files ----------------------------------------------------------------------- */

static const uint64_t rights_of_needs[SANDBOX_NEEDS] = {
    [SANDBOX_READ] = RIGHT(BIT_READ_FILE) | RIGHT(BIT_READ_DIR),
    [SANDBOX_WRITE] = RIGHT(BIT_WRITE_FILE),
    /* listed: that a new name is on the disk is asked of the open folder */
    [SANDBOX_REPLACE] = RIGHT(BIT_WRITE_FILE) | RIGHT(BIT_MAKE_REG) |
                        RIGHT(BIT_REMOVE_FILE) | RIGHT(BIT_READ_DIR),
    [SANDBOX_SCRATCH] = RIGHT(BIT_WRITE_FILE) | RIGHT(BIT_MAKE_REG) |
                        RIGHT(BIT_REMOVE_FILE) | RIGHT(BIT_READ_FILE),
};

void sandbox_add(struct sandbox *sandbox, enum sandbox_need need, const char *path)
{
    sandbox->items = arena_grow(sandbox->arena, sandbox->items, sandbox->count,
                                &sandbox->capacity, sizeof *sandbox->items);
    sandbox->items[sandbox->count++] = (struct sandbox_path){ path, need };
}

/* What cannot be found needs no right. False: the kernel refuses it. */
static bool add_path(int ruleset, const struct sandbox_path *path)
{
    struct path_beneath rule = { .rights = rights_of_needs[path->need] };
    struct stat status;
    bool done;

    rule.folder = open(path->path, O_PATH | O_CLOEXEC);
    if (rule.folder < 0) {
        machine_check(errno);
        return true;
    }
    if (fstat(rule.folder, &status) == 0 && !S_ISDIR(status.st_mode))
        rule.rights &= RIGHTS_OF_FILES;
    done = rule.rights == 0 ||
           syscall(CALL_ADD_RULE, ruleset, RULE_PATH_BENEATH, &rule, 0) == 0 ||
           errno == EBADFD; /* a pipe: Landlock does not ask for it */
    close(rule.folder);
    return done;
}

static bool restrict_files(const struct sandbox *sandbox, int ruleset)
{
    for (size_t i = 0; i < sandbox->count; i++)
        if (!add_path(ruleset, &sandbox->items[i]))
            return false;
    return syscall(CALL_RESTRICT_SELF, ruleset, 0) == 0;
}

/* NULL: they are. */
static const char *confine_files(const struct sandbox *sandbox)
{
    long version = syscall(CALL_CREATE_RULESET, NULL, 0, FLAG_VERSION);
    struct ruleset handled = { 0 };
    int ruleset;
    bool done;

    if (version < 1)
        return "this kernel has no Landlock";
    for (size_t i = 0; i < COUNT_OF(versions) && versions[i].version <= version; i++) {
        handled.files |= versions[i].files;
        handled.network |= versions[i].network;
        handled.scopes |= versions[i].scopes;
    }
    ruleset = (int)syscall(CALL_CREATE_RULESET, &handled, sizeof handled, 0);
    if (ruleset < 0) {
        machine_check(errno);
        return "this kernel refuses Landlock";
    }
    done = restrict_files(sandbox, ruleset);
    close(ruleset);
    return done ? NULL : "this kernel refuses Landlock";
}

/* ---- calls ----------------------------------------------------------------------- */

static bool is_strict(void)
{
    const char *wanted = getenv("INVAUDIT_SANDBOX");

    return wanted != NULL && strcmp(wanted, "strict") == 0;
}

static const char *confine_calls(void)
{
    const struct sandbox_filter *filter =
        &sandbox_filters[is_strict() ? SANDBOX_STRICT : SANDBOX_USUAL];
    const struct sock_fprog program = {
        .len = (unsigned short)filter->count,
        .filter = filter->items,
    };

    if (filter->items == NULL)
        return "there is no filter of calls for this machine";
    /* Older kernels make all memory slower for whoever has a filter, unless told not
     * to: nothing in this process is to be kept from another part of it. */
    if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_SPEC_ALLOW,
                &program) == 0 ||
        syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) == 0)
        return NULL;
    machine_check(errno);
    return "this kernel has no seccomp";
}

/* ---- both ------------------------------------------------------------------------ */

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || defined(FUZZ)
enum { IS_SANITIZED = true };
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
enum { IS_SANITIZED = true };
#else
enum { IS_SANITIZED = false };
#endif
#else
enum { IS_SANITIZED = false };
#endif

void sandbox_enter(struct sandbox *sandbox)
{
    const char *files, *calls;

    if (IS_SANITIZED)
        return;
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
        files = calls = "this kernel lets nobody give up rights";
    } else {
        files = confine_files(sandbox);
        calls = confine_calls();
    }
    sandbox->has_files = files == NULL;
    sandbox->has_calls = calls == NULL;
    if (files != NULL && calls != NULL && files != calls)
        sandbox->why = arena_printf(sandbox->arena, "%s, %s", files, calls);
    else
        sandbox->why = files != NULL ? files : calls;
}
