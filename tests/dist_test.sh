#!/bin/bash
# What `make dist` left in FOLDER is what a user can build, test and run without git:
# tests/dist_test.sh FOLDER. Prints TAP.
set -u
export LC_ALL=C
. "$(dirname "$0")/tap.sh"
cd "$1" || exit 1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

archive=$(echo *.tar.gz) name=${archive%.tar.gz}
program=$PWD/$(echo "$name"-linux-*)

[ "$(ls | tr '\n' ' ')" = "SHA256SUMS ${program##*/} $archive " ]
say $? "a tar, a program and SHA256SUMS: nothing else"
sha256sum --check --strict SHA256SUMS >"$work/log" 2>&1 && [ "$(wc -l <SHA256SUMS)" -eq 2 ]
say $? "SHA256SUMS has the digest of each" "$work/log"

tar --numeric-owner --full-time -tvzf "$archive" >"$work/list"
awk '{ print $2, $4, $5 }' "$work/list" | sort -u >"$work/owners"
[ "$(wc -l <"$work/owners")" -eq 1 ] && grep -q '^0/0 ' "$work/owners"
say $? "the tar has one time, and nobody as owner" "$work/owners"
awk '{ print $6 }' "$work/list" | grep -v "^$name/" >"$work/log"
[ ! -s "$work/log" ] && grep -q "$name/analyzer/scan.c$" "$work/list"
say $? "all that is in it is below one folder" "$work/log"
[ "$(od -An -tx1 -N8 "$archive" | tr -d ' ')" = 1f8b080000000000 ]
say $? "gzip has neither a name nor a time"

# a git that ends everything that calls it
mkdir "$work/bin"
printf '#!/bin/sh\necho "git was called" >&2\nkill -9 $PPID\n' >"$work/bin/git"
chmod +x "$work/bin/git"
tar -C "$work" -xzf "$archive"
unset MAKEFLAGS MAKELEVEL MFLAGS
PATH=$work/bin:$PATH make -C "$work/$name" -j"$(nproc)" all test-unit >"$work/log" 2>&1 &&
    grep -q '^[1-9][0-9]* passed, 0 failed$' "$work/log"
say $? "it builds, and its unit tests hold, without git" "$work/log"
[ "$("$program" --version)" = "invaudit ${name#invaudit-}" ] &&
    [ "$("$program" rules test)" = "$("$work/$name/build/invaudit" rules test)" ]
say $? "the program is of the same version, and its rules hold"
finish
