#!/bin/bash
# Makes a release of the last commit: tests/dist.sh VERSION FOLDER
# In FOLDER then: the sources, the static program made of just these, and the digests of
# both. The same commit gives the same bytes, whatever the folder, user, time or clone.
set -eu -o pipefail
export LC_ALL=C
version=$1 folder=$2
cd "$(dirname "$0")/.."
name=invaudit-$version
work=build/dist.work

fail() {
    echo "dist: $*" >&2
    exit 1
}

[ -e .git ] || fail "this is no git clone; a release is made of a commit"
[ -z "$(git status --porcelain)" ] ||
    fail "there are changes that are not committed; commit or stash them: a release is made of a commit"

rm -rf "$folder" "$work"
mkdir -p "$folder" "$work"
# git sorts the names, takes the commit's time, and writes owner and group as 0
git -c core.autocrlf=false -c tar.umask=0022 archive --format=tar --prefix="$name/" HEAD |
    gzip -9 -n >"$work/$name.tar.gz"
tar -C "$work" -xzf "$work/$name.tar.gz"
tests/reproducible.sh "$work/$name" "$work/builds" >&2
program=$work/$name-linux-$(uname -m)
strip -o "$program" "$work/builds/first/build/static/invaudit"
mv "$work/$name.tar.gz" "$program" "$folder"
(cd "$folder" && sha256sum -- * >SHA256SUMS)
rm -rf "$work"
cat "$folder/SHA256SUMS"
