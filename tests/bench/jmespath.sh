#!/bin/bash
# Measures `invaudit query` against jp, jq and python3-jmespath, whole processes over one
# document, and prints ratios of one run: tests/bench/jmespath.sh FOLDER
#
# Environment: BENCH_MB (of the document; 100), INVAUDIT (the program), CC, CFLAGS.
# The document is kept in FOLDER from run to run.
set -eu
export LC_ALL=C

folder=$1
megabytes=${BENCH_MB:-100}
cc=${CC:-gcc}
invaudit=${INVAUDIT:-build/invaudit}
turns=3
mkdir -p "$folder"

for tool in jp jq python3 /usr/bin/time; do
    command -v "$tool" >/dev/null || { echo "bench: no $tool here; run make deps-bench first" >&2; exit 2; }
done
python3 -c 'import jmespath' || { echo "bench: no jmespath.py here; run make deps-bench first" >&2; exit 2; }
[ -x "$invaudit" ] || { echo "bench: $invaudit is not built; run make first" >&2; exit 2; }

# shellcheck disable=SC2086  # flags are words
$cc -std=c11 -D_POSIX_C_SOURCE=200809L -O2 ${CFLAGS:-} -o "$folder/generate" "$(dirname "$0")/generate.c"

# generate_once FILE ARGUMENTS...
generate_once() {
    mkdir -p "${1%/*}"
    [ -f "$1" ] || { "$folder/generate" "${@:2}" >"$1.part" && mv "$1.part" "$1"; }
}

large=$folder/large-$megabytes/111122223333/eu-central-1/describe-db-snapshots.json
small=$folder/small/111122223333/eu-central-1/describe-db-snapshots.json
generate_once "$large" "$megabytes" pretty 111122223333 eu-central-1
generate_once "$small" 0.05 pretty 111122223333 eu-central-1

# ---- the queries ----------------------------------------------------------------------

# A name, in JMESPath, and in jq's language.
queries=(
    'the published query'
    'DBSnapshots[?(SnapshotType==`awsbackup`)]'
    '[.DBSnapshots[] | select(.SnapshotType == "awsbackup")]'

    'a count'
    'length(DBSnapshots[?(SnapshotType==`awsbackup`)])'
    '[.DBSnapshots[] | select(.SnapshotType == "awsbackup")] | length'

    'the newest'
    'sort_by(DBSnapshots, &SnapshotCreateTime)[-1].DBSnapshotIdentifier'
    '.DBSnapshots | sort_by(.SnapshotCreateTime) | .[-1].DBSnapshotIdentifier'

    'two fields of each'
    'DBSnapshots[*].[DBSnapshotIdentifier,SnapshotType]'
    '[.DBSnapshots[] | [.DBSnapshotIdentifier, .SnapshotType]]'
)
in_python='import json, jmespath, sys
with open(sys.argv[2]) as file:
    json.dump(jmespath.search(sys.argv[1], json.load(file)), sys.stdout, indent=4, ensure_ascii=False)'

# run TOOL JMESPATH JQ FILE
run() {
    case $1 in
    invaudit) ${timing:-} "$invaudit" query "$2" "$4" ;;
    # its literals are JSON only
    jp) ${timing:-} jp -f "$4" "${2//\`awsbackup\`/\'awsbackup\'}" ;;
    jq) ${timing:-} jq --indent 4 "$3" "$4" ;;
    python) ${timing:-} python3 -c "$in_python" "$2" "$4" ;;
    esac
}

# The best of some turns: "SECONDS PEAK_KB".
best() {
    local turn
    timing="/usr/bin/time -o $folder/time -f %e:%M"
    for ((turn = 0; turn < turns; turn++)); do
        run "$@" >/dev/null
        tr : ' ' <"$folder/time"
    done | sort -n | awk 'NR == 1 { seconds = $1 } { if ($2 > peak) peak = $2 } END { print (seconds + 0 == 0 ? 0.01 : seconds), peak }'
    timing=
}

echo "invaudit query, over $(($(wc -c <"$large") / 1000000)) MB as AWS CLI v2 prints them (the best time of $turns turns; the highest peak):"
for ((i = 0; i < ${#queries[@]}; i += 3)); do
    query=("${queries[@]:i+1:2}")
    wanted=$(run jp "${query[@]}" "$small" | jq -cS .)
    for tool in invaudit jq python; do
        [ "$(run "$tool" "${query[@]}" "$small" | jq -cS .)" = "$wanted" ] ||
            { echo "bench: $tool and jp disagree on ${query[0]}" >&2; exit 1; }
    done
    read -r seconds peak <<<"$(best invaudit "${query[@]}" "$large")"
    awk -v name="${queries[i]}" -v query="${query[0]}" -v s="$seconds" -v p="$peak" 'BEGIN {
        printf "%s: %s\n    invaudit  %6.2f s  %7.1f MB\n", name, query, s, p / 1000 }'
    for tool in jp jq python; do
        read -r s p <<<"$(best "$tool" "${query[@]}" "$large")"
        awk -v tool="$tool" -v s="$s" -v p="$p" -v own_s="$seconds" -v own_p="$peak" 'BEGIN {
            printf "    %-8s  %6.2f s  %7.1f MB   %5.1f times the time, %5.1f times the memory\n",
                tool, s, p / 1000, s / own_s, p / own_p }'
    done
done
