#!/bin/bash
# The program that runs cases of what AWS Backup's words mean (tests/protection/). Prints
# TAP. Environment: PROTECTION, the program as make built it.
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

"$PROTECTION" "$scratch/absent" >"$printed" 2>&1
[ $? -eq 2 ]
say $? "nor is there an absent folder" "$printed"
finish
