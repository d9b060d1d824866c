#!/bin/bash
# The static program in an empty root: no library, no locale, no device, nothing but the
# program and the files of one story of fixtures/. Its reports must be those of expected/.
# Prints TAP. Skips where nobody lets us change the root (chroot, unshare, bwrap).
set -u
. "$(dirname "$0")/tap.sh"
cd "$(dirname "$0")/../fixtures" || exit 1
program=${STATIC:?set STATIC to the static program to test}
shared=${INVAUDIT:?set INVAUDIT to the usual program}
PATH=$PATH:/usr/sbin:/sbin
# Beside the program, so that it is surely allowed to run there.
work=$(mktemp -d "$(dirname "$program")/root.XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT

# In a locale, a language and a zone that the program must not look for.
inside() { # ROOT COMMAND...
    local root=$1
    shift
    case $way in
    chroot) set -- chroot "$root" "$@" ;;
    unshare) set -- unshare --map-root-user chroot "$root" "$@" ;;
    bwrap) set -- bwrap --bind "$root" / --chdir / "$@" ;;
    esac
    env LC_ALL=tr_TR.UTF-8 LANGUAGE=tr TZ=Asia/Kathmandu "$@"
}

# A way works if it gets as far as to see that there is no such program.
find_way() {
    local said status
    mkdir "$work/empty"
    for way in chroot unshare bwrap; do
        command -v "$way" >/dev/null || continue
        said=$(inside "$work/empty" /none 2>&1)
        status=$?
        [ "$status" -ne 127 ] && [[ $said != *"execvp /none"* ]] || return 0
    done
    return 1
}

make_root() { # STORY: makes $root, with all of the story but what is expected of it
    root=$work/$1
    cp -r "$1" "$root"
    rm -rf "$root/expected"
    ln "$program" "$root/invaudit"
}

LC_ALL=C readelf --program-headers --dynamic "$program" >"$work/headers" 2>&1
grep -q 'LOAD' "$work/headers" && ! grep -q 'INTERP\|NEEDED' "$work/headers"
say $? "it asks for no loader and no library" "$work/headers"

said=$("$program" scan -o xlsx="$work/report.xlsx" /nowhere 2>&1)
[ $? -eq 2 ] && [[ $said = *"this program is linked statically and has no xlsx"* ]] && [ ! -e "$work/report.xlsx" ]
say $? "it loads no library, and says so before it reads anything"

for file in "$program" "$shared"; do
    grep -qF "$(cd .. && pwd -P)" "$file"
    [ $? -eq 1 ]
    say $? "the folder it was built in is not in it: $(basename "$(dirname "$file")")/invaudit"
done

if ! find_way; then
    skip "in an empty root" "the root cannot be changed here (needs root, user namespaces or bwrap)"
    finish
fi

make_root three-accounts
ln "$shared" "$root/shared" 2>/dev/null || cp "$shared" "$root/shared"
inside "$root" /shared --version >/dev/null 2>&1
[ $? -ne 0 ]
say $? "the usual program cannot run there"
rm -rf "$root"

for story in */; do
    story=${story%/}
    [ -d "$story/evidence" ] || [ -f "$story/stdin" ] || continue
    make_root "$story"
    out=$root/out words=(evidence) input=/dev/null
    mkdir "$out"
    [ ! -f "$story/args" ] || mapfile -t words <"$story/args"
    [ ! -f "$story/stdin" ] || input=$story/stdin
    inside "$root" /invaudit scan "${words[@]}" -o text -o json=out/report.json \
        -o junit=out/report.xml >"$out/report.txt" 2>"$out/stderr" <"$input"
    echo "$?" >"$out/exit"
    inside "$root" /invaudit evidence --list "${words[@]}" >"$out/evidence.txt" 2>/dev/null <"$input"
    for file in report.json report.xml; do
        [ -e "$story/expected/$file" ] || rm "$out/$file" # are kept of a few stories
    done
    diff -r --exclude={decided,digests,workbook,summary.txt} "$story/expected" "$out" >"$work/diff" 2>&1
    say $? "$story: as expected" "$work/diff"
done

mkdir "$work/none"
ln "$program" "$work/none/invaudit"
for words in 'rules test' 'rules show Backup-001' --help; do
    inside "$work/none" /invaudit $words >"$work/inside" 2>&1 &&
        "$shared" $words >"$work/outside" 2>&1 &&
        diff "$work/outside" "$work/inside" >"$work/diff"
    say $? "$words: as the usual program" "$work/diff"
done
echo '{"there": "Europe/Berlin", "utc": "Etc/UTC"}' >"$work/none/zones.json"
inside "$work/none" /invaudit query \
    '[schedule(none, there).[type(gap_hours), notes[0]], schedule(none, utc).gap_hours][]' zones.json >"$work/inside" 2>&1
[ "$(tr -d ' \n' <"$work/inside")" = '["null","no-time-zones",24]' ]
say $? "without a tz database, UTC is the only zone" "$work/inside"
finish
