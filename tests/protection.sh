#!/bin/bash
# The program that runs cases of what AWS Backup's words mean (tests/protection/). Prints
# TAP. Environment: PROTECTION and INVAUDIT, the programs as make built them.
set -u
export LC_ALL=C
. "$(dirname "$0")/tap.sh"
cd "$(dirname "$0")/protection" || exit 1

scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
printed=$scratch/printed

# STATUS LAST_LINE FOLDER: what it ends with.
ends() {
    "$PROTECTION" "$3" >"$printed" 2>&1
    [ "$?:$(tail -n 1 "$printed")" = "$1:$2" ]
}

ends 0 "$(cat ./*.json | grep -c '"id"') passed, 0 failed" .
say $? "all our cases hold" "$printed"

mkdir "$scratch/empty"
ends 0 "0 passed, 0 failed" "$scratch/empty"
say $? "a folder without a file has no case" "$printed"

mkdir "$scratch/wrong"
sed '/"sch-020"/s/4320/4319/' schedules.json >"$scratch/wrong/schedules.json"
ends 1 "$(($(grep -c '"id"' schedules.json) - 1)) passed, 1 failed" "$scratch/wrong" &&
    grep -q '^schedules.json: sch-020: .*"minutes":4319.*, not .*"minutes":4320' "$printed"
say $? "a case that does not hold is named, and says why" "$printed"

mkdir "$scratch/more"
sed '/"sch-020"/s/"runs"/"others": 1, "runs"/' schedules.json >"$scratch/more/schedules.json"
ends 1 "$(($(grep -c '"id"' schedules.json) - 1)) passed, 1 failed" "$scratch/more"
say $? "nor does one that expects what we never say" "$printed"

mkdir "$scratch/selection"
sed '/"sel-131"/s/"arn-pattern"/"arn"/' selections.json >"$scratch/selection/selections.json"
ends 1 "$(($(grep -c '"id"' selections.json) - 1)) passed, 1 failed" "$scratch/selection" &&
    grep -q '^selections.json: sel-131: expected .*"code":"arn",.*, not .*"code":"arn-pattern"' "$printed"
say $? "a selection that takes it for another reason is named, too" "$printed"

mkdir "$scratch/none"
echo '[{"id": "a", "expression": null, "zone": null, "expect": {}}]' >"$scratch/none/schedules.json"
ends 1 "0 passed, 1 failed" "$scratch/none"
say $? "nor one that expects nothing" "$printed"

mkdir "$scratch/broken"
echo '[' >"$scratch/broken/schedules.json"
"$PROTECTION" "$scratch/broken" >"$printed" 2>&1
[ $? -eq 2 ] && grep -q 'schedules.json: ' "$printed"
say $? "a broken file is none" "$printed"

# FOLDER: what the trees of it end with is in $printed.
trees() { # check|losing FOLDER
    python3 trees.py "$1" "$INVAUDIT" "$2" >"$printed" 2>&1
}

trees check . && [ "$(cat "$printed")" = "$(grep -c '"name"' trees.json) passed, 0 failed" ]
say $? "each database of our trees is in the state that it should be in" "$printed"

mkdir "$scratch/trees"
sed '0,/"state": "overdue"/s/"state": "overdue"/"state": "protected"/' trees.json >"$scratch/trees/trees.json"
! trees check "$scratch/trees" && [ "$(tail -n 1 "$printed")" = "$(($(grep -c '"name"' trees.json) - 1)) passed, 1 failed" ] &&
    grep -q '^trees: overdue: .*:db:orders: state overdue not protected$' "$printed"
say $? "a tree whose database is in another state is named, and says how" "$printed"

EVERY=${LOSING_EVERY:-11} trees losing .
say $? "losing a file, a page or a field only adds states that are possible" "$printed"

sed '0,/"possible": \["overdue"\]/s//"possible": ["ignored"]/' trees.json >"$scratch/trees/trees.json"
! EVERY=20 trees losing "$scratch/trees" && grep -q '^trees: overdue: .* lacks some of' "$printed"
say $? "a state that is lost is told" "$printed"

tests_of_all() { # FOLDER: as 'make protection' runs it
    ./run.sh "$PROTECTION" "$INVAUDIT" "$1" >"$printed" 2>&1
}
! tests_of_all "$scratch/trees" && grep -qE '^[0-9]+ passed, 1 failed$' "$printed"
say $? "cases and trees of a folder are counted together" "$printed"

"$PROTECTION" "$scratch/absent" >"$printed" 2>&1
[ $? -eq 2 ]
say $? "nor is there an absent folder" "$printed"
finish
