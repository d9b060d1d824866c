#!/bin/bash
# The program in the head of analyzer/jmespath/jmespath.h does what the head says. Prints
# TAP. Environment: HEADER_EXAMPLE, the program as make built it.
set -u
export LC_ALL=C
. "$(dirname "$0")/tap.sh"
cd "$(dirname "$0")/.." || exit 1

wanted=$(sed -n '/^ \* It prints:/,/^ \* The language/p' analyzer/jmespath/jmespath.h |
    sed -e '1,2d' -e '$d' -e 's/^ \*     //' -e 's/^ \*$//')
printed=$("$HEADER_EXAMPLE" 2>&1) && [ "$printed" = "$wanted" ]
say $? "the example of jmespath.h prints what it says" <(diff <(echo "$wanted") <(echo "$printed"))
finish
