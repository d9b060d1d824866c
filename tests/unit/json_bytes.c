#include "tree.h"

#include "json/bytes.h"

#include <errno.h>
#include <signal.h>
#include <time.h>

enum { LONG_BYTES = 3 * BYTES_PEEK_MAX + 17 };

static char long_text[LONG_BYTES];

static void fill_long_text(void)
{
    for (size_t i = 0; i < LONG_BYTES; i++)
        long_text[i] = (char)(i * 31 + i / 256);
}

static void assert_is_digest_of(const struct bytes_total *total, const char *text,
                                size_t len)
{
    struct arena arena = ARENA_EMPTY;
    struct digest *digest = digest_new(&arena);
    char hex[DIGEST_HEX_BYTES];

    digest_add(digest, text, len);
    digest_hex(digest, hex);
    assert_int_equal(total->bytes, len);
    assert_string_equal(total->sha256, hex);
    arena_release(&arena);
}

/* ---- however it is read, it is the same ---- */

enum kind { FROM_MEMORY, FROM_FILE, FROM_PIPE };

static const struct row {
    const char *name;
    enum kind kind;
    size_t len;         /* of the source */
    size_t memory_step; /* of FROM_MEMORY */
    size_t size;        /* of each bytes_read(); 0: only bytes_finish() */
    bool peek;
} rows[] = {
    { "memory at once", FROM_MEMORY, LONG_BYTES, 0, LONG_BYTES, false },
    { "memory with a peek", FROM_MEMORY, LONG_BYTES, 0, 1000, true },
    { "memory byte by byte", FROM_MEMORY, LONG_BYTES, 1, 1000, true },
    { "memory in steps that do not divide it", FROM_MEMORY, LONG_BYTES, 7, 5, true },
    { "no memory", FROM_MEMORY, 0, 0, 10, true },
    { "a file at once", FROM_FILE, LONG_BYTES, 0, LONG_BYTES, false },
    { "a file into a larger buffer", FROM_FILE, LONG_BYTES, 0, LONG_BYTES + 1, false },
    { "a file with a peek, byte by byte", FROM_FILE, LONG_BYTES, 0, 1, true },
    { "a file as long as a peek", FROM_FILE, BYTES_PEEK_MAX, 0, BYTES_PEEK_MAX, true },
    { "a file shorter than a peek", FROM_FILE, 17, 0, 5, true },
    { "an empty file", FROM_FILE, 0, 0, 5, true },
    { "a file nobody reads", FROM_FILE, LONG_BYTES, 0, 0, false },
    { "a file somebody only peeks at", FROM_FILE, LONG_BYTES, 0, 0, true },
    { "a pipe that trickles", FROM_PIPE, LONG_BYTES, 0, 1000, false },
    { "a pipe that trickles, with a peek", FROM_PIPE, LONG_BYTES, 0, 5000, true },
    { "a pipe nobody reads", FROM_PIPE, LONG_BYTES, 0, 0, false },
};

/* A child writes the text in small pieces. */
static pid_t write_slowly(const char *path, size_t len)
{
    pid_t child = fork();
    int fifo;

    if (child != 0)
        return child;
    fifo = open(path, O_WRONLY);
    for (size_t at = 0; at < len;) {
        size_t step = len - at < 100 ? len - at : 100;

        if (write(fifo, long_text + at, step) != (ssize_t)step)
            _exit(1);
        at += step;
    }
    _exit(0);
}

static struct bytes *open_row(struct arena *arena, const struct row *row, pid_t *child)
{
    struct error err = { 0 };
    struct bytes *bytes;

    *child = 0;
    if (row->kind == FROM_MEMORY)
        return bytes_open_memory(arena, (struct str){ long_text, row->len },
                                 row->memory_step);
    if (row->kind == FROM_FILE) {
        tree_write("a", long_text, row->len);
    } else {
        assert_int_equal(mkfifo("a", 0644), 0);
        *child = write_slowly("a", row->len);
    }
    bytes = bytes_open(arena, "a", &err);
    assert_non_null(bytes);
    return bytes;
}

static void read_whole(const struct row *row, struct bytes *bytes)
{
    static char buffer[LONG_BYTES + 1];
    size_t at = 0, len;

    while ((len = bytes_read(bytes, buffer, row->size)) > 0) {
        size_t most = row->size;

        if (row->memory_step > 0 && row->memory_step < most)
            most = row->memory_step;
        assert_memory_equal(buffer, long_text + at, len);
        at += len;
        /* it does not return early */
        assert_true(len == most || at == row->len);
    }
    assert_int_equal(at, row->len);
    assert_int_equal(bytes_read(bytes, buffer, 1), 0);
}

