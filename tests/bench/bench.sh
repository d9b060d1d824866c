#!/bin/bash
# Measures reading and scanning, and prints ratios of one run: tests/bench/bench.sh FOLDER
#
# Environment: BENCH_MB (of the large file; 100), BENCH_FILES (that are empty listings;
# 10000), INVAUDIT (the program; what is scanned with it is left out where it is not
# built), LIBRARY (build/obj/invaudit.a), CC, CFLAGS.
# The data is kept in FOLDER from run to run.
set -eu
export LC_ALL=C

folder=$1
megabytes=${BENCH_MB:-100}
files=${BENCH_FILES:-10000}
cc=${CC:-gcc}
library=${LIBRARY:-build/obj/invaudit.a}
invaudit=${INVAUDIT:-build/invaudit}
here=$(dirname "$0")
mkdir -p "$folder"

# ---- the programs and the data --------------------------------------------------------

[ -f "$library" ] || { echo "bench: $library is not built; run make first" >&2; exit 2; }
flags="-std=c11 -D_POSIX_C_SOURCE=200809L -D_FILE_OFFSET_BITS=64 -O2"
# shellcheck disable=SC2086  # flags are words
$cc $flags ${CFLAGS:-} -o "$folder/generate" "$here/generate.c"
# shellcheck disable=SC2046,SC2086
$cc $flags ${CFLAGS:-} -Ianalyzer -o "$folder/read" "$here/read.c" "$library" \
    -larchive -lminizip -lz -lzstd -llzma -lbz2 \
    $(pkg-config --cflags --libs jansson yaml-0.1 libpcre2-8 nettle) -lm

# generate_once FILE ARGUMENTS...
generate_once() {
    [ -f "$1" ] || { "$folder/generate" "${@:2}" >"$1.part" && mv "$1.part" "$1"; }
}

large=$folder/large-$megabytes/111122223333/eu-central-1/describe-db-snapshots.json
compact=$folder/compact-$megabytes/111122223333/eu-central-1/describe-db-snapshots.json
small=$folder/small/111122223333/eu-central-1/describe-db-snapshots.json
mkdir -p "${large%/*}" "${compact%/*}" "${small%/*}"
generate_once "$large" "$megabytes" pretty 111122223333 eu-central-1
generate_once "$compact" "$megabytes" compact 111122223333 eu-central-1
generate_once "$small" 0.05 pretty 111122223333 eu-central-1

regions="us-east-1 us-east-2 us-west-1 us-west-2 ca-central-1 eu-west-1 eu-west-2 eu-west-3
    eu-central-1 eu-north-1 ap-south-1 ap-southeast-1 ap-southeast-2 ap-northeast-1
    ap-northeast-2 ap-northeast-3 sa-east-1"
for account in $(seq 100000000001 100000000050); do
    for region in $regions; do
        file=$folder/tree/$account/$region/describe-db-snapshots.json
        # Most regions are empty, as they are.
        [ $(((account + ${#region}) % 3)) -eq 0 ] && size=0.1 || size=0
        mkdir -p "${file%/*}"
        generate_once "$file" "$size" pretty "$account" "$region"
    done
done

empty=$folder/empty-$files
[ -d "$empty" ] || { python3 "$here/../scale/empty.py" "$empty.part" "$files" &&
    mv "$empty.part" "$empty"; }

# ---- the reader alone -----------------------------------------------------------------

echo "the reader, over $megabytes MB as AWS CLI v2 prints them (the best of five turns):"
"$folder/read" "$large"
echo "the reader, over $megabytes MB on one line:"
"$folder/read" "$compact"

# ---- the program ----------------------------------------------------------------------

if [ ! -x "$invaudit" ]; then
    echo "bench: $invaudit is not built; its scans are left out"
    exit 0
fi

# The best of five runs: "SECONDS PEAK_MB".
best_of_five() {
    for _ in 1 2 3 4 5; do
        "$folder/read" run "$@"
    done | sort -n | head -n 1
}

echo "the program, from start to end (the best of five runs):"
true_run=$(best_of_five /bin/true)
for what in small tree large; do
    case $what in
    small) path=$folder/small bytes=$(wc -c <"$small") ;;
    tree) path=$folder/tree bytes=$(cat "$folder"/tree/*/*/*.json | wc -c) ;;
    large) path=$folder/large-$megabytes bytes=$(wc -c <"$large") ;;
    esac
    read -r seconds peak <<<"$(best_of_five "$invaudit" scan -qq "$path")"
    awk -v what="$what" -v bytes="$bytes" -v seconds="$seconds" -v peak="$peak" \
        -v nothing="${true_run% *}" 'BEGIN {
        printf "    %s: %.1f MB in %.1f ms, %.0f MB/s, %.1f of /bin/true, peak %.1f MB\n",
            what, bytes / 1e6, seconds * 1e3, bytes / seconds / 1e6, seconds / nothing, peak
    }'
done

echo "the program, over $files empty listings (the best of five runs):"
read -r one_seconds one_peak <<<"$(best_of_five "$invaudit" scan -qq "$small")"
read -r seconds peak <<<"$(best_of_five "$invaudit" scan -qq "$empty")"
awk -v files="$files" -v seconds="$seconds" -v peak="$peak" -v one_seconds="$one_seconds" \
    -v one_peak="$one_peak" 'BEGIN {
    printf "    %.1f ms, %.1f us a file, peak %.1f MB, %.0f bytes a file\n", seconds * 1e3,
        (seconds - one_seconds) / files * 1e6, peak, (peak - one_peak) / files * 1e6
}'
