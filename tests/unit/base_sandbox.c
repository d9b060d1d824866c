/* For O_PATH, clone() and others that only Linux has. */
#define _GNU_SOURCE

#include "tree.h"

#include "base/sandbox.h"

#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>

/* What each process here is made for: it enters, tries one thing, and ends. */

enum { KILLED = -SIGSYS, DONE = 0, NOT_ENTERED = 200 };

static int error_of(long result)
{
    return result < 0 ? errno : DONE;
}

/* ---- files ---- */

static int read_in(void)
{
    return error_of(open("in/a", O_RDONLY));
}
static int read_below(void)
{
    return error_of(open("in/deeper/b", O_RDONLY));
}
static int list_in(void)
{
    return error_of(open("in/deeper", O_RDONLY | O_DIRECTORY));
}
static int read_file(void)
{
    return error_of(open("named", O_RDONLY));
}
static int read_linked(void)
{
    return error_of(open("in/link", O_RDONLY));
}
static int read_secret(void)
{
    return error_of(open("secret", O_RDONLY));
}
static int read_up(void)
{
    return error_of(open("in/../secret", O_RDONLY));
}
static int read_passwd(void)
{
    return error_of(open("/etc/passwd", O_RDONLY));
}
static int list_here(void)
{
    return error_of(open(".", O_RDONLY | O_DIRECTORY));
}
static int ask_secret(void)
{
    return error_of(access("secret", R_OK));
}
static int missing(void)
{
    return error_of(open("in/none", O_RDONLY));
}
static int missing_outside(void)
{
    return error_of(open("none", O_RDONLY));
}

static int write_in(void)
{
    return error_of(open("in/a", O_WRONLY));
}
static int make_in(void)
{
    return error_of(open("in/new", O_WRONLY | O_CREAT, 0600));
}
static int make_here(void)
{
    return error_of(open("new", O_WRONLY | O_CREAT, 0600));
}
static int make_out(void)
{
    return error_of(open("out/new", O_WRONLY | O_CREAT, 0600));
}
static int remove_in(void)
{
    return error_of(unlink("in/a"));
}
static int remove_here(void)
{
    return error_of(unlink("secret"));
}
static int remove_out(void)
{
    return error_of(unlink("out/old"));
}
static int replace_out(void)
{
    int result = make_out();

    return result != DONE ? result : error_of(rename("out/new", "out/old"));
}
static int move_in(void)
{
    return error_of(rename("out/old", "in/b"));
}
static int read_out(void)
{
    return error_of(open("out/old", O_RDONLY));
}
static int list_out(void)
{
    return error_of(open("out", O_RDONLY | O_DIRECTORY));
}
static int link_out(void)
{
    char path[64];
    int file = open("out", O_TMPFILE | O_WRONLY, 0600);

    if (file < 0)
        return errno == EOPNOTSUPP ? DONE : errno; /* not every file system has it */
    snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    return error_of(linkat(AT_FDCWD, path, AT_FDCWD, "out/new", AT_SYMLINK_FOLLOW));
}
static int scratch(void)
{
    int file = open("scratch/new", O_RDWR | O_CREAT | O_EXCL, 0600);

    return file < 0 ? errno : error_of(unlink("scratch/new"));
}
static int write_named(void)
{
    return error_of(open("target", O_WRONLY));
}
static int read_target(void)
{
    return error_of(open("target", O_RDONLY));
}
static int cut_target(void)
{
    return error_of(open("target", O_WRONLY | O_TRUNC));
}
static int write_pipe(void)
{
    int ends[2], file;
    char path[64];

    if (pipe2(ends, 0) != 0)
        return errno;
    snprintf(path, sizeof path, "/proc/self/fd/%d", ends[0]);
    file = open(path, O_RDONLY | O_NONBLOCK);
    return error_of(file);
}

/* ---- calls ---- */

