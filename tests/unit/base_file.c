#include "tree.h"

#include "base/file.h"

#include <dirent.h>
#include <signal.h>
#include <time.h>

static void print(const void *object, struct buf *out)
{
    buf_add(out, *(const struct str *)object);
}

static bool file_write(const char *path, struct str text, struct error *err)
{
    const struct file_text file = { path, { print, &text } };

    return files_write(&file, 1, err);
}

/* ---- reading ---- */

static const struct read_row {
    const char *name;
    const char *tree, *path;
    size_t bytes_max;
    const char *text;    /* NULL: refused */
    const char *message; /* of err */
} read_rows[] = {
    { "a file is read whole", "a=text\n", "a", 100, "text", NULL },
    { "an empty file is empty", "a=\n", "a", 100, "", NULL },
    { "a file may hold as much as the limit", "a=text\n", "a", 4, "text", NULL },
    { "a file may not hold more", "a=text\n", "a", 3, NULL,
      "holds more than 3 bytes, the most that is read" },
    { "a limit of nothing", "a=\n", "a", 0, "", NULL },
    { "a link is followed", "a=text\nb->a\n", "b", 100, "text", NULL },
    { "a file that is not there", "", "a", 100, NULL,
      "cannot be opened: No such file or directory" },
    { "a folder", "a/\n", "a", 100, NULL, "is a folder; expected a file" },
    { "a FIFO is not waited for", "a|\n", "a", 100, NULL,
      "is not a regular file; expected one" },
    { "a device", "", "/dev/null", 100, NULL, "is not a regular file; expected one" },
    { "a link that leads in a circle", "a->b\nb->a\n", "a", 100, NULL,
      "cannot be opened: Too many levels of symbolic links" },
    { "a file whose size the system does not tell", "", "/proc/self/cgroup", 0, NULL,
      "holds more than 0 bytes, the most that is read" },
};

static void read_test(void **state)
{
    const struct read_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct str text = STR("untouched");
    struct error err = { 0 };
    struct tree tree;

    tree_make(&tree, row->tree);
    if (row->text != NULL) {
        assert_true(file_read(&arena, row->path, row->bytes_max, &text, &err));
        assert_string_equal(text.text, row->text);
        assert_int_equal(text.len, strlen(row->text));
    } else {
        assert_false(file_read(&arena, row->path, row->bytes_max, &text, &err));
        assert_string_equal(err.message, row->message);
        assert_string_equal(err.path, row->path);
        assert_string_equal(text.text, "untouched");
    }
    tree_remove(&tree);
    arena_release(&arena);
}

static void any_bytes_and_any_length_are_read(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct str text;
    struct error err = { 0 };
    struct tree tree;
    static char bytes[300 * 1000];

    (void)state;
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (char)(i * 7);
    tree_make(&tree, "");
    tree_write("a", bytes, sizeof bytes);
    assert_true(file_read(&arena, "a", sizeof bytes, &text, &err));
    assert_int_equal(text.len, sizeof bytes);
    assert_memory_equal(text.text, bytes, sizeof bytes);
    assert_int_equal(text.text[text.len], 0);
    assert_false(file_read(&arena, "a", sizeof bytes - 1, &text, &err));
    tree_remove(&tree);
    arena_release(&arena);
}

/* ---- writing ---- */

static size_t count_entries(const char *folder)
{
    DIR *stream = opendir(folder);
    size_t count = 0;

    assert_non_null(stream);
    while (readdir(stream) != NULL)
        count++;
    closedir(stream);
    return count - 2;
}