static void row_test(void **state)
{
    const struct row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct bytes_total total;
    struct bytes *bytes;
    struct tree tree;
    pid_t child;
    int status;

    fill_long_text();
    tree_make(&tree, "");
    bytes = open_row(&arena, row, &child);
    for (int turn = 0; turn < 2 && row->peek; turn++) {
        struct str head = bytes_peek(bytes);

        assert_int_equal(head.len,
                         row->len < BYTES_PEEK_MAX ? row->len : BYTES_PEEK_MAX);
        assert_memory_equal(head.text, long_text, head.len);
    }
    if (row->size > 0)
        read_whole(row, bytes);
    bytes_finish(bytes, &total);
    assert_is_digest_of(&total, long_text, row->len);
    assert_null(total.read_error);
    if (child != 0) {
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_int_equal(status, 0);
    }
    arena_release(&arena);
    tree_remove(&tree);
}

static void what_is_left_is_counted(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct bytes_total total;
    struct bytes *bytes;
    char buffer[10];

    (void)state;
    fill_long_text();
    bytes = bytes_open_memory(&arena, (struct str){ long_text, LONG_BYTES }, 3);
    bytes_peek(bytes);
    assert_int_equal(bytes_read(bytes, buffer, sizeof buffer), 3);
    bytes_finish(bytes, &total);
    assert_is_digest_of(&total, long_text, LONG_BYTES);
    assert_int_equal(bytes_read(bytes, buffer, sizeof buffer), 0);
    arena_release(&arena);
}

static void a_digest_may_be_left_out(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct str text = { long_text, LONG_BYTES };
    struct bytes *bytes = bytes_open_memory(&arena, text, 0);
    struct bytes_total total;

    (void)state;
    fill_long_text();
    bytes_without_digest(bytes);
    bytes_peek(bytes);
    bytes_finish(bytes, &total);
    assert_int_equal(total.bytes, LONG_BYTES);
    assert_string_equal(total.sha256, "");
    arena_release(&arena);
}

/* ---- what cannot be opened ---- */

static const struct refused_row {
    const char *name;
    const char *path, *message;
    bool found; /* by the search of a folder */
} refused_rows[] = {
    { "a file that is not there", "x", "cannot be opened: No such file or directory",
      false },
    { "a folder", "folder", "is a folder; expected a file", false },
    { "a file for a folder", "a/x", "cannot be opened: Not a directory", false },
    { "a file that was found, and is gone", "x",
      "cannot be opened: No such file or directory", true },
    { "a file that was found, and is a folder now", "folder",
      "is a folder; expected a file", true },
    { "a file that was found, and is a FIFO now: nobody waits for it", "fifo",
      "is not a regular file any more", true },
    { "a file that was found, and is a link now: it is not followed", "link",
      "cannot be opened: Too many levels of symbolic links", true },
};

static void refused_test(void **state)
{
    const struct refused_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct error err = { 0 };
    struct tree tree;

    tree_make(&tree, "folder/\na=\nfifo|\nlink->a\n");
    if (row->found)
        assert_null(bytes_open_found(&arena, ".",
                                     arena_printf(&arena, "./%s", row->path), &err));
    else
        assert_null(bytes_open(&arena, row->path, &err));
    assert_string_equal(err.message, row->message);
    arena_release(&arena);
    tree_remove(&tree);
}

static void a_file_that_was_found_is_read(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct error err = { 0 };
    struct bytes_total total;
    struct bytes *bytes;
    struct tree tree;

    (void)state;
    tree_make(&tree, "a=text\n");
    bytes = bytes_open_found(&arena, ".", "./a", &err);
    assert_non_null(bytes);
    bytes_finish(bytes, &total);
    assert_is_digest_of(&total, "text", 4);
    arena_release(&arena);
    tree_remove(&tree);
}

/* Something writes to it once it is open, when the system's clock has gone on. */
static const struct change_row {
    const char *name;
    const char *then; /* what the file holds then */
} change_rows[] = {
    { "a file that grew", "before, and behind" },
    { "a file that shrank", "bef" },
    { "a file that was emptied", "" },
    { "a file of another text", "behind" },
    { "a file of the same text", "before" },
};

