/*
 * tree.h - a temporary folder with files in it, for tests.
 *
 *     struct tree tree;
 *     tree_make(&tree, "a.json={}\n" "folder/\n" "link->a.json\n" "pipe|\n");
 *                             // "\v" in what a file holds stands for a line's end
 *     ...                     // the test is in the folder now
 *     tree_remove(&tree);
 */
#ifndef TESTS_UNIT_TREE_H
#define TESTS_UNIT_TREE_H

#include "rows.h"

#include <assert.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

struct tree {
    char path[1024];
    int before; /* the folder that the test was in */
};

static inline void tree_write(const char *path, const char *text, size_t len)
{
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);

    assert(file >= 0 && write(file, text, len) == (ssize_t)len);
    close(file);
}

static inline void tree_add(char *line)
{
    size_t len = strlen(line);
    char *link = strstr(line, "->"), *equals = strchr(line, '=');

    if (equals != NULL) {
        *equals = '\0';
        for (char *at = equals + 1; (at = strchr(at, '\v')) != NULL;)
            *at = '\n';
        tree_write(line, equals + 1, strlen(equals + 1));
    } else if (link != NULL) {
        *link = '\0';
        assert(symlink(link + 2, line) == 0);
    } else if (line[len - 1] == '/') {
        assert(mkdir(line, 0755) == 0);
    } else {
        assert(line[len - 1] == '|');
        line[len - 1] = '\0';
        assert(mkfifo(line, 0644) == 0);
    }
}

/* Adds to the tree that the test is in. */
static inline void tree_add_lines(const char *lines)
{
    char line[128 * 1024];

    for (const char *end; (end = strchr(lines, '\n')) != NULL; lines = end + 1) {
        assert((size_t)(end - lines) < sizeof line);
        memcpy(line, lines, (size_t)(end - lines));
        line[end - lines] = '\0';
        tree_add(line);
    }
}

static inline void tree_make(struct tree *tree, const char *lines)
{
    const char *folder = getenv("TMPDIR");

    snprintf(tree->path, sizeof tree->path, "%s/invaudit-test-XXXXXX",
             folder != NULL ? folder : "/tmp");
    tree->before = open(".", O_RDONLY | O_DIRECTORY);
    assert(tree->before >= 0 && mkdtemp(tree->path) != NULL);
    assert(chmod(tree->path, 0755) == 0 && chdir(tree->path) == 0);
    tree_add_lines(lines);
}

/* Removes what is in the folder, and closes it. False: some is left. */
static inline bool tree_empty(int folder, int depth)
{
    DIR *names = depth > 0 ? fdopendir(folder) : NULL;
    const struct dirent *entry;
    bool done = true;

    if (names == NULL) {
        close(folder);
        return false;
    }
    while ((entry = readdir(names)) != NULL) {
        const char *name = entry->d_name;

        if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0 ||
            unlinkat(folder, name, 0) == 0)
            continue;
        done = tree_empty(openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW),
                          depth - 1) &&
               unlinkat(folder, name, AT_REMOVEDIR) == 0 && done;
    }
    closedir(names);
    return done;
}

/* `rm` is for what is deep: to start it takes longer than most tests. */
static inline void tree_remove(struct tree *tree)
{
    pid_t child;
    int status;

    assert(fchdir(tree->before) == 0);
    close(tree->before);
    if (tree_empty(open(tree->path, O_RDONLY | O_DIRECTORY), 32) &&
        rmdir(tree->path) == 0)
        return;
    child = fork();
    if (child == 0) {
        execlp("rm", "rm", "-rf", "--", tree->path, (char *)NULL);
        _exit(1);
    }
    assert(waitpid(child, &status, 0) == child && status == 0);
}

#endif
