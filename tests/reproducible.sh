#!/bin/bash
# Builds the sources twice, in two folders, and compares the programs byte by byte:
# tests/reproducible.sh SOURCE_FOLDER WORK_FOLDER
# The second build has another path, locale, zone, home, umask and age of the files. The
# first is left below WORK_FOLDER/first, for `make dist`. Prints TAP.
set -u
. "$(dirname "$0")/tap.sh"
source=$1 work=$2
needed=(Makefile CHANGELOG.md analyzer rules)
parts=(build/obj/invaudit.a build/invaudit build/static/invaudit)

build() { # FOLDER DATE VARIABLE=VALUE...
    local folder=$1 date=$2 jobs=
    shift 2
    mkdir -p "$folder" &&
        (cd "$source" && cp -r "${needed[@]}" "$folder") &&
        find "$folder" -exec touch -d "$date" {} + || return 1
    # a make that runs this hands out its jobs
    case ${MAKEFLAGS:-} in *jobserver*) ;; *) jobs=-j$(nproc) ;; esac
    env "$@" "${MAKE:-make}" -s -C "$folder" $jobs FLAVOUR=release all static >"$work/log" 2>&1
}

rm -rf "$work"
mkdir -p "$work" && work=$(cd "$work" && pwd -P) || exit 1
first=$work/first second=$work/second/below/a-longer-path
build "$first" 2026-01-01 LC_ALL=C TZ=UTC &&
    (umask 077 && build "$second" 2001-01-01 LC_ALL=tr_TR.UTF-8 TZ=Asia/Kathmandu HOME=/nonexistent)
say $? "both builds end well" "$work/log"
[ "$failed" -eq 0 ] || finish
for part in "${parts[@]}"; do
    cmp "$first/$part" "$second/$part" >"$work/log" 2>&1
    say $? "two builds of $part are the same bytes" "$work/log"
done
finish