static const struct write_row {
    const char *name;
    const char *tree, *path;
    const char *holds;   /* the file that holds the text then; NULL: refused */
    const char *message; /* of err */
    size_t entries;      /* in the folder then */
} write_rows[] = {
    { "a new file", "", "a", "a", NULL, 1 },
    { "a file is replaced", "a=old\n", "a", "a", NULL, 1 },
    { "a file in a folder", "b/\n", "b/a", "b/a", NULL, 1 },
    { "a link's target is replaced, the link stays", "a=old\nb->a\n", "b", "a", NULL,
      2 },
    { "a link over folders", "c/\nc/a=old\nb/\nb/link->../c/a\nd->b/link\n", "d", "c/a",
      NULL, 3 },
    { "a link whose target is not there yet", "c/\nb->c/a\n", "b", "c/a", NULL, 2 },
    { "a link in a folder that is a link", "c/\nc/b->a\nd->c\n", "d/b", "c/a", NULL,
      2 },
    { "a link that leads in a circle", "a->b\nb->a\n", "a", NULL,
      "cannot be written: Too many levels of symbolic links", 2 },
    { "a folder", "a/\n", "a", NULL, "is a folder; expected the name of a file", 1 },
    { "a folder that is not there", "", "b/a", NULL, "there is no folder 'b'", 0 },
    { "a file for a folder", "b=\n", "b/a", NULL, "cannot be written: Not a directory",
      1 },
    { "no name", "", "", NULL, "cannot be written: No such file or directory", 0 },
    { "a full device", "", "/dev/full", NULL,
      "cannot be written: No space left on device", 0 },
    { "a descriptor that is not open", "", "/dev/fd/987", NULL,
      "cannot be written: Bad file descriptor", 0 },
    { "a descriptor that is not open, by its thread", "", "/proc/thread-self/fd/987",
      NULL, "cannot be written: Bad file descriptor", 0 },
    { "a descriptor that is none", "", "/dev/fd/", NULL,
      "is a folder; expected the name of a file", 0 },
};

static void write_test(void **state)
{
    const struct write_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct error err = { 0 };
    struct tree tree;
    struct str text;
    struct stat link;

    tree_make(&tree, row->tree);
    if (row->holds != NULL) {
        assert_true(file_write(row->path, STR("new\0text"), &err));
        assert_true(file_read(&arena, row->holds, 100, &text, &err));
        assert_true(str_equal(text, STR("new\0text")));
        if (strcmp(row->path, row->holds) != 0) {
            assert_int_equal(lstat(row->path, &link), 0);
            assert_true(S_ISLNK(link.st_mode));
        }
    } else {
        assert_false(file_write(row->path, STR("new\0text"), &err));
        assert_string_equal(err.message, row->message);
        assert_string_equal(err.path, row->path);
    }
    assert_int_equal(count_entries("."), row->entries);
    tree_remove(&tree);
    arena_release(&arena);
}

static const struct mode_row {
    const char *name;
    mode_t before; /* 0: no file */
    mode_t mask, mode;
} mode_rows[] = {
    { "a new file's mode is as the umask gives", 0, 022, 0644 },
    { "a strict umask is heeded", 0, 077, 0600 },
    { "a file that is replaced keeps its mode", 0640, 022, 0640 },
    { "a file that is replaced keeps its mode, whatever the umask", 0664, 077, 0664 },
};

static void mode_test(void **state)
{
    const struct mode_row *row = *state;
    struct error err = { 0 };
    struct stat status;
    struct tree tree;
    mode_t mask;

    tree_make(&tree, row->before != 0 ? "a=old\n" : "");
    if (row->before != 0)
        assert_int_equal(chmod("a", row->before), 0);
    mask = umask(row->mask);
    assert_true(file_write("a", STR("new"), &err));
    umask(mask);
    assert_int_equal(stat("a", &status), 0);
    assert_int_equal(status.st_mode & 0777, row->mode);
    tree_remove(&tree);
}

static void a_reader_keeps_the_old_bytes(void **state)
{
    struct error err = { 0 };
    struct tree tree;
    char text[8] = "";
    int reader;

    (void)state;
    tree_make(&tree, "a=old\n");
    reader = open("a", O_RDONLY);
    assert_true(file_write("a", STR("new"), &err));
    assert_int_equal(read(reader, text, sizeof text), 3);
    assert_string_equal(text, "old");
    close(reader);
    tree_remove(&tree);
}

