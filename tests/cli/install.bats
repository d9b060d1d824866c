load helpers

# `make install` and `make uninstall`: a packager's DESTDIR, a user's PREFIX.

setup() {
    root=$BATS_TEST_DIRNAME/../..
    to="$BATS_TEST_TMPDIR/a folder"
}

quiet_make() { # WORD...
    env -u PREFIX -u prefix -u DESTDIR make -s -C "$root" "$@" >"$BATS_TEST_TMPDIR/log" 2>&1 || {
        cat "$BATS_TEST_TMPDIR/log"
        return 1
    }
}

# What there is below $to: "mode path".
installed() {
    (cd "$to" && find . -type f -printf '%m %P\n' | sort -k 2)
}

# What there is to be below PREFIX: the program, its catalog, schemas and manuals.
expected() { # PREFIX
    local manual
    {
        echo "755 ${1#/}/bin/invaudit"
        printf "644 ${1#/}/share/invaudit/%s\n" catalog.yaml {catalog,diff,report,rule,verify,waivers}.schema.json
        for manual in "$root"/man/*.[0-9]; do
            echo "644 ${1#/}/share/man/man${manual##*.}/${manual##*/}"
        done
    } | sort -k 2
}

@test "install: the program, the catalog, schemas and manuals, below DESTDIR and PREFIX; uninstall leaves nothing" {
    for words in '/usr/local' '/usr PREFIX=/usr'; do
        (umask 077 && quiet_make install DESTDIR="$to" ${words#${words%% *}})
        diff <(expected "${words%% *}") <(installed)
        quiet_make uninstall DESTDIR="$to" ${words#${words%% *}}
        [ -z "$(installed)" ]
        rm -r "$to"
    done
}

@test "the installed program runs, wherever it is" {
    quiet_make install PREFIX="$to/elsewhere"
    cmp "$INVAUDIT" "$to/elsewhere/bin/invaudit"
    make_evidence "$BATS_TEST_TMPDIR/evidence"
    cd "$BATS_TEST_TMPDIR"
    run -1 --separate-stderr "$to/elsewhere/bin/invaudit" scan evidence
    assert_stderr ''
    [ "${lines[-1]}" = "1 fail, 1 unknown, 1 pass (status 1: something fails)" ]
}

@test "uninstall leaves what is not ours" {
    mkdir -p "$to/bin" "$to/share/man/man1"
    touch "$to/bin/other" "$to/share/man/man1/other.1"
    quiet_make install PREFIX="$to"
    quiet_make uninstall PREFIX="$to"
    [ "$(installed)" = $'644 bin/other\n644 share/man/man1/other.1' ]
}
