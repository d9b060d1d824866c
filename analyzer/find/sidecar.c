#include "find/sidecar.h"

#include <string.h>

const char *const sidecar_suffixes[] = { "",     ".json", ".jsonl", ".ndjson",
                                         ".txt", ".out",  NULL };

static const char words_errors[] = "the error output of a call";
static const char words_status[] = "the exit status of a call";
static const char words_digest[] = "a digest";
static const char words_signature[] = "a signature";
static const char words_copy[] = "a copy that an editor or a download left";
static const char words_swap[] = "what an editor keeps while it is open";
static const char words_mac[] = "what macOS keeps beside a file";
static const char words_windows[] = "what Windows keeps beside a file";
static const char words_office[] = "an Office document";
static const char words_picture[] = "a picture";
static const char words_script[] = "a script or a program";
static const char words_document[] = "a document";

struct row {
    const char *text;
    enum sidecar_kind kind;
    const char *what;
};

/* How names begin. */
static const struct row prefixes[] = {
    { "._", SIDECAR_SYSTEM, words_mac },
    { ".#", SIDECAR_SYSTEM, words_swap },
    { ".~lock.", SIDECAR_SYSTEM, words_swap },
    { "~$", SIDECAR_SYSTEM, words_swap },
};

/* Whole names. */
static const struct row names[] = {
    { ".DS_Store", SIDECAR_SYSTEM, words_mac },
    { ".localized", SIDECAR_SYSTEM, words_mac },
    { "Icon\r", SIDECAR_SYSTEM, words_mac },
    { "Thumbs.db", SIDECAR_SYSTEM, words_windows },
    { "ehthumbs.db", SIDECAR_SYSTEM, words_windows },
    { "desktop.ini", SIDECAR_SYSTEM, words_windows },
    { "MD5SUMS", SIDECAR_SIGNATURE, words_digest },
    { "SHA1SUMS", SIDECAR_SIGNATURE, words_digest },
    { "SHA256SUMS", SIDECAR_SIGNATURE, words_digest },
    { "SHA512SUMS", SIDECAR_SIGNATURE, words_digest },
};