/* As nobody, if this is root: root may write everything. */
static void what_may_not_be_written_is_left(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct error err = { 0 }, again = { 0 };
    struct tree tree;
    struct str text;
    bool is_root = geteuid() == 0;

    (void)state;
    tree_make(&tree, "a=old\nb/\nb/a=old\n");
    assert_int_equal(chmod("a", 0444) + chmod("b/a", 0666) + chmod("b", 0555), 0);
    assert_int_equal(chmod(".", 0777), 0);
    if (is_root)
        assert_int_equal(seteuid(65534), 0);
    assert_false(file_write("a", STR("new"), &err));
    assert_false(file_write("b/a", STR("new"), &again));
    if (is_root)
        assert_int_equal(seteuid(0), 0);
    assert_string_equal(err.message, "cannot be written: Permission denied");
    assert_string_equal(
        again.message,
        "cannot be written: no temporary file beside it: Permission denied");
    err = (struct error){ 0 };
    assert_true(file_read(&arena, "a", 10, &text, &err));
    assert_string_equal(text.text, "old");
    assert_int_equal(chmod("b", 0755), 0);
    tree_remove(&tree);
    arena_release(&arena);
}

static void a_link_to_an_absolute_path_is_followed(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct error err = { 0 };
    struct tree tree;
    struct str text;

    (void)state;
    tree_make(&tree, "a=old\nb/\n");
    assert_int_equal(symlink(arena_printf(&arena, "%s/a", tree.path), "b/link"), 0);
    assert_true(file_write("b/link", STR("new"), &err));
    assert_true(file_read(&arena, "a", 10, &text, &err));
    assert_string_equal(text.text, "new");
    assert_int_equal(count_entries(".") + count_entries("b"), 3);
    tree_remove(&tree);
    arena_release(&arena);
}

static void a_pipe_is_written_to_directly(void **state)
{
    struct error err = { 0 };
    char path[64], text[8] = "";
    int ends[2];

    (void)state;
    for (int i = 0; i < 2; i++) {
        assert_int_equal(pipe(ends), 0);
        snprintf(path, sizeof path, i == 0 ? "/dev/fd/%d" : "/proc/self/fd/%d",
                 ends[1]);
        assert_true(file_write(path, STR("text"), &err));
        assert_int_equal(read(ends[0], text, sizeof text), 4);
        assert_string_equal(text, "text");
        close(ends[0]);
        close(ends[1]);
    }
}

static void a_fifo_is_written_to_directly(void **state)
{
    struct error err = { 0 };
    struct tree tree;
    char text[8] = "";
    int reader;

    (void)state;
    tree_make(&tree, "a|\n");
    reader = open("a", O_RDONLY | O_NONBLOCK);
    assert_true(file_write("a", STR("text"), &err));
    assert_int_equal(read(reader, text, sizeof text), 4);
    assert_int_equal(count_entries("."), 1);
    close(reader);
    tree_remove(&tree);
}

static void a_broken_pipe_is_an_error(void **state)
{
    struct error err = { 0 };
    char path[64];
    int ends[2];
    void (*before)(int) = signal(SIGPIPE, SIG_IGN);

    (void)state;
    assert_int_equal(pipe(ends), 0);
    close(ends[0]);
    snprintf(path, sizeof path, "/dev/fd/%d", ends[1]);
    assert_false(file_write(path, STR("text"), &err));
    assert_string_equal(err.message, "cannot be written: Broken pipe");
    close(ends[1]);
    signal(SIGPIPE, before);
}