static int call_socket(void)
{
    return error_of(socket(AF_INET, SOCK_STREAM, 0));
}
static int call_local(void)
{
    return error_of(socket(AF_UNIX, SOCK_STREAM, 0));
}
static int call_connect(void)
{
    return error_of(connect(0, NULL, 0));
}
static int call_exec(void)
{
    char *const none[] = { NULL };

    return error_of(execve("/bin/true", none, none));
}
static int call_fork(void)
{
    return error_of(fork());
}
static int call_raw_fork(void)
{
    return error_of(syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0));
}
static int call_ptrace(void)
{
    return error_of(ptrace(PTRACE_TRACEME, 0, NULL, NULL));
}
static int call_kill(void)
{
    return error_of(kill(getppid(), 0));
}
static int call_tgkill(void)
{
    return error_of(syscall(SYS_tgkill, getpid(), gettid(), SIGUSR1));
}
static int map_code(void)
{
    void *memory =
        mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    return memory == MAP_FAILED ? errno : DONE;
}
static int protect_code(void)
{
    void *memory =
        mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    return error_of(mprotect(memory, 4096, PROT_READ | PROT_EXEC));
}
static int map_memory(void)
{
    void *memory =
        mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    return memory == MAP_FAILED ? errno : DONE;
}
static int call_chmod(void)
{
    return error_of(chmod("out/old", 0777));
}
static int call_truncate(void)
{
    return error_of(truncate("out/old", 0));
}
static int call_mkdir(void)
{
    return error_of(mkdir("out/folder", 0700));
}
static int call_symlink(void)
{
    return error_of(symlink("secret", "out/link"));
}
static int call_ring(void)
{
    return error_of(syscall(SYS_io_uring_setup, 1, NULL));
}
static int call_unknown(void)
{
    return error_of(syscall(SYS_getitimer, 0, NULL));
}
static int type_for_us(void)
{
    return error_of(ioctl(0, TIOCSTI, "x"));
}
static int raise_limit(void)
{
    const struct {
        uint64_t now, most;
    } limit = { 1, 1 };

    return error_of(syscall(SYS_prlimit64, 0, 7 /* RLIMIT_NOFILE */, &limit, NULL));
}
#ifdef __x86_64__
/* Of the 32-bit machine, where 20 is getpid(). */
static int call_other_machine(void)
{
    long result = 20;

    __asm__ volatile("int $0x80" : "+a"(result) : : "memory");
    return result < 0 ? (int)-result : DONE;
}
static int call_x32(void)
{
    return error_of(syscall(0x40000000 | SYS_getpid));
}
#endif

static void *run(void *object)
{
    *(int *)object = read_secret();
    return NULL;
}
static int start_thread(void)
{
    pthread_t thread;
    int error = DONE;

    return pthread_create(&thread, NULL, run, &error) != 0 ? EAGAIN
           : pthread_join(thread, NULL) != 0               ? EINVAL
                                                           : error;
}
static int call_abort(void)
{
    abort();
}

/* ---- rows ---- */

