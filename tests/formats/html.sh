#!/bin/bash
# The page of `scan -o html` as its readers have it: in a browser without a network, at three
# widths, light and dark, with the keyboard, with a script and without, on paper; as a reader
# aloud has it (axe-core); and with evidence that would run, fetch or draw something.
# Prints TAP. With PICTURES=FOLDER, it leaves there what was seen.
set -u
. "$(dirname "$0")/../tap.sh"
cd "$(dirname "$0")/../.." || exit 1
program=${INVAUDIT:?set INVAUDIT to the program to test}
export NODE_PATH=${FORMATS:-$PWD/build/formats}/packages/node_modules
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The page of a story of fixtures/: html_of STORY
html_of() {
    local words=(evidence)
    [ ! -f "fixtures/$1/args" ] || mapfile -t words <"fixtures/$1/args"
    (cd "fixtures/$1" && "$program" scan "${words[@]}" -o html="$work/$1.html" >/dev/null 2>&1)
    [ -s "$work/$1.html" ]
}

browse() { # ARGUMENT...
    node tests/formats/html.js ${PICTURES:+--pictures "$PICTURES"} "$@" >"$work/said" 2>&1
}

mkdir "$work/hostile"
python3 -B tests/cli/every_format.py "$work/hostile"
(cd "$work/hostile" && "$program" scan --rules rules --pack invaudit --matrix --as-of 2026-03-10 \
    -o html="$work/hostile.html" evidence/{123456789012,222222222222,111111111107} >/dev/null 2>&1)
mkdir "$work/empty"
"$program" scan -o html="$work/empty.html" "$work/empty" >/dev/null 2>&1
html_of three-accounts
html_of backup-coverage
pages=("$work"/{hostile,three-accounts,backup-coverage,empty}.html)

if command -v tidy >/dev/null; then
    tidy -quiet -errors -utf8 "${pages[@]}" >"$work/said" 2>&1
    say $? "tidy finds nothing" "$work/said"
else
    skip "tidy finds nothing" "no tidy: make deps-formats"
fi

validate=$NODE_PATH/html-validate/bin/html-validate.mjs
if command -v node >/dev/null && [ -f "$validate" ]; then
    # wcag/h32: the filter is no form to send; it filters while it is filled in.
    echo '{"root": true, "extends": ["html-validate:recommended"], "rules": {"wcag/h32": "off"}}' >"$work/rules.json"
    node "$validate" --config "$work/rules.json" "${pages[@]}" >"$work/said" 2>&1
    say $? "html-validate finds nothing" "$work/said"
else
    skip "html-validate finds nothing" "no node, or no html-validate: make deps-formats"
fi

if ! command -v node >/dev/null || [ ! -d "$NODE_PATH/puppeteer-core" ] ||
    [ ! -x "${CHROMIUM:=/usr/bin/chromium}" ]; then
    skip "a browser shows the pages" "no node, chromium or puppeteer-core: make deps-formats"
    finish
fi
export CHROMIUM
for page in "${pages[@]}"; do
    whole=
    [ "$page" != "$work/three-accounts.html" ] || whole=--whole
    browse $whole "$page"
    say $? "$(basename "$page" .html): readable at each width, light and dark, by eye, ear and keyboard; nothing runs" "$work/said"
done

# The test would see it: text that was not escaped, kept from running by the policy alone,
# and without that.
sed "s|&lt;img src=x onerror=ran(&#39;zq9&#39;)&gt;|<img src=x onerror=ran('zq9')>|" "$work/hostile.html" >"$work/hole.html"
sed '/Content-Security-Policy/d' "$work/hole.html" >"$work/open.html"
! browse --quick "$work/hole.html" && grep -q 'hole: error: .*Content Security Policy' "$work/said"
say $? "a hole in the page is seen, though its policy closes it" "$work/said"
! browse --quick "$work/open.html" && grep -q 'open: runs what evidence says: zq9' "$work/said" &&
    grep -q 'open: asks for ' "$work/said"
say $? "and without the policy, too" "$work/said"
finish