static void wait_for_the_clock(void)
{
    const struct timespec tick = { .tv_nsec = 20 * 1000 * 1000 };

    nanosleep(&tick, NULL);
}

static void change_test(void **state)
{
    const struct change_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct error err = { 0 };
    struct bytes_total total;
    struct bytes *bytes;
    struct tree tree;
    char buffer[100];

    tree_make(&tree, "a=before\n");
    bytes = bytes_open_found(&arena, ".", "./a", &err);
    assert_non_null(bytes);
    wait_for_the_clock();
    tree_write("a", row->then, strlen(row->then));
    assert_int_equal(bytes_read(bytes, buffer, sizeof buffer), strlen(row->then));
    assert_memory_equal(buffer, row->then, strlen(row->then));
    bytes_finish(bytes, &total);
    assert_true(total.changed);
    assert_int_equal(total.bytes, strlen(row->then));
    assert_string_equal(total.sha256, ""); /* of what it may never have held */
    tree_remove(&tree);
    arena_release(&arena);
}

/* The time of the last writing can be set back. */
static void what_is_set_back_has_changed(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct error err = { 0 };
    struct bytes_total total;
    struct stat before;
    struct bytes *bytes;
    struct tree tree;

    (void)state;
    tree_make(&tree, "a=before\n");
    assert_int_equal(stat("a", &before), 0);
    bytes = bytes_open_found(&arena, ".", "./a", &err);
    assert_non_null(bytes);
    wait_for_the_clock();
    tree_write("a", "behind", 6);
    assert_int_equal(
        utimensat(AT_FDCWD, "a",
                  (const struct timespec[]){ before.st_atim, before.st_mtim }, 0),
        0);
    bytes_finish(bytes, &total);
    assert_true(total.changed);
    tree_remove(&tree);
    arena_release(&arena);
}

static void what_others_read_stays(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct error err = { 0 };
    struct bytes_total total;
    struct bytes *bytes;
    struct tree tree;
    char buffer[10];
    int other;

    (void)state;
    tree_make(&tree, "a=before\n");
    bytes = bytes_open_found(&arena, ".", "./a", &err);
    assert_non_null(bytes);
    wait_for_the_clock();
    other = open("a", O_RDONLY);
    assert_int_equal(read(other, buffer, sizeof buffer), 6);
    close(other);
    bytes_finish(bytes, &total);
    assert_false(total.changed);
    assert_is_digest_of(&total, "before", 6);
    tree_remove(&tree);
    arena_release(&arena);
}

static void a_file_whose_size_is_not_told_is_read(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct error err = { 0 };
    struct bytes *bytes = bytes_open(&arena, "/proc/self/status", &err);

    (void)state;
    assert_non_null(bytes);
    assert_true(str_starts_with(bytes_peek(bytes), STR("Name:")));
    arena_release(&arena);
}

static void a_file_is_closed_with_the_arena(void **state)
{
    struct error err = { 0 };
    struct tree tree;
    int before, behind;

    (void)state;
    tree_make(&tree, "folder/\na=text\n");
    before = open("a", O_RDONLY);
    close(before);
    for (int i = 0; i < 3; i++) {
        struct arena arena = ARENA_EMPTY;

        assert_non_null(bytes_open(&arena, "a", &err));
        assert_null(bytes_open(&arena, "folder", &err));
        err = (struct error){ 0 };
        arena_release(&arena);
    }
    behind = open("a", O_RDONLY);
    close(behind);
    assert_int_equal(behind, before);
    tree_remove(&tree);
}

/* ---- standard input ---- */

/* Puts `file` in standard input's place and returns what was there. */
static int replace_standard_input(int file)
{
    int before = dup(STDIN_FILENO);

    assert_int_equal(dup2(file, STDIN_FILENO), STDIN_FILENO);
    close(file);
    return before;
}

static void restore_standard_input(int before)
{
    dup2(before, STDIN_FILENO);
    close(before);
}

static void standard_input_is_read_and_stays_open(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct bytes_total total;
    struct error err = { 0 };
    struct bytes *bytes;
    struct tree tree;
    int before;

    (void)state;
    tree_make(&tree, "a=text\n");
    before = replace_standard_input(open("a", O_RDONLY));
    bytes = bytes_open(&arena, "-", &err);
    assert_non_null(bytes);
    bytes_finish(bytes, &total);
    assert_is_digest_of(&total, "text", 4);
    arena_release(&arena);
    assert_true(fcntl(STDIN_FILENO, F_GETFD) >= 0);
    restore_standard_input(before);
    tree_remove(&tree);
}

