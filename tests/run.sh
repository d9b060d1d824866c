#!/bin/bash
# Runs test programs that print TAP, as many at a time as there are processors, and adds up
# what they say: tests/run.sh LOG_FOLDER PROGRAM|FOLDER_OF_BATS|--...
# What stands behind -- begins when all before it has ended.
# Prints what failed and was skipped, a line a program with the processor time that it took,
# and at last "N passed, N failed".
# A program that ends badly without a failed test is a failed test.
set -u -m # -m: a group of processes each, so that an interrupt reaches all of it
export LC_ALL=C
TIMEFORMAT='%3U %3S' # user and system

# Tests make and remove many thousands of small files: in memory, where there is room.
# (Not where programs may not be run; containers often give a few megabytes only.)
in_memory() { # FOLDER
    [ -n "$1" ] && printf '#!/bin/sh\n' >"$1/run" && chmod +x "$1/run" && "$1/run" &&
        [ "$(df -Pk "$1" | awk 'NR == 2 { print $4 }')" -gt 4000000 ]
}
# What a failed test kept is still there.
leave_memory() {
    [ -n "$memory" ] || return
    rm -f "$memory/run"
    if [ "${failed:-0}" -eq 0 ]; then
        rm -rf "$memory"
    elif ! rmdir "$memory" 2>/dev/null; then
        echo "what the failed tests kept is in $memory"
    fi
}
if [ -z "${TMPDIR:-}" ]; then
    memory=$(mktemp -d /dev/shm/tests-XXXXXX 2>/dev/null)
    trap leave_memory EXIT
    ! in_memory "$memory" 2>/dev/null || export TMPDIR=$memory
fi

# Where python3 is a script that looks for one (of pyenv), that takes longer than most programs
# that it starts: once is enough.
python=$(python3 -c 'import sys; print(sys.executable)' 2>/dev/null)
[ -z "$python" ] || [ "$python" -ef "$(type -P python3)" ] || export PATH=${python%/*}:$PATH

logs=$1/logs
shift
rm -rf "$logs"
mkdir -p "$logs"
# of an earlier run; see teardown() in tests/cli/helpers.bash
[ -z "${REPORTS:-}" ] || rm -rf "$REPORTS/cli"
slots=$(nproc)
passed=0 failed=0 skipped=0
programs=() said=0
trap 'for pid in $(jobs -p); do kill -- "-$pid"; done 2>/dev/null; exit 130' INT TERM

log_of() { # PROGRAM
    echo "$logs/${1//\//-}.tap"
}

start() { # PROGRAM
    local log
    log=$(log_of "$1")
    (
        {
            time case $1 in
            *.bats) bats --formatter tap "$1" ;;
            *) "./${1#./}" ;;
            esac >"$log" 2>&1 </dev/null
        } 2>"$log.time"
        echo $? >"$log.status"
    ) &
    programs+=("$1")
}

# Waits until at most so many run.
wait_until() { # COUNT
    while [ "$(jobs -rp | wc -l)" -gt "$1" ]; do
        wait -n
        tell
    done
}

# Tells of those that have ended, in the order in which they were started.
tell() {
    local log
    while [ "$said" -lt "${#programs[@]}" ]; do
        log=$(log_of "${programs[said]}")
        [ -s "$log.status" ] || break
        add_up "${programs[said]}" "$log" "$(cat "$log.status")"
        said=$((said + 1))
    done
}

seconds() { # TIME
    local user system milliseconds
    read -r user system <"$1"
    milliseconds=$((10#${user/./} + 10#${system/./}))
    printf '%d.%d' $((milliseconds / 1000)) $((milliseconds / 100 % 10))
}

# cmocka writes one that was skipped as "not ok 1 # SKIP name".
skipped_line='^(not )?ok .*# *[Ss][Kk][Ii][Pp]'
add_up() { # PROGRAM LOG STATUS
    local skips oks bad
    skips=$(grep -cE "$skipped_line" "$2")
    oks=$(grep -E '^ok ' "$2" | grep -cvE "$skipped_line")
    bad=$(grep -E '^not ok ' "$2" | grep -cvE "$skipped_line")
    if [ "$3" -ne 0 ] && [ "$bad" -eq 0 ]; then
        bad=1
        echo "not ok - $1 ended with status $3"
        tail -n 40 "$2"
    elif [ "$((oks + bad + skips))" -eq 0 ]; then
        bad=1
        echo "not ok - $1 ran no test"
    elif [ "$bad" -gt 0 ]; then
        grep -A 40 '^not ok ' "$2" | grep -v '^ok ' | grep -vE "$skipped_line" | head -n 200
    fi
    grep -E "$skipped_line" "$2"
    printf '%-40s %5d passed, %d failed %7s s\n' "$(basename "$1")" "$oks" "$bad" "$(seconds "$2.time")"
    passed=$((passed + oks)) failed=$((failed + bad)) skipped=$((skipped + skips))
}

for argument in "$@"; do
    if [ "$argument" = -- ]; then
        wait_until 0
        continue
    fi
    [ -d "$argument" ] && files=("$argument"/*.bats) || files=("$argument")
    for program in "${files[@]}"; do
        wait_until $((slots - 1))
        start "$program"
    done
done
wait_until 0
wait
tell

if [ "$said" -ne "${#programs[@]}" ]; then
    failed=$((failed + 1))
    echo "not ok - ${programs[said]} was ended before it could tell how"
fi
if [ "$skipped" -gt 0 ]; then
    echo "$passed passed, $failed failed, $skipped skipped"
else
    echo "$passed passed, $failed failed"
fi
[ "$failed" -eq 0 ]
