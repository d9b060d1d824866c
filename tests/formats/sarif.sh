#!/bin/bash
# Has Microsoft's multitool read SARIF reports of fixtures/ by its rules and those that it
# has for GitHub (npm: @microsoft/sarif-multitool-linux). Prints TAP.
#
# It exits 0 whatever it finds, so its output is read: no error, and no warning but
# SARIF2005, that the program has no address to read about it. Its notes are wishes.
set -u
. "$(dirname "$0")/../tap.sh"
cd "$(dirname "$0")/../../fixtures" || exit 1
program=${INVAUDIT:?set INVAUDIT to the program to test}
multitool=${FORMATS:-}/packages/node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool
stories=(three-accounts hostile-text access-denied broken-files each-database places)
export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 # it would want ICU
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

if [ ! -x "$multitool" ]; then
    skip "the multitool finds nothing in SARIF reports" "no npm package @microsoft/sarif-multitool-linux: make deps-formats"
    finish
fi

for story in "${stories[@]}"; do
    words=(evidence)
    [ ! -f "$story/args" ] || mapfile -t words <"$story/args"
    (cd "$story" && "$program" scan "${words[@]}" -qq -o sarif="$work/$story.sarif" 2>/dev/null)
done
# What GitHub refuses and the schema allows: to see that its rules are applied.
jq 'del(.runs[0].results[0].locations)' "$work/three-accounts.sarif" >"$work/nowhere.sarif"

"$multitool" validate "$work"/*.sarif --rule-kind 'Sarif;Gh' --level 'Error;Warning' >"$work/said" 2>&1
grep -q "Done. $((${#stories[@]} + 1)) files scanned" "$work/said"
say $? "the multitool read all of them" "$work/said"
grep -q 'nowhere.sarif.* error GH1015' "$work/said"
say $? "it finds what GitHub refuses" "$work/said"
! grep -E ' (error|warning) ' "$work/said" | grep -v -e 'nowhere\.sarif' -e ' SARIF2005:' >"$work/found"
say $? "it finds nothing in SARIF reports" "$work/found"
finish
