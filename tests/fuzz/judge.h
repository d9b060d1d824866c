/*
 * judge.h - for fuzz targets: a temporary folder with files in it, and the reports of
 * what is found there.
 *
 *     const char *root = judge_folder();                    // one a process
 *     judge_write("evidence/a.json", text);
 *     judge(&arena, book, &settings, true);                 // root/evidence
 *
 * The folder is removed when the process ends well.
 */
#ifndef TESTS_FUZZ_JUDGE_H
#define TESTS_FUZZ_JUDGE_H

#include "report/report.h"
#include "rulebook/rulebook.h"
#include "scan.h"

#include <assert.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char judge_root[256];

static inline void judge_path(char *path, size_t size, const char *name)
{
    size_t len = (size_t)snprintf(path, size, "%s/%s", judge_root, name);

    assert(len < size);
}

static inline void judge_remove_folder(void)
{
    char command[300];
    int status;

    snprintf(command, sizeof command, "rm -rf '%s'", judge_root);
    status = system(command);
    (void)status;
}

static inline const char *judge_folder(void)
{
    const char *temporary = getenv("TMPDIR");

    if (judge_root[0] != '\0')
        return judge_root;
    snprintf(judge_root, sizeof judge_root, "%s/invaudit-fuzz-XXXXXX",
             temporary != NULL ? temporary : "/tmp");
    assert(mkdtemp(judge_root) != NULL);
    atexit(judge_remove_folder);
    return judge_root;
}

static inline void judge_make_folder(const char *name)
{
    char path[512];

    judge_path(path, sizeof path, name);
    assert(mkdir(path, 0755) == 0);
}

static inline void judge_write(const char *name, struct str text)
{
    char path[512];
    int file;

    judge_path(path, sizeof path, name);
    file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    assert(file >= 0);
    assert(write(file, text.text, text.len) == (ssize_t)text.len);
    close(file);
}

static inline void judge_remove(const char *name)
{
    char path[512];

    judge_path(path, sizeof path, name);
    unlink(path);
}

/* As many as there are, each with its text. */
static inline void judge_check_list(const json_t *report, const char *name,
                                    size_t count)
{
    const json_t *list = json_object_get(report, name);

    assert(json_array_size(list) == count);
    for (size_t i = 0; i < count; i++)
        assert(json_is_string(json_object_get(json_array_get(list, i), "message")));
}

static inline void judge_check_json(struct str text,
                                    const struct assessment *assessment,
                                    const struct report_formats *formats)
{
    json_error_t why;
    json_t *report =
        json_loadb(text.text, text.len, JSON_ALLOW_NUL | JSON_REJECT_DUPLICATES, &why);

    if (report == NULL)
        fprintf(stderr, "line %d: %s\n%.*s\n", why.line, why.text, STR_ARG(text));
    assert(report != NULL);
    judge_check_list(report, "problems", assessment->problem_count);
    if (formats == &scan_formats)
        judge_check_list(report, "findings", assessment->finding_count);
    json_decref(report);
}

static inline void judge_report(struct arena *arena,
                                const struct assessment *assessment,
                                const struct report_formats *formats, const char *name)
{
    const struct report_style style = { .width = REPORT_WIDTH };
    const struct report_format *format = report_format_find(formats, str_from(name));
    struct buf out = BUF_EMPTY(arena);

    format->write(assessment, &style, &out);
    assert(out.len > 0);
    if (strcmp(name, "json") == 0)
        judge_check_json(buf_str(&out), assessment, formats);
}

/* Of a file or a folder; its path lives on. False: there is nothing of what was asked
 * for. */
static inline bool judge_scan(struct arena *arena, const struct rulebook *book,
                              const struct settings *settings, const char *path,
                              struct assessment *assessment)
{
    const char **paths = arena_array(arena, 1, const char *);
    const struct scan_wanted wanted = {
        .book = book, .settings = settings, .paths = paths, .path_count = 1, .jobs = 1
    };
    struct error err = { 0 };

    paths[0] = path;
    if (scan(arena, &wanted, assessment, &err))
        return true;
    assert(err.message[0] != '\0');
    return false;
}

/* False: as above. All formats take three times as long as the JSON of findings alone.
 */
static inline bool judge(struct arena *arena, const struct rulebook *book,
                         const struct settings *settings, bool all_formats)
{
    struct assessment assessment = { 0 };
    char path[512];

    judge_path(path, sizeof path, "evidence");
    if (!judge_scan(arena, book, settings, path, &assessment))
        return false;
    judge_report(arena, &assessment, &scan_formats, "json");
    if (!all_formats)
        return true;
    judge_report(arena, &assessment, &scan_formats, "text");
    judge_report(arena, &assessment, &scan_formats, "junit");
    for (size_t i = 0; i < evidence_formats.count; i++)
        judge_report(arena, &assessment, &evidence_formats,
                     evidence_formats.items[i].name);
    return true;
}

#endif