/* Somebody else may have made the terminal or pipe non-blocking. */
static void a_standard_input_that_does_not_block_is_waited_for(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct bytes_total total;
    struct error err = { 0 };
    struct bytes *bytes;
    int ends[2], before, status;
    pid_t child;

    (void)state;
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(fcntl(ends[0], F_SETFL, O_NONBLOCK), 0);
    child = fork();
    if (child == 0) {
        struct timespec wait = { 0, 20 * 1000 * 1000 };

        for (int i = 0; i < 2; i++) {
            nanosleep(&wait, NULL);
            if (write(ends[1], "ab", 2) != 2)
                _exit(1);
        }
        _exit(0);
    }
    close(ends[1]);
    before = replace_standard_input(ends[0]);
    bytes = bytes_open(&arena, "-", &err);
    assert_non_null(bytes);
    bytes_finish(bytes, &total);
    assert_null(total.read_error);
    assert_is_digest_of(&total, "abab", 4);
    restore_standard_input(before);
    waitpid(child, &status, 0);
    arena_release(&arena);
}

static void do_nothing(int number)
{
    (void)number;
}

static void a_signal_does_not_end_reading(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct sigaction action = { .sa_handler = do_nothing }, before;
    struct bytes_total total;
    struct error err = { 0 };
    struct bytes *bytes;
    struct tree tree;
    pid_t child, parent = getpid();
    int status;

    (void)state;
    sigaction(SIGUSR1, &action, &before);
    tree_make(&tree, "a|\n");
    child = fork();
    if (child == 0) {
        struct timespec wait = { 0, 20 * 1000 * 1000 };
        int fifo = open("a", O_WRONLY);

        for (int i = 0; i < 3; i++) {
            nanosleep(&wait, NULL);
            kill(parent, SIGUSR1);
            nanosleep(&wait, NULL);
            if (write(fifo, "a", 1) != 1)
                _exit(1);
        }
        _exit(0);
    }
    bytes = bytes_open(&arena, "a", &err);
    assert_non_null(bytes);
    bytes_finish(bytes, &total);
    assert_null(total.read_error);
    assert_is_digest_of(&total, "aaa", 3);
    waitpid(child, &status, 0);
    assert_int_equal(status, 0);
    sigaction(SIGUSR1, &before, NULL);
    arena_release(&arena);
    tree_remove(&tree);
}

/* Reading this process's memory at 0 is refused by the system: a read error that needs
 * no broken disk. */
static void a_read_error_is_told(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct bytes_total total;
    struct error err = { 0 };
    struct bytes *bytes = bytes_open(&arena, "/proc/self/mem", &err);
    char buffer[10];

    (void)state;
    if (bytes == NULL)
        skip();
    assert_int_equal(bytes_peek(bytes).len, 0);
    assert_int_equal(bytes_read(bytes, buffer, sizeof buffer), 0);
    bytes_finish(bytes, &total);
    assert_is_digest_of(&total, "", 0);
    assert_string_equal(total.read_error, strerror(EIO));
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, rows, row_test);
    TESTS_ADD(&tests, what_is_left_is_counted);
    TESTS_ADD(&tests, a_digest_may_be_left_out);
    TESTS_ADD_ROWS(&tests, refused_rows, refused_test);
    TESTS_ADD(&tests, a_file_that_was_found_is_read);
    TESTS_ADD_ROWS(&tests, change_rows, change_test);
    TESTS_ADD(&tests, what_is_set_back_has_changed);
    TESTS_ADD(&tests, what_others_read_stays);
    TESTS_ADD(&tests, a_file_whose_size_is_not_told_is_read);
    TESTS_ADD(&tests, a_file_is_closed_with_the_arena);
    TESTS_ADD(&tests, standard_input_is_read_and_stays_open);
    TESTS_ADD(&tests, a_standard_input_that_does_not_block_is_waited_for);
    TESTS_ADD(&tests, a_signal_does_not_end_reading);
    TESTS_ADD(&tests, a_read_error_is_told);
    return tests_run("json_bytes", &tests);
}
