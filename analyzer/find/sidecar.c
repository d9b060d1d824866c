#include "find/sidecar.h"

const char *const sidecar_suffixes[] = { "",     ".json", ".jsonl", ".ndjson",
                                         ".txt", ".out",  NULL };

/* Words are parted by blanks. Of several endings that fit a name the longest counts. */
static const struct row {
    enum sidecar_kind kind;
    const char *what;
    const char *beginnings, *names, *endings;
} rows[] = {
    /* what calls leave beside their answers */
    { SIDECAR_ERRORS, "the error output of a call", "", "",
      ".stderr.txt .stderr.log -stderr.txt -stderr.log _stderr.txt _stderr.log "
      ".error.txt .error.log -error.txt -error.log _error.txt _error.log "
      ".err.txt .err.log -err.txt -err.log _err.txt _err.log "
      ".stderr .errors .error .err" },
    { SIDECAR_STATUS, "the exit status of a call", "", "",
      ".exitcode .exit_code .exit-code .status .exit .ret .rc" },
    { SIDECAR_LOG, "a log", "", "", ".log" },
    { SIDECAR_RUNS, "what the collection script says of its runs", "", "collection.tsv",
      "" },

    /* what shows that nothing was changed */
    { SIDECAR_SIGNATURE, "a digest", "", "MD5SUMS SHA1SUMS SHA256SUMS SHA512SUMS",
      ".sha256sum .sha512sum .sha1sum .md5sum .sha224 .sha256 .sha384 .sha512 .sha1 "
      ".md5 .crc32 .blake3 .b3" },
    { SIDECAR_SIGNATURE, "a signature", "", "",
      ".minisig .sigstore .p7s .asc .sig .tsr .tsq .ots" },

    /* what systems and editors leave */
    { SIDECAR_SYSTEM, "what macOS keeps beside a file", "._",
      ".DS_Store .localized Icon\r", "" },
    { SIDECAR_SYSTEM, "what Windows keeps beside a file", "",
      "Thumbs.db ehthumbs.db desktop.ini",
      ":Zone.Identifier :Zone.Identifier:$DATA \xEF\x80\xBAZone.Identifier "
      ".Zone.Identifier _Zone.Identifier" },
    { SIDECAR_SYSTEM, "what an editor keeps while it is open", ".# .~lock. ~$", "",
      ".swp .swo .swn" },
    { SIDECAR_COPY, "a copy that an editor or a download left", "", "",
      "~ # .bak .backup .orig .old .save .tmp .temp .part .partial .crdownload "
      ".download" },

    /* documents */
    { SIDECAR_DOCUMENT, "an Office document", "", "",
      ".docx .docm .doc .xlsx .xlsm .xlsb .xls .pptx .pptm .ppt .vsdx .odt .ods .odp "
      ".odg .numbers .pages" },
    { SIDECAR_DOCUMENT, "a table of values, not JSON", "", "", ".csv .tsv" },
    { SIDECAR_DOCUMENT, "a document", "", "",
      ".markdown .md .rst .adoc .html .htm .mhtml .xml .pdf .rtf .epub .eml .msg .url "
      ".lnk .webloc" },
    { SIDECAR_DOCUMENT, "a picture", "", "",
      ".png .jpg .jpeg .gif .bmp .svg .webp .heic .tif .tiff .mp4 .mov" },
    { SIDECAR_DOCUMENT, "a script or a program", "", "",
      ".sh .bash .zsh .ps1 .psm1 .bat .cmd .py .rb .pl .js .go .jq .sql .tf .jar "
      ".exe" },
};

enum { COUNT = sizeof rows / sizeof *rows };

/* The length of the longest of the words that fits the name; 0: none does. */
static size_t longest(struct str name, const char *words,
                      bool (*fits)(struct str name, struct str word))
{
    struct str rest = str_from(words), word;
    size_t len = 0;

    while ((word = str_next(&rest, ' ')).text != NULL)
        if (word.len > len && fits(name, word))
            len = word.len;
    return len;
}

static bool ends_in(struct str name, struct str ending)
{
    return name.len > ending.len && str_ends_with_ignoring_case(name, ending);
}

bool sidecar_of(struct str name, struct sidecar *sidecar)
{
    size_t most = 0;

    for (size_t i = 0; i < COUNT; i++) {
        if (longest(name, rows[i].beginnings, str_starts_with) > 0) {
            *sidecar = (struct sidecar){ rows[i].kind, rows[i].what, 0 };
            return true;
        }
    }
    if (str_ends_with_ignoring_case(name, STR(".json")))
        return false; /* as nearly all do */
    for (size_t i = 0; i < COUNT; i++) {
        size_t len = longest(name, rows[i].endings, ends_in);

        if (longest(name, rows[i].names, str_equal_ignoring_case) > 0) {
            *sidecar = (struct sidecar){ rows[i].kind, rows[i].what, 0 };
            return true;
        }
        if (len > most) {
            *sidecar = (struct sidecar){ rows[i].kind, rows[i].what, name.len - len };
            most = len;
        }
    }
    return most > 0;
}

bool is_json_name(struct str name)
{
    struct sidecar sidecar;

    return str_ends_with_ignoring_case(name, STR(".json")) &&
           !sidecar_of(name, &sidecar);
}
