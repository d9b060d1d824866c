#!/bin/bash
# The floors of analyzer/: includes point down only, each library has one door, and each
# structure a name of its own. No file of it is too long, nor is one of the unit tests.
# tests/floors.sh FOLDER
set -u
export LC_ALL=C
units=$(cd "$(dirname "$0")/unit" && pwd) || exit 2
cd "$1" || exit 2

# floor: the floors it may include, besides itself
declare -A may=(
    [base]=""
    [jmespath]="base"
    [config]="base"
    [aws]="base"
    [catalog]="base config"
    [json]="base"
    [find]="base config aws catalog json"
    [rulebook]="base jmespath config aws catalog"
    [query]="base jmespath json"
    [gather]="base jmespath config aws catalog json find rulebook"
    [state]="base aws catalog json find rulebook gather"
    [judge]="base jmespath config aws catalog json find rulebook gather"
    [explain]="base jmespath config aws catalog json find rulebook gather judge"
    [collect]="base jmespath config catalog json find rulebook gather"
    [report]="base jmespath config catalog json find rulebook gather judge explain collect"
    [compare]="base catalog json find rulebook gather report"
    [cli]="base jmespath config aws catalog json find rulebook query gather state judge explain collect report compare ."
    [.]="base jmespath config aws catalog json find rulebook query gather state judge explain collect report compare cli"
)
# library header: the one file that includes it
declare -A door=(
    [yaml.h]="config/yaml.c"
    [pcre2.h]="base/pattern.c"
    [nettle/sha2.h]="base/digest.c"
    [seccomp.h]="seccomp.c"
    [linux/seccomp.h]="base/sandbox.c"
    [archive.h]="json/tar.c"
    [archive_entry.h]="json/tar.c"
    [minizip/unzip.h]="json/zip.c"
    [zlib.h]="json/expand.c"
    [lzma.h]="json/expand.c"
    [zstd.h]="json/expand.c"
    [zstd_errors.h]="json/expand.c"
    [bzlib.h]="json/expand.c"
    [dlfcn.h]="report/workbook.c"
    [xlsxwriter.h]="none: report/workbook.h declares what is used"
)
# no jansson below the floors that know JSON
no_json="base aws"
wrong=0

complain() {
    echo "floors: $*"
    wrong=1
}

for folder in */; do
    [ -n "${may[${folder%/}]+set}" ] || complain "${folder%/}: no such floor; add it to tests/floors.sh and analyzer/README.md"
done

while IFS=: read -r file line include; do
    file=${file#./}
    floor=$(dirname "$file")
    case $include in
    *'<'*)
        header=${include#*<} header=${header%%>*}
        if [ -n "${door[$header]+set}" ] && [ "${door[$header]}" != "$file" ]; then
            complain "$file:$line: <$header> has one door, ${door[$header]}"
        fi
        if [ "$header" = jansson.h ] && [[ " $no_json " == *" $floor "* ]]; then
            complain "$file:$line: $floor/ knows no JSON"
        fi
        ;;
    *'"'*)
        header=${include#*\"} header=${header%%\"*}
        other=$(dirname "$header")
        [ -f "$header" ] || complain "$file:$line: \"$header\": write the path from analyzer/"
        if [ "$other" != "$floor" ] && [[ " ${may[$floor]} " != *" $other "* ]]; then
            complain "$file:$line: $floor/ may not include $other/"
        fi
        ;;
    esac
done < <(grep -rnE '^ *# *include' --include='*.[ch]' .)

# One word, one thing: no two structures of one name.
while read -r name; do
    complain "'struct $name' is defined twice: $(grep -rlE "^struct $name \{" --include='*.[ch]' . | sort | tr '\n' ' ')"
done < <(grep -rhoE '^struct [a-z_]+ \{' --include='*.[ch]' . | cut -d ' ' -f 2 | sort | uniq -d)

while read -r lines file; do
    [ "$file" = total ] || [ "$lines" -le 800 ] ||
        complain "${file/#"$units"/tests\/unit}: $lines lines; split it by noun (800 at most)"
done < <(find . "$units" -name '*.[ch]' -exec wc -l {} +)

exit $wrong
