#!/bin/bash
# Builds the sources twice, in two folders, and compares the programs byte by byte:
# tests/reproducible.sh SOURCE_FOLDER WORK_FOLDER
# The second build has another path, locale, zone, home, umask and age of the files. The
# first is left below WORK_FOLDER/first, for `make dist`. Prints TAP.
set -u
source=$1 work=$2
needed=(Makefile CHANGELOG.md analyzer rules)
parts=(build/obj/invaudit.a build/invaudit build/static/invaudit)
failed=0

build() { # FOLDER DATE VARIABLE=VALUE...
    local folder=$1 date=$2 jobs=
    shift 2
    mkdir -p "$folder" &&
        (cd "$source" && cp -r "${needed[@]}" "$folder") &&
        find "$folder" -exec touch -d "$date" {} + || return 1
    # a make that runs this hands out its jobs
    case ${MAKEFLAGS:-} in *jobserver*) ;; *) jobs=-j$(nproc) ;; esac
    env "$@" "${MAKE:-make}" -s -C "$folder" $jobs FLAVOUR=release all static >"$work/log" 2>&1 || {
        sed 's/^/# /' "$work/log"
        return 1
    }
}

rm -rf "$work"
mkdir -p "$work" && work=$(cd "$work" && pwd -P) || exit 1
first=$work/first second=$work/second/below/a-longer-path
build "$first" 2026-01-01 LC_ALL=C TZ=UTC &&
    (umask 077 && build "$second" 2001-01-01 LC_ALL=tr_TR.UTF-8 TZ=Asia/Kathmandu HOME=/nonexistent)
if [ $? -ne 0 ]; then
    echo "not ok 1 - both builds end well"
    echo 1..1
    exit 1
fi
echo "ok 1 - both builds end well"
for i in "${!parts[@]}"; do
    if cmp "$first/${parts[i]}" "$second/${parts[i]}"; then
        echo "ok $((i + 2)) - two builds of ${parts[i]} are the same bytes"
    else
        echo "not ok $((i + 2)) - two builds of ${parts[i]} are the same bytes"
        failed=1
    fi
done
echo "1..$((${#parts[@]} + 1))"
exit $failed
