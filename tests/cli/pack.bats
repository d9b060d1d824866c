# The published rules, in rules/PUBLISHER/.
load helpers

pack="$BATS_TEST_DIRNAME/../../rules"

setup() {
    cd "$BATS_TEST_TMPDIR"
}

wrong() { # WHAT
    printf '%s\n' "$1"
    return 1
}

rules_of_the_pack() {
    find "$pack" -mindepth 2 -name '*.yaml' | LC_ALL=C sort
}

@test "each rule of each publisher is right" {
    for folder in "$pack"/*/; do
        run -0 --separate-stderr "$INVAUDIT" rules check --strict "$folder"
        assert_stderr ''
    done
}

@test "what the tests of each rule say holds, and they come to every outcome" {
    for folder in "$pack"/*/; do
        run -0 --separate-stderr "$INVAUDIT" rules test --coverage "$folder"
        assert_stderr ''
        no grep -vE '^ok  |^[0-9]+ of [0-9]+ (tests hold|outcomes are reached)$' <<<"$output"
    done
}

@test "each rule says whose it is, what to do, and where that stands" {
    while read -r rule; do
        for key in publisher tags description remediation references; do
            grep -q "^$key: *" "$rule" || wrong "$rule: no $key"
        done
        grep -q '^  - https://' "$rule" || wrong "$rule: no page"
    done < <(rules_of_the_pack)
}

@test "AWS Config and Audit Manager publish no severity, the others do" {
    run -0 grep -L '^severity:' "$pack"/*/*.yaml
    while read -r rule; do
        case $rule in
            */aws-config/* | */audit-manager/*) ;;
            *) wrong "$rule: no severity" ;;
        esac
    done <<<"$output"
    run -1 grep -l '^severity:' "$pack"/aws-config/*.yaml "$pack"/audit-manager/*.yaml
}

@test "the two kinds of snapshots have a field each for their encryption" {
    mkdir evidence
    cat >evidence/clusters.json <<'END'
{"DBClusterSnapshots": [{"DBClusterSnapshotIdentifier": "b", "Encrypted": true}]}
END
    run -3 "$INVAUDIT" scan --select RDS_SNAPSHOT_ENCRYPTED -o json evidence
    run -0 jq -r '.findings[] | select(.resource == "b").result' <<<"$output"
    assert_output unknown
}

@test "that a vault has no policy is an error's word, and no other's" {
    folder=evidence/123456789012/us-east-1
    mkdir -p $folder
    echo '{"BackupVaultList": [{"BackupVaultName": "v", "Locked": false,
        "BackupVaultArn": "arn:aws:backup:us-east-1:123456789012:backup-vault:v"}]}' \
        >$folder/backup-list-backup-vaults.json
    asked=$folder/backup-get-backup-vault-access-policy
    judged() { # RESULT
        run "$INVAUDIT" scan --select Backup-vault-policy -o json evidence
        run -0 jq -r '.findings[] | select(.resource == "v").result' <<<"$output"
        assert_output "$1"
    }
    says() { # ERROR OPERATION
        echo "An error occurred ($1) when calling the $2 operation: no policy"
    }
    judged unknown
    : >$asked--v.json
    judged unknown
    says ResourceNotFoundException GetBackupVaultAccessPolicy >$asked--v.json.err
    judged fail
    says AccessDeniedException GetBackupVaultAccessPolicy >$asked--v.json.err
    judged unknown
    says ResourceNotFoundException GetBackupVaultNotifications >$asked--v.json.err
    judged unknown
    rm $asked--v.json.err
    says ResourceNotFoundException GetBackupVaultAccessPolicy >$asked--v.json
    judged fail
    mv $asked--v.json $asked--w.json
    judged unknown
    mv $asked--w.json $asked.json
    judged unknown
}
