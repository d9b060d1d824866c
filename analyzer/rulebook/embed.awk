# embed.awk - the files named on the command line as C text, for rulebook/embedded.h.
#
#     LC_ALL=C awk -f embed.awk rules/Backup-001.yaml >embedded.c
#
# A line of a file is a line of C. Bytes that are no printable ASCII are octal escapes of
# three digits, so that no digit behind one is taken for a part of it.

BEGIN {
    for (byte = 1; byte < 256; byte++)
        escape[sprintf("%c", byte)] = sprintf("\\%03o", byte)
    for (byte = 32; byte < 127; byte++)
        escape[sprintf("%c", byte)] = sprintf("%c", byte)
    escape["\t"] = "\\t"
    escape["\\"] = "\\\\"
    escape["\""] = "\\\""
    escape["?"] = "\\?"
    if (ARGC < 2) {
        print "embed.awk: expected the files to embed" >"/dev/stderr"
        bad = 1
        exit 2
    }
    print "/* Made by rulebook/embed.awk. */"
    print "#include \"rulebook/embedded.h\""
}

FNR == 1 {
    start(FILENAME)
}

{
    line = ""
    for (at = 1; at <= length($0); at++)
        line = line escape[substr($0, at, 1)]
    print "    \"" line "\\n\""
}

END {
    if (bad)
        exit 2
    if (open)
        print "    ;"
    open = 0
    for (i = 1; i < ARGC; i++)
        if (!(ARGV[i] in number)) {
            start(ARGV[i])
            print "    ;"
            open = 0
        }
    print ""
    print "const struct embedded_file embedded_files[] = {"
    for (i = 1; i < ARGC; i++) {
        text = "text_" number[ARGV[i]]
        print "    { \"" quoted(ARGV[i]) "\", " text ", sizeof " text " - 1 },"
    }
    print "};"
    print ""
    print "const size_t embedded_file_count ="
    print "    sizeof embedded_files / sizeof embedded_files[0];"
}

function start(path)
{
    if (open)
        print "    ;"
    open = 1
    number[path] = count++
    print ""
    print "static const char text_" number[path] "[] ="
    print "    \"\""
}

function quoted(path,    at, text)
{
    for (at = 1; at <= length(path); at++)
        text = text escape[substr(path, at, 1)]
    return text
}
