#!/bin/sh
# Which databases AWS Backup protects, on bundled evidence: three accounts, four regions,
# and every state that a database can be in. That some fail is the point.
cd "$(dirname "$0")/../fixtures/backup-coverage" || exit 1
echo "\$ invaudit scan --select Backup-Coverage --matrix --as-of 2026-03-10T12:00:00Z evidence"
"${INVAUDIT:?}" scan --select Backup-Coverage --matrix --as-of 2026-03-10T12:00:00Z evidence
status=$?
echo "(exit status $status)"
[ "$status" -eq 1 ]