/* Behind what is there: the file that standard output is must not be replaced. */
static void standard_output_that_is_a_file_is_added_to(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct error err = { 0 };
    struct tree tree;
    struct str text;
    int before, file;

    (void)state;
    tree_make(&tree, "");
    fflush(stdout);
    before = dup(STDOUT_FILENO);
    file = open("out", O_WRONLY | O_CREAT, 0644);
    dup2(file, STDOUT_FILENO);
    assert_int_equal(write(STDOUT_FILENO, "one,", 4), 4);
    assert_true(file_write("/dev/stdout", STR("two,"), &err));
    assert_int_equal(write(STDOUT_FILENO, "three", 5), 5);
    dup2(before, STDOUT_FILENO);
    close(before);
    close(file);
    assert_true(file_read(&arena, "out", 100, &text, &err));
    assert_string_equal(text.text, "one,two,three");
    tree_remove(&tree);
    arena_release(&arena);
}

static void a_long_name_leaves_room_for_the_temporary(void **state)
{
    struct error err = { 0 };
    struct tree tree;
    char name[256];

    (void)state;
    tree_make(&tree, "");
    memset(name, 'n', sizeof name);
    name[255] = '\0';
    assert_true(file_write(name, STR("text"), &err));
    assert_int_equal(count_entries("."), 1);
    tree_remove(&tree);
}

static void a_path_has_the_system_s_limit(void **state)
{
    struct error err = { 0 };
    char path[8000];

    (void)state;
    memset(path, '/', sizeof path);
    path[sizeof path - 2] = 'a';
    path[sizeof path - 1] = '\0';
    assert_false(file_write(path, STR("text"), &err));
    assert_string_equal(err.message, "cannot be written: File name too long");
}

/* ---- several ---- */

static const struct several_row {
    const char *name;
    const char *tree;
    const char *paths[3];
    const char *message, *path; /* of err; NULL: all are written */
    const char *holds;          /* "a", in any case */
    size_t entries;             /* in the folder then */
} several_rows[] = {
    { "new ones", "", { "a", "b", "c" }, NULL, NULL, "new", 3 },
    { "new ones and old ones",
      "a=old\nc=old\n",
      { "a", "b", "c" },
      NULL,
      NULL,
      "new",
      3 },
    { "one cannot be made: none is replaced",
      "a=old\n",
      { "a", "b", "none/c" },
      "there is no folder 'none'",
      "none/c",
      "old",
      1 },
    { "one is a folder: none is replaced",
      "a=old\nc/\n",
      { "a", "b", "c" },
      "is a folder; expected the name of a file",
      "c",
      "old",
      2 },
    { "what is written to directly comes last",
      "a=old\n",
      { "/dev/full", "b", "a" },
      "cannot be written: No space left on device",
      "/dev/full",
      "new",
      2 },
};

static void several_test(void **state)
{
    const struct several_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct error err = { 0 };
    const struct str added = STR("new");
    struct file_text files[3];
    struct tree tree;
    struct str text;

    for (int i = 0; i < 3; i++)
        files[i] = (struct file_text){ row->paths[i], { print, &added } };
    tree_make(&tree, row->tree);
    assert_int_equal(files_write(files, 3, &err), row->message == NULL);
    assert_string_equal(err.message, row->message != NULL ? row->message : "");
    assert_string_equal(err.path, row->path != NULL ? row->path : "");
    assert_true(file_read(&arena, "a", 10, &text, &(struct error){ 0 }));
    assert_string_equal(text.text, row->holds);
    assert_int_equal(count_entries("."), row->entries);
    tree_remove(&tree);
    arena_release(&arena);
}

/* ---- what does not block ---- */

enum { PIPE_TEXT_BYTES = 300 * 1000 }; /* more than a pipe has room for */

/* In a process of its own, which takes its time. The bytes that it read. */
static pid_t read_slowly(const int ends[2], int result)
{
    const struct timespec moment = { .tv_nsec = 2 * 1000 * 1000 };
    static char block[8192];
    size_t count = 0;
    ssize_t len;
    pid_t child = fork();

    assert_true(child >= 0);
    if (child != 0)
        return child;
    close(ends[1]);
    while ((len = read(ends[0], block, sizeof block)) > 0) {
        count += (size_t)len;
        nanosleep(&moment, NULL);
    }
    _exit(write(result, &count, sizeof count) != sizeof count);
}