static const struct sandbox_row {
    const char *name;
    int (*attempt)(void);
    int end;    /* DONE, an errno, or the signal that ends it, below 0 */
    int strict; /* the same with INVAUDIT_SANDBOX=strict; 0: as `end` */
} sandbox_rows[] = {
    { "what is to be read is read", read_in, DONE, 0 },
    { "and below it", read_below, DONE, 0 },
    { "folders below it are listed", list_in, DONE, 0 },
    { "a file that is to be read is read", read_file, DONE, 0 },
    { "a link leads no further", read_linked, EACCES, 0 },
    { "what lies beside it is not read", read_secret, EACCES, 0 },
    { "whatever path leads there", read_up, EACCES, 0 },
    { "files of the system are not read", read_passwd, EACCES, 0 },
    { "the folder above is not listed", list_here, EACCES, 0 },
    { "whether something is there can be asked", ask_secret, DONE, 0 },
    { "what is not there is not there", missing, ENOENT, 0 },
    { "nor is it elsewhere", missing_outside, ENOENT, 0 },
    { "what is read is not written to", write_in, EACCES, 0 },
    { "nothing is made beside it", make_in, EACCES, 0 },
    { "nothing is made elsewhere", make_here, EACCES, 0 },
    { "nothing of it is removed", remove_in, EACCES, 0 },
    { "nothing is removed elsewhere", remove_here, EACCES, 0 },
    { "a file is made in a folder of reports", make_out, DONE, 0 },
    { "a file is replaced there", replace_out, DONE, 0 },
    { "a file is removed there", remove_out, DONE, 0 },
    { "a file without a name gets one there", link_out, DONE, 0 },
    { "it is listed", list_out, DONE, 0 },
    { "what lies there is not read", read_out, EACCES, 0 },
    { "nothing is moved to what is read", move_in, EACCES, 0 },
    { "temporary files are read and written", scratch, DONE, 0 },
    { "a file that is named is written to", write_named, DONE, 0 },
    { "and not read", read_target, EACCES, 0 },
    { "nor cut", cut_target, EACCES, 0 },
    { "a pipe is opened again", write_pipe, ENOSYS, KILLED },

    { "no socket", call_socket, KILLED, 0 },
    { "no local socket", call_local, KILLED, 0 },
    { "no connection of a socket that is open", call_connect, KILLED, 0 },
    { "no other program", call_exec, KILLED, 0 },
    { "no other process", call_fork, KILLED, 0 },
    { "no other process by the call itself", call_raw_fork, KILLED, 0 },
    { "no tracing", call_ptrace, KILLED, 0 },
    { "no signal to another process", call_kill, KILLED, 0 },
    { "no signal but abort()'s", call_tgkill, ENOSYS, KILLED },
    { "no memory that is run", map_code, KILLED, 0 },
    { "no memory that is run later", protect_code, KILLED, 0 },
    { "no mode of a file by its path", call_chmod, KILLED, 0 },
    { "no file is cut", call_truncate, KILLED, 0 },
    { "no folder is made", call_mkdir, KILLED, 0 },
    { "no link is made", call_symlink, KILLED, 0 },
    { "no ring, which would make calls unseen", call_ring, KILLED, 0 },
    { "no typing into the terminal", type_for_us, ENOSYS, KILLED },
    { "no limit is changed", raise_limit, ENOSYS, KILLED },
    { "what the table does not have is lacking", call_unknown, ENOSYS, KILLED },
#ifdef __x86_64__
    { "no call of the 32-bit machine", call_other_machine, KILLED, 0 },
    { "no call of x32", call_x32, KILLED, 0 },
#endif
    { "memory as ever", map_memory, DONE, 0 },
    { "a thread is made, and is confined, too", start_thread, EACCES, 0 },
    { "a failed assertion ends it as ever", call_abort, -SIGABRT, 0 },
};

static void enter(struct arena *arena)
{
    struct sandbox sandbox = SANDBOX_EMPTY(arena);

    sandbox_add(&sandbox, SANDBOX_READ, "in");
    sandbox_add(&sandbox, SANDBOX_READ, "named");
    sandbox_add(&sandbox, SANDBOX_READ, "not-there");
    sandbox_add(&sandbox, SANDBOX_REPLACE, "out");
    sandbox_add(&sandbox, SANDBOX_SCRATCH, "scratch");
    sandbox_add(&sandbox, SANDBOX_WRITE, "target");
    sandbox_enter(&sandbox);
    if (!sandbox.has_files || !sandbox.has_calls)
        _exit(NOT_ENTERED);
}

static int end_of(int (*attempt)(void), const char *mode)
{
    struct arena arena = ARENA_EMPTY;
    int status;
    pid_t child = fork();

    assert_true(child >= 0);
    if (child == 0) {
        setenv("INVAUDIT_SANDBOX", mode, 1);
        enter(&arena);
        _exit(attempt());
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

static void sandbox_test(void **state)
{
    static const char *const modes[] = { "", "strict" };
    const struct sandbox_row *row = *state;

    for (size_t i = 0; i < 2; i++) {
        int wanted = i == 1 && row->strict != 0 ? row->strict : row->end, end;
        struct tree tree;

        tree_make(&tree, "in/\nin/a=text\nin/deeper/\nin/deeper/b=text\n"
                         "in/link->../secret\nnamed=text\nsecret=text\nout/\n"
                         "out/old=old\nscratch/\ntarget=old\n");
        end = end_of(row->attempt, modes[i]);
        tree_remove(&tree);
        if (end == NOT_ENTERED)
            skip(); /* a sanitizer, or a kernel without it */
        assert_int_equal(end, wanted);
    }
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, sandbox_rows, sandbox_test);
    return tests_run("base_sandbox", &tests);
}
