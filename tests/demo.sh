#!/bin/sh
# The main job on bundled evidence: three accounts, four regions, all three verdicts.
# That something fails there is the point, so it is no failure of the demo.
cd "$(dirname "$0")/../fixtures/three-accounts" || exit 1
echo "\$ invaudit scan evidence"
"${INVAUDIT:?}" scan evidence
status=$?
echo "(exit status $status)"
[ "$status" -eq 1 ]