static void a_pipe_that_does_not_block_is_waited_for(void **state)
{
    static char bytes[PIPE_TEXT_BYTES];
    struct error err = { 0 };
    int ends[2], results[2], status = 0;
    size_t count = 0;
    char path[64];
    pid_t child;

    (void)state;
    assert_int_equal(pipe(ends) + pipe(results), 0);
    assert_int_equal(fcntl(ends[1], F_SETFL, O_NONBLOCK), 0);
    child = read_slowly(ends, results[1]);
    snprintf(path, sizeof path, "/dev/fd/%d", ends[1]);
    assert_true(file_write(path, (struct str){ bytes, sizeof bytes }, &err));
    close(ends[0]);
    close(ends[1]);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(read(results[0], &count, sizeof count), sizeof count);
    assert_int_equal(count, sizeof bytes);
    close(results[0]);
    close(results[1]);
}

/* ---- signals ---- */

static const struct signal_row {
    const char *name;
    int number;
    bool is_ignored;
    const char *holds; /* the file then */
} signal_rows[] = {
    { "SIGINT: the old file stays", SIGINT, false, "old" },
    { "SIGTERM: the old file stays", SIGTERM, false, "old" },
    { "SIGHUP: the old file stays", SIGHUP, false, "old" },
    { "SIGQUIT: the old file stays", SIGQUIT, false, "old" },
    { "SIGXCPU, a limit: the old file stays", SIGXCPU, false, "old" },
    { "SIGALRM, a timer: the old file stays", SIGALRM, false, "old" },
    { "SIGVTALRM: the old file stays", SIGVTALRM, false, "old" },
    { "SIGUSR1: the old file stays", SIGUSR1, false, "old" },
    { "SIGUSR2: the old file stays", SIGUSR2, false, "old" },
    { "SIGPIPE: the old file stays", SIGPIPE, false, "old" },
    { "SIGABRT from outside: the old file stays", SIGABRT, false, "old" },
    { "a signal that is ignored, as under nohup", SIGHUP, true, "new" },
    { "a signal that ends nothing", SIGCHLD, false, "new" },
    { "a signal that the terminal's size changed", SIGWINCH, false, "new" },
};

/* The signal waits already, so that it is met at the first look for one. */
static void signal_test(void **state)
{
    const struct signal_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct error err = { 0 };
    struct tree tree;
    struct str text;
    sigset_t one, before;
    /* It may be ignored here, as under nohup or in the background. */
    void (*disposition)(int) = signal(row->number, SIG_DFL);
    bool done;

    tree_make(&tree, "a=old\n");
    sigemptyset(&one);
    sigaddset(&one, row->number);
    assert_int_equal(sigprocmask(SIG_BLOCK, &one, &before), 0);
    if (row->is_ignored)
        signal(row->number, SIG_IGN);
    assert_int_equal(raise(row->number), 0);
    done = file_write("a", STR("new"), &err);
    signal(row->number, SIG_IGN); /* what waits is dropped */
    assert_int_equal(sigprocmask(SIG_SETMASK, &before, NULL), 0);
    signal(row->number, disposition);

    assert_true(file_read(&arena, "a", 10, &text, &(struct error){ 0 }));
    assert_string_equal(text.text, row->holds);
    assert_int_equal(done, strcmp(row->holds, "new") == 0);
    if (!done)
        assert_string_equal(err.message,
                            "cannot be written: a signal ended the program");
    assert_int_equal(count_entries("."), 1);
    tree_remove(&tree);
    arena_release(&arena);
}

/* A real-time signal has no constant. */
static void a_real_time_signal_leaves_the_old_file(void **state)
{
    const struct signal_row row = { "", SIGRTMIN + 1, false, "old" };

    *state = (void *)(uintptr_t)&row;
    signal_test(state);
}

enum { MOMENTS = 20, REPORT_BYTES = 1500 * 1000 };

