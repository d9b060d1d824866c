#!/bin/bash
# The program in the head of analyzer/jmespath/jmespath.h does what the head says. Prints
# TAP. Environment: HEADER_EXAMPLE, the program as make built it.
set -u
export LC_ALL=C
cd "$(dirname "$0")/.." || exit 1

echo "1..1"
wanted=$(sed -n '/^ \* It prints:/,/^ \* The language/p' analyzer/jmespath/jmespath.h |
    sed -e '1,2d' -e '$d' -e 's/^ \*     //' -e 's/^ \*$//')
if printed=$("$HEADER_EXAMPLE" 2>&1) && [ "$printed" = "$wanted" ]; then
    echo "ok 1 - the example of jmespath.h prints what it says"
else
    echo "not ok 1 - the example of jmespath.h prints what it says"
    diff <(echo "$wanted") <(echo "$printed") | sed 's/^/# /'
fi
