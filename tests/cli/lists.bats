#!/usr/bin/env bats
# Manifests and lists of digests: they can only take a verdict away.

load helpers

@test "with any list a finding is what it is without, or unknown" {
    command -v python3 >/dev/null || skip "no python3: make deps"
    run -0 "$BATS_TEST_DIRNAME/lists.py" "$BATS_TEST_DIRNAME/../../fixtures" 45
    [[ ${lines[-1]} =~ ^'0 wrong, '([0-9]+)' weakened'$ ]]
    [ "${BASH_REMATCH[1]}" -gt 20 ]
}