/* How names end; the longest of several that fit stands first. */
static const struct row suffixes[] = {
    /* what calls leave beside their answers */
    { ".stderr.txt", SIDECAR_ERRORS, words_errors },
    { ".stderr.log", SIDECAR_ERRORS, words_errors },
    { "-stderr.txt", SIDECAR_ERRORS, words_errors },
    { "-stderr.log", SIDECAR_ERRORS, words_errors },
    { "_stderr.txt", SIDECAR_ERRORS, words_errors },
    { "_stderr.log", SIDECAR_ERRORS, words_errors },
    { ".error.txt", SIDECAR_ERRORS, words_errors },
    { ".error.log", SIDECAR_ERRORS, words_errors },
    { "-error.txt", SIDECAR_ERRORS, words_errors },
    { "-error.log", SIDECAR_ERRORS, words_errors },
    { "_error.txt", SIDECAR_ERRORS, words_errors },
    { "_error.log", SIDECAR_ERRORS, words_errors },
    { ".err.txt", SIDECAR_ERRORS, words_errors },
    { ".err.log", SIDECAR_ERRORS, words_errors },
    { "-err.txt", SIDECAR_ERRORS, words_errors },
    { "-err.log", SIDECAR_ERRORS, words_errors },
    { "_err.txt", SIDECAR_ERRORS, words_errors },
    { "_err.log", SIDECAR_ERRORS, words_errors },
    { ".stderr", SIDECAR_ERRORS, words_errors },
    { ".errors", SIDECAR_ERRORS, words_errors },
    { ".error", SIDECAR_ERRORS, words_errors },
    { ".err", SIDECAR_ERRORS, words_errors },
    { ".exitcode", SIDECAR_STATUS, words_status },
    { ".exit_code", SIDECAR_STATUS, words_status },
    { ".exit-code", SIDECAR_STATUS, words_status },
    { ".status", SIDECAR_STATUS, words_status },
    { ".exit", SIDECAR_STATUS, words_status },
    { ".ret", SIDECAR_STATUS, words_status },
    { ".rc", SIDECAR_STATUS, words_status },
    { ".log", SIDECAR_LOG, "a log" },

    /* what shows that nothing was changed */
    { ".sha256sum", SIDECAR_SIGNATURE, words_digest },
    { ".sha512sum", SIDECAR_SIGNATURE, words_digest },
    { ".sha1sum", SIDECAR_SIGNATURE, words_digest },
    { ".md5sum", SIDECAR_SIGNATURE, words_digest },
    { ".sha224", SIDECAR_SIGNATURE, words_digest },
    { ".sha256", SIDECAR_SIGNATURE, words_digest },
    { ".sha384", SIDECAR_SIGNATURE, words_digest },
    { ".sha512", SIDECAR_SIGNATURE, words_digest },
    { ".sha1", SIDECAR_SIGNATURE, words_digest },
    { ".md5", SIDECAR_SIGNATURE, words_digest },
    { ".crc32", SIDECAR_SIGNATURE, words_digest },
    { ".blake3", SIDECAR_SIGNATURE, words_digest },
    { ".b3", SIDECAR_SIGNATURE, words_digest },
    { ".minisig", SIDECAR_SIGNATURE, words_signature },
    { ".sigstore", SIDECAR_SIGNATURE, words_signature },
    { ".p7s", SIDECAR_SIGNATURE, words_signature },
    { ".asc", SIDECAR_SIGNATURE, words_signature },
    { ".sig", SIDECAR_SIGNATURE, words_signature },
    { ".tsr", SIDECAR_SIGNATURE, words_signature },
    { ".tsq", SIDECAR_SIGNATURE, words_signature },
    { ".ots", SIDECAR_SIGNATURE, words_signature },

    /* what systems and editors leave */
    { ":Zone.Identifier", SIDECAR_SYSTEM, words_windows },
    { ":Zone.Identifier:$DATA", SIDECAR_SYSTEM, words_windows },
    { "\xEF\x80\xBAZone.Identifier", SIDECAR_SYSTEM, words_windows },
    { ".Zone.Identifier", SIDECAR_SYSTEM, words_windows },
    { "_Zone.Identifier", SIDECAR_SYSTEM, words_windows },
    { ".swp", SIDECAR_SYSTEM, words_swap },
    { ".swo", SIDECAR_SYSTEM, words_swap },
    { ".swn", SIDECAR_SYSTEM, words_swap },
    { "~", SIDECAR_COPY, words_copy },
    { "#", SIDECAR_COPY, words_copy },
    { ".bak", SIDECAR_COPY, words_copy },
    { ".backup", SIDECAR_COPY, words_copy },
    { ".orig", SIDECAR_COPY, words_copy },
    { ".old", SIDECAR_COPY, words_copy },
    { ".save", SIDECAR_COPY, words_copy },
    { ".tmp", SIDECAR_COPY, words_copy },
    { ".temp", SIDECAR_COPY, words_copy },
    { ".part", SIDECAR_COPY, words_copy },
    { ".partial", SIDECAR_COPY, words_copy },
    { ".crdownload", SIDECAR_COPY, words_copy },
    { ".download", SIDECAR_COPY, words_copy },

    /* documents */
    { ".docx", SIDECAR_DOCUMENT, words_office },
    { ".docm", SIDECAR_DOCUMENT, words_office },
    { ".doc", SIDECAR_DOCUMENT, words_office },
    { ".xlsx", SIDECAR_DOCUMENT, words_office },
    { ".xlsm", SIDECAR_DOCUMENT, words_office },
    { ".xlsb", SIDECAR_DOCUMENT, words_office },
    { ".xls", SIDECAR_DOCUMENT, words_office },
    { ".pptx", SIDECAR_DOCUMENT, words_office },
    { ".pptm", SIDECAR_DOCUMENT, words_office },
    { ".ppt", SIDECAR_DOCUMENT, words_office },
    { ".vsdx", SIDECAR_DOCUMENT, words_office },
    { ".odt", SIDECAR_DOCUMENT, words_office },
    { ".ods", SIDECAR_DOCUMENT, words_office },
    { ".odp", SIDECAR_DOCUMENT, words_office },
    { ".odg", SIDECAR_DOCUMENT, words_office },
    { ".numbers", SIDECAR_DOCUMENT, words_office },
    { ".pages", SIDECAR_DOCUMENT, words_office },
    { ".csv", SIDECAR_DOCUMENT, "a table of values, not JSON" },
    { ".tsv", SIDECAR_DOCUMENT, "a table of values, not JSON" },
    { ".markdown", SIDECAR_DOCUMENT, words_document },
    { ".md", SIDECAR_DOCUMENT, words_document },
    { ".rst", SIDECAR_DOCUMENT, words_document },
    { ".adoc", SIDECAR_DOCUMENT, words_document },
    { ".html", SIDECAR_DOCUMENT, words_document },
    { ".htm", SIDECAR_DOCUMENT, words_document },
    { ".mhtml", SIDECAR_DOCUMENT, words_document },
    { ".xml", SIDECAR_DOCUMENT, words_document },
    { ".pdf", SIDECAR_DOCUMENT, words_document },
    { ".rtf", SIDECAR_DOCUMENT, words_document },
    { ".epub", SIDECAR_DOCUMENT, words_document },
    { ".eml", SIDECAR_DOCUMENT, words_document },
    { ".msg", SIDECAR_DOCUMENT, words_document },
    { ".url", SIDECAR_DOCUMENT, words_document },
    { ".lnk", SIDECAR_DOCUMENT, words_document },
    { ".webloc", SIDECAR_DOCUMENT, words_document },
    { ".png", SIDECAR_DOCUMENT, words_picture },
    { ".jpg", SIDECAR_DOCUMENT, words_picture },
    { ".jpeg", SIDECAR_DOCUMENT, words_picture },
    { ".gif", SIDECAR_DOCUMENT, words_picture },
    { ".bmp", SIDECAR_DOCUMENT, words_picture },
    { ".svg", SIDECAR_DOCUMENT, words_picture },
    { ".webp", SIDECAR_DOCUMENT, words_picture },
    { ".heic", SIDECAR_DOCUMENT, words_picture },
    { ".tif", SIDECAR_DOCUMENT, words_picture },
    { ".tiff", SIDECAR_DOCUMENT, words_picture },
    { ".mp4", SIDECAR_DOCUMENT, words_picture },
    { ".mov", SIDECAR_DOCUMENT, words_picture },
    { ".sh", SIDECAR_DOCUMENT, words_script },
    { ".bash", SIDECAR_DOCUMENT, words_script },
    { ".zsh", SIDECAR_DOCUMENT, words_script },
    { ".ps1", SIDECAR_DOCUMENT, words_script },
    { ".psm1", SIDECAR_DOCUMENT, words_script },
    { ".bat", SIDECAR_DOCUMENT, words_script },
    { ".cmd", SIDECAR_DOCUMENT, words_script },
    { ".py", SIDECAR_DOCUMENT, words_script },
    { ".rb", SIDECAR_DOCUMENT, words_script },
    { ".pl", SIDECAR_DOCUMENT, words_script },
    { ".js", SIDECAR_DOCUMENT, words_script },
    { ".go", SIDECAR_DOCUMENT, words_script },
    { ".jq", SIDECAR_DOCUMENT, words_script },
    { ".sql", SIDECAR_DOCUMENT, words_script },
    { ".tf", SIDECAR_DOCUMENT, words_script },
    { ".jar", SIDECAR_DOCUMENT, words_script },
    { ".exe", SIDECAR_DOCUMENT, words_script },
};

static bool fill(const struct row *row, size_t of_bytes, struct sidecar *sidecar)
{
    *sidecar = (struct sidecar){ row->kind, row->what, of_bytes };
    return true;
}

bool sidecar_of(struct str name, struct sidecar *sidecar)
{
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
        if (str_starts_with(name, str_from(prefixes[i].text)))
            return fill(&prefixes[i], 0, sidecar);
    if (str_ends_with_ignoring_case(name, STR(".json")))
        return false; /* as nearly all are */
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_equal_ignoring_case(name, str_from(names[i].text)))
            return fill(&names[i], 0, sidecar);
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
        struct str suffix = str_from(suffixes[i].text);

        if (name.len > suffix.len && str_ends_with_ignoring_case(name, suffix))
            return fill(&suffixes[i], name.len - suffix.len, sidecar);
    }
    return false;
}

bool is_json_name(struct str name)
{
    struct sidecar sidecar;

    return str_ends_with_ignoring_case(name, STR(".json")) &&
           !sidecar_of(name, &sidecar);
}
