load helpers

# The page of scan -o html; tests/formats/html.sh shows it to a browser, and
# tests/reports/page.py compares that of each story with its JSON.

# An account of so many DB instances, every fourth of which is not encrypted.
make_instances() { # COUNT
    mkdir -p evidence/123456789012/us-east-1
    awk -v count="$1" 'BEGIN {
        print "{\"DBInstances\": ["
        for (i = 0; i < count; i++)
            printf "%s{\"DBInstanceIdentifier\": \"db-%d\", \"Engine\": \"mysql\", \"DBInstanceStatus\": \"available\", \"DBInstanceClass\": \"db.t3.micro\", \"StorageEncrypted\": %s}\n",
                i ? "," : "", i, i % 4 ? "true" : "false"
        print "]}" }' >evidence/123456789012/us-east-1/rds-describe-db-instances.json
    cat >encrypted.yaml <<'END'
format: 1
id: encrypted
title: Databases are encrypted
severity: high
for_each: AWS::RDS::DBInstance
outcomes:
  - { result: pass, when: "resource.StorageEncrypted == `true`", message: "encrypted" }
  - { result: fail, message: "not encrypted" }
END
}

scan_instances() {
    run -1 "$INVAUDIT" scan -qq --no-builtin --rules encrypted.yaml -o html=page.html -o json=page.json evidence
    python3 -B - "$BATS_TEST_DIRNAME/../reports" <<'END'
import json, sys
sys.path.insert(0, sys.argv[1])
import page
wrong = list(page.mistakes(open("page.html", "rb").read(), json.load(open("page.json"))))
print("\n".join(wrong[:5]))
sys.exit(bool(wrong))
END
}

setup() {
    cd "$BATS_TEST_TMPDIR"
}

@test "5000 findings are all listed; of more, those that pass are counted" {
    make_instances 5000
    scan_instances
    [ "$(grep -c '<tbody id="f-' page.html)" -eq 5000 ]
    no grep -q 'are counted, not listed' page.html
    make_instances 5001
    scan_instances
    [ "$(grep -c '<tbody id="f-' page.html)" -eq 1251 ]
    grep -q '<h3>Pass: 3750</h3>' page.html
    grep -q 'They are counted, not listed: of more than 5000 findings' page.html
}

@test "of more than 5000 files, those are listed of which there is something to say" {
    mkdir -p evidence/123456789012
    for region in us-east-1 us-east-2; do
        mkdir -p "evidence/123456789012/$region"
        for i in $(seq 2500); do
            echo '{"DBInstances": []}' >"evidence/123456789012/$region/rds-describe-db-instances-$i.json"
        done
    done
    : >evidence/123456789012/us-east-1/rds-describe-db-clusters.json
    run -3 "$INVAUDIT" scan -qq -o html=page.html evidence
    [ "$(grep -c '<tbody id="e-' page.html)" -eq 1 ]
    grep -qF 'are whole answers and nothing is to be said of them: 5000 files' page.html
    rm evidence/123456789012/us-east-2/rds-describe-db-instances-1.json
    run -3 "$INVAUDIT" scan -qq -o html=page.html evidence
    [ "$(grep -c '<tbody id="e-' page.html)" -eq 5000 ]
}

@test "the page is the same whatever --show says, and has no path of the machine" {
    make_evidence evidence
    run -1 "$INVAUDIT" scan -qq -o html=a.html evidence
    run -1 "$INVAUDIT" scan -qq --show all -o html=b.html evidence
    cmp a.html b.html
    no grep -qF "$PWD" a.html
}
