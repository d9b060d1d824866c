load helpers

# Text that would steer a terminal, a CI system, a browser, a spreadsheet or a shell goes
# through every format that --help lists; every_format.py says what must not come out.

@test "hostile text does nothing in any format" {
    run python3 -B "$BATS_TEST_DIRNAME/every_format.py" "$BATS_TEST_TMPDIR" "$INVAUDIT"
    echo "$output"
    [ "$status" -eq 0 ]
}
