# bats calls this once, before the first test.
setup_suite() {
    [ -n "${REPORTS:-}" ] || return 0
    rm -rf "$REPORTS/cli"
    mkdir -p "$REPORTS/cli"
}
