#!/usr/bin/env bats
# What README.md shows is what the program does.

load helpers

setup() {
    root=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
    PATH=$(dirname "$INVAUDIT"):$PATH
    cd "$BATS_TEST_TMPDIR"
}

python=$(command -v /usr/bin/python3 || command -v python3)

setup_file() {
    mkdir "$BATS_FILE_TMPDIR/fences"
    cd "$BATS_TEST_DIRNAME/../.."
    tests/cli/manual.py fences README.md "$BATS_FILE_TMPDIR/fences"
}

fence() { # LANGUAGE NUMBER: the fenced block, from 1
    cat "$BATS_FILE_TMPDIR/fences/$1-$2"
}

# What the commands of the README look at.
make_folders() {
    cp -r "$root/fixtures/three-accounts/evidence" evidence
    mkdir -p client/acct_123456789012/eu-west-1 my-rules tools
    echo '{"DBSnapshots": []}' >client/acct_123456789012/eu-west-1/rds-describe-db-snapshots.json
    echo '{"DBSnapshots": []}' >client/dump.json
    tar czf client.tar.gz client
    fence yaml 4 >my-rules/rds-awsbackup.yaml
    fence yml 1 >waivers.yaml
    ln -s "$INVAUDIT" tools/invaudit
    ln -s "$root/fixtures" fixtures
}

@test "the table of four files is right" {
    listing() { # REGION
        mkdir -p "123456789012/$1"
        cat >"123456789012/$1/rds-describe-db-snapshots.json"
    }
    page='{"DBSnapshots": [{"DBSnapshotIdentifier": "a", "SnapshotType": "TYPE", "Engine": "e", "Status": "s"}], "Marker": "m"}'
    listing us-east-1 <<<"$(grep -o '^| `{.*}`' "$root/README.md" | tr -d '|`')"
    listing us-east-2 </dev/null
    listing us-west-1 <<<"${page/TYPE/manual}"
    listing us-west-2 <<<"${page/TYPE/awsbackup}"
    run -1 --separate-stderr "$INVAUDIT" scan -o json 123456789012
    [ "$(jq -r '.findings[].result' <<<"$output")" = "$(sed -n 's/^|.*| \*\*\([a-z]*\)\*\*: .*/\1/p' "$root/README.md")" ]
    [ "$(jq -r '.findings | length' <<<"$output")" -eq 4 ]
}

@test "the report in the README is the demo's" {
    fence text 1 >report
    [ "$(grep -c . report)" -gt 12 ]
    while read -r line; do
        grep -qF -- "$line" "$root/fixtures/three-accounts/expected/report.txt" ||
            { echo "not in the demo's report: $line"; return 1; }
    done <report
}

@test "the commands that the README shows with their output print it" {
    make_folders
    rm client/dump.json
    run -0 "$root/tests/cli/manual.py" transcript "$root/README.md"
    [[ $output = "7 commands, 0 differ" ]]
}

@test "every command line in the README is one that the program takes" {
    make_folders
    # in blocks, in recipes, and between back-ticks; a line that ends in \ goes on
    sed -e ':again' -e '/\\$/N' -e 's/\\\n *//' -e 't again' "$root/README.md" |
        grep -oE "(^|[ \`'/(-])invaudit (scan|evidence|collect|rules|query|help|--)[^|#\`]*" |
        sed -e 's/^[^i]*//' -e "s/evidence'\$/evidence/" -e 's/ >.*//' -e 's/ || .*//' |
        sed -e 's/ID\.yaml/Backup-001.yaml/g' -e 's,rules/Backup,my-rules/Backup,g' >commands
    cp "$root/rules/Backup-001.yaml" my-rules
    [ "$(wc -l <commands)" -ge 12 ]
    while read -r command; do
        status=0
        eval "$command" >out 2>&1 || status=$?
        [ "$status" -ne 2 ] && [ "$status" -lt 4 ] || { echo "status $status: $command"; cat out; return 1; }
    done <commands
}

@test "the targets and folders that the READMEs name are there" {
    for target in $(cat "$root"/{,analyzer/,tests/bench/}README.md | grep -oE '(^|`)make( [A-Za-z=-]+)+' | sed 's/.*make//' |
        tr ' ' '\n' | grep -vE '=|^$' | sort -u); do
        grep -qE "^([a-z-]+ )*$target( [a-z-]+)*:" "$root/Makefile" || { echo "no target $target"; return 1; }
    done
    for path in $(grep -ohE '`[a-z]+/[a-zA-Z./-]*`' "$root"/{,tests/bench/}README.md | tr -d '`' | sort -u); do
        [[ $path = my-rules/* || $path = tools/* || $path = build/* || $path = */ID.yaml ]] && continue
        [ -e "$root/$path" ] || { echo "no $path"; return 1; }
    done
}