static const int moment_signals[] = {
    SIGINT, SIGTERM, SIGHUP, SIGALRM, SIGXCPU, SIGUSR1
};

enum { MOMENT_SIGNALS = sizeof moment_signals / sizeof moment_signals[0] };

/* Says on `begun` when it has written the first. */
static void write_till_a_signal(struct str reports[2], int begun)
{
    struct error err = { 0 };

    for (size_t i = 0; i < MOMENT_SIGNALS; i++)
        signal(moment_signals[i], SIG_DFL);
    for (int i = 0;; i = 1 - i) {
        if (!file_write("a", reports[i], &err))
            _exit(99);
        if (begun >= 0 && write(begun, "", 1) != 1)
            _exit(98);
        begun = -1;
    }
}

/* The number of the signal that ended a writer, sent `microseconds` after it began. */
static int end_a_writer(struct str reports[2], int number, int microseconds)
{
    const struct timespec moment = { .tv_nsec = 1000L * microseconds };
    int status = 0, ends[2];
    pid_t child;
    char byte;

    assert_int_equal(pipe(ends), 0);
    child = fork();
    assert_true(child >= 0);
    if (child == 0)
        write_till_a_signal(reports, ends[1]);
    assert_int_equal(read(ends[0], &byte, 1), 1);
    nanosleep(&moment, NULL);
    assert_int_equal(kill(child, number), 0);
    assert_int_equal(waitpid(child, &status, 0), child);
    close(ends[0]);
    close(ends[1]);
    return WIFSIGNALED(status) ? WTERMSIG(status) : -status;
}

/* It ends by the signal, and the file is whole, whenever that comes. */
static void a_signal_at_any_moment_leaves_a_whole_file(void **state)
{
    static char a[REPORT_BYTES], b[REPORT_BYTES];
    struct str reports[] = { { a, sizeof a }, { b, sizeof b } }, text;
    struct tree tree;

    (void)state;
    memset(a, 'a', sizeof a);
    memset(b, 'b', sizeof b);
    tree_make(&tree, "");
    for (int i = 0; i < MOMENTS; i++) {
        struct arena arena = ARENA_EMPTY;
        int number = moment_signals[(size_t)i % MOMENT_SIGNALS];

        assert_int_equal(end_a_writer(reports, number, i * 230), number);
        assert_int_equal(count_entries("."), 1);
        assert_true(file_read(&arena, "a", sizeof a, &text, &(struct error){ 0 }));
        assert_true(str_equal(text, reports[0]) || str_equal(text, reports[1]));
        arena_release(&arena);
    }
    tree_remove(&tree);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, read_rows, read_test);
    TESTS_ADD(&tests, any_bytes_and_any_length_are_read);
    TESTS_ADD_ROWS(&tests, write_rows, write_test);
    TESTS_ADD_ROWS(&tests, mode_rows, mode_test);
    TESTS_ADD(&tests, a_reader_keeps_the_old_bytes);
    TESTS_ADD(&tests, what_may_not_be_written_is_left);
    TESTS_ADD(&tests, a_link_to_an_absolute_path_is_followed);
    TESTS_ADD(&tests, a_pipe_is_written_to_directly);
    TESTS_ADD(&tests, a_fifo_is_written_to_directly);
    TESTS_ADD(&tests, a_broken_pipe_is_an_error);
    TESTS_ADD(&tests, standard_output_that_is_a_file_is_added_to);
    TESTS_ADD(&tests, a_long_name_leaves_room_for_the_temporary);
    TESTS_ADD(&tests, a_path_has_the_system_s_limit);
    TESTS_ADD_ROWS(&tests, several_rows, several_test);
    TESTS_ADD(&tests, a_pipe_that_does_not_block_is_waited_for);
    TESTS_ADD_ROWS(&tests, signal_rows, signal_test);
    TESTS_ADD(&tests, a_real_time_signal_leaves_the_old_file);
    TESTS_ADD(&tests, a_signal_at_any_moment_leaves_a_whole_file);
    return tests_run("base_file", &tests);
}
