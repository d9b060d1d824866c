#!/bin/bash
# Every report must be the same bytes, however many threads read the evidence: all stories
# of fixtures/ at once, and a tree of many accounts with every way in which cells end. The
# stories that give standard input are left out. Prints TAP.
#
# Built with FLAVOUR=tsan, ThreadSanitizer watches, and ends a run with a status of its own.
set -u
. "$(dirname "$0")/tap.sh"
here=$(cd "$(dirname "$0")" && pwd)
program=${INVAUDIT:?set INVAUDIT to the program to test}
export TSAN_OPTIONS="exitcode=66 ${TSAN_OPTIONS:-}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/evidence" && cd "$work/evidence" || exit 1

for story in "$here"/../fixtures/*/; do
    [ ! -d "$story/evidence" ] || cp -r "$story/evidence" "$(basename "$story")"
done
python3 "$here/scale/tree.py" many 24
# Problems of one source are limited, and so are those that are found when all is read.
mkdir -p limits/123456789012/us-east-1
for _ in $(seq 150); do echo '{"DBSnapshots": [], "DBSnapshots": []}'; done \
    >limits/123456789012/us-east-1/rds-describe-db-snapshots.json

# Functions and literals, which each thread has of its own.
cat >../Mine-001.yaml <<'END'
format: 1
id: Mine-001
title: Snapshots of AWS Backup by their names
severity: low
for_each: region
facts:
  named:
    from: AWS::RDS::DBSnapshot
    where: "matches(DBSnapshotIdentifier, '^awsbackup:') || SnapshotType == `awsbackup`"
outcomes:
  - { result: pass, when: "named > `0`", message: "{named}" }
  - { result: fail, message: "none" }
END

# run THREADS COMMAND: writes COMMAND.* to the folder THREADS
run() {
    local out=../out/$1/$2
    mkdir -p "../out/$1"
    "$program" "$2" --rules ../Mine-001.yaml --jobs "$1" --as-of 2026-01-01 -o text -o json="$out.json" \
        $([ "$2" = evidence ] || echo "-o junit=$out.xml") . >"$out.txt" 2>"$out.stderr"
    echo "$?" >"$out.status"
}

for command in scan evidence; do
    for threads in 1 2 7; do
        run "$threads" "$command"
        [ "$(cat "../out/$threads/$command.status")" -le 3 ]
        say $? "$command with $threads threads ends well" "../out/$threads/$command.stderr"
        diff -r "../out/1" "../out/$threads" >../diff 2>&1
        say $? "$command with $threads threads gives the bytes of one" ../diff
    done
done
[ "$(find . -type f | wc -l)" -gt 500 ] && grep -q '"rule": "Mine-001"' ../out/7/scan.json
say $? "there was something to read"
finish