@test "the files and folders that analyzer/README.md names are there" {
    grep -oE '`[a-z_./-]+(/|\.(c|h|def|sh|py|yaml|json))`' "$root/analyzer/README.md" |
        tr -d '`' | sort -u >paths
    [ "$(wc -l <paths)" -gt 40 ]
    while read -r path; do
        [[ $path != evidence/* && $path != .json ]] || continue
        [ -e "$root/analyzer/$path" ] || [ -e "$root/$path" ] || { echo "no $path"; return 1; }
    done <paths
}

@test "what the README says is not read is a problem or ignored, and no empty listing" {
    mkdir -p in/123456789012/us-east-1 elsewhere
    cd in/123456789012/us-east-1
    echo '{"DBSnapshots": []}' >../../../elsewhere/rds-describe-db-snapshots.json
    (cd ../../../elsewhere && tar cf all.tar ./*.json && tar czf ../in/123456789012/us-east-1/all.tar.gz all.tar)
    printf "7z\274\257'\034" >rds-describe-db-snapshots.7z
    printf 'Rar!\032\007\001' >rds-describe-db-snapshots.rar
    printf 'DBSnapshots:\n- DBSnapshotIdentifier: a\n' >a-rds-describe-db-snapshots.yaml
    printf 'DBSNAPSHOTS\t5\tarn\n' >a-rds-describe-db-snapshots.txt
    printf -- '-----\n|  DescribeDBSnapshots  |\n+-----+\n' >b-rds-describe-db-snapshots.txt
    printf '[cloudshell-user@ip ~]$ aws rds describe-db-snapshots\n' >c-rds-describe-db-snapshots.txt
    echo 'An error occurred (Throttling) when calling the DescribeDBSnapshots operation: x' >d-rds-describe-db-snapshots.json
    : >e-rds-describe-db-snapshots.json
    problems=9
    echo '{"version": 4, "terraform_version": "1.5", "resources": []}' >terraform.tfstate
    echo '{"fileVersion": "1.0", "configurationItems": []}' >config.json
    echo '{"Records": [{"eventVersion": "1.08", "eventName": "x"}]}' >trail.json
    printf 'Name,Engine\na,b\n' >snapshots.csv
    echo 'call Jane' >notes.md
    printf '\211PNG\r\n' >screen.png
    cd "$BATS_TEST_TMPDIR"
    ln -s "$PWD/elsewhere" in/123456789012/us-west-2
    mkfifo in/123456789012/us-east-1/pipe.json
    run -3 timeout 60 "$INVAUDIT" scan -o json in
    [ "$(jq '.summary.problems' <<<"$output")" -ge "$problems" ]
    [ "$(jq -c '[.findings[] | .result] | unique' <<<"$output")" = '["unknown"]' ]
    for path in terraform.tfstate config.json trail.json snapshots.csv notes.md screen.png; do
        [ "$(jq -r ".evidence[] | select(.path == \"in/123456789012/us-east-1/$path\").use" <<<"$output")" = ignored ] ||
            { echo "not ignored: $path"; return 1; }
    done
    for path in $(jq -r '.problems[].path' <<<"$output"); do
        [[ $path = in/123456789012/us-* ]]
    done
    [ "$(jq '[.evidence[].documents[] | select(.state == "complete")] | length' <<<"$output")" -eq 0 ]
}

@test "the packages for a machine without network are the Makefile's" {
    fence text 3 | tr -s ' \n' '\n\n' | sort >readme
    sed -n '/^deb_packages := /,/[^\\]$/p' "$root/Makefile" | sed 's/^deb_packages :=//' | tr -d '\\' |
        tr -s ' \n' '\n\n' | grep . | sort >makefile
    [ "$(wc -l <makefile)" -gt 10 ]
    diff makefile readme
    # a library is packaged by its name and version: libyaml-0.so.2 is in libyaml-0-2
    readelf -d "$INVAUDIT" | sed -n 's/.*Shared library: \[\(.*\)\]/\1/p' |
        grep -vE '^(libc|libm|libasan|libubsan|ld-.*)\.so' |
        sed -E 's/([0-9])\.so\./\1-/; s/\.so\.//' | sort >libraries
    diff libraries <(fence text 2 | tr ' ' '\n')
}

# ---- recipes ----

# evidence/ in each of its four states
make_state() { # fails|unknown|holds|none
    rm -rf evidence invaudit.*
    mkdir -p evidence
    [ "$1" != fails ] || cp -r "$root/fixtures/three-accounts/evidence/123456789012" evidence
    [ "$1" != unknown ] || cp -r "$root/fixtures/access-denied/evidence/." evidence
    [ "$1" != holds ] || cp -r "$root/fixtures/three-accounts/evidence/123456789012/us-east-1" evidence/123456789012
}

# What a recipe's script ends with; its output is in `out`.
status_of() { # SHELL_OPTIONS STATE
    make_state "$2"
    status=0
    GITHUB_STEP_SUMMARY=summary bash $1 script >out 2>&1 || status=$?
    echo "$status"
}

recipe() { # NUMBER FILTER...
    jq -r "${@:2}" "$BATS_FILE_TMPDIR/fences/yaml-$1.json"
}

@test "the recipe for GitHub Actions" {
    make_folders
    recipe 1 '.jobs.audit.steps[1].run' >script
    [ "$(status_of -e fails)" -eq 1 ]
    run -0 grep -c '^::error file=evidence/.*,line=.*,title=Backup-001 (low) 123456789012 eu-.*::AWS Backup is not in use' out
    assert_output 2
    [ "$(status_of -e unknown)" -eq 0 ]
    run -0 grep -c '^::warning file=evidence/.*::not known whether AWS Backup is in use' out
    assert_output 3
    [ "$(status_of -e holds)" -eq 0 ]
    [ "$(wc -l <out)" -eq 1 ]
    [ "$(status_of -e none)" -eq 1 ]
    run -0 grep '^## ' summary
    assert_output '## 2 fail, 2 pass
## 3 unknown
## 1 pass
## no findings'
    make_state fails
    run -1 bash -e script
    [ -s "$(recipe 1 '.jobs.audit.steps[2].with.sarif_file')" ]
    # to YAML 1.1, and so to PyYAML, the key `on` is a boolean
    run -0 recipe 1 -c 'keys, .true, (.jobs.audit.steps[3] | .if, .with.path)'
    assert_output '["jobs","name","true"]
["push","pull_request"]
${{ !cancelled() }}
invaudit.*'
}

@test "evidence cannot give GitHub Actions a command" {
    make_folders
    recipe 1 '.jobs.audit.steps[1].run' >script
    make_state none
    mkdir -p $'evidence/123456789012/us-east-1/x\n::error::y,z:%'
    : >$'evidence/123456789012/us-east-1/x\n::error::y,z:%/rds-describe-db-snapshots.json'
    GITHUB_STEP_SUMMARY=summary run -0 bash -e script
    [[ ${lines[0]} = '::warning file=evidence/123456789012/us-east-1/x\x0a%3A%3Aerror%3A%3Ay%2Cz%3A%25/'* ]]
    [[ ${lines[1]} = '::notice title=invaudit::1 unknown'* ]]
    [ "${#lines[@]}" -eq 2 ]
}

@test "the recipe for GitLab" {
    make_folders
    recipe 2 '.audit.script[]' >script
    [ "$(status_of '-eo pipefail' fails)" -eq 1 ]
    [ "$(status_of '-eo pipefail' unknown)" -eq 3 ]
    [ "$(status_of '-eo pipefail' holds)" -eq 0 ]
    [ "$(status_of '-eo pipefail' none)" -eq 2 ]
    make_state fails
    run -1 bash -eo pipefail script
    [ -s "$(recipe 2 '.audit.artifacts.reports.junit')" ]
    [ -s "$(recipe 2 '.audit.artifacts.paths[0]')" ]
    run -0 recipe 2 -c '.audit | keys, .allow_failure, .artifacts.when'
    assert_output '["allow_failure","artifacts","image","script"]
{"exit_codes":3}
always'
}

@test "the recipe for Azure DevOps" {
    make_folders
    recipe 3 '.steps[0].script' >script
    [ "$(status_of -e fails)" -eq 1 ]
    [ "$(status_of -e unknown)" -eq 0 ]
    [ "$(status_of -e holds)" -eq 0 ]
    [ -s "$(recipe 3 '.steps[1].inputs.testResultsFiles')" ]
    run -0 bash -c "$(recipe 3 '.steps[2].script')"
    [ -s "${output#'##vso[task.uploadsummary]'}" ]
}

@test "the recipe for Jenkins" {
    make_folders
    fence groovy 1 >Jenkinsfile
    sed -n "s/^ *sh '\(tools.*\)'\$/\1/p" Jenkinsfile >script
    [ "$(status_of -e fails)" -eq 1 ]
    [ "$(status_of -e unknown)" -eq 0 ]
    [ "$(status_of -e holds)" -eq 0 ]
    [ -s "$(sed -n "s/.*testResults: '\([^']*\)'.*/\1/p" Jenkinsfile)" ]
    [ "$(tr -cd '{' <Jenkinsfile | wc -c)" -eq "$(tr -cd '}' <Jenkinsfile | wc -c)" ]
}
