#!/usr/bin/env python3
"""Make many empty listings: tests/scale/empty.py FOLDER FILES

Five calls in each of 20 regions of as many accounts as it takes, a file each, laid out as
ACCOUNT/REGION/CALL.json. The same arguments make the same bytes.
"""
import os
import sys

REGIONS = """us-east-1 us-east-2 us-west-1 us-west-2 ap-south-1 ap-northeast-1
ap-northeast-2 ap-northeast-3 ap-southeast-1 ap-southeast-2 ca-central-1 eu-central-1
eu-west-1 eu-west-2 eu-west-3 eu-north-1 sa-east-1 af-south-1 me-south-1
eu-south-1""".split()
LISTINGS = {
    "rds-describe-db-snapshots": "DBSnapshots",
    "rds-describe-db-instances": "DBInstances",
    "rds-describe-db-clusters": "DBClusters",
    "backup-list-backup-plans": "BackupPlansList",
    "backup-list-backup-vaults": "BackupVaultList",
}


def places(files):
    per_region, per_account = len(LISTINGS), len(LISTINGS) * len(REGIONS)
    for number in range(files):
        account = str(100000000000 + number // per_account * 7919)
        region = REGIONS[number % per_account // per_region]
        yield account, region, list(LISTINGS)[number % per_region]


def main():
    folder, files = sys.argv[1], int(sys.argv[2])
    for account, region, name in places(files):
        path = os.path.join(folder, account, region)
        os.makedirs(path, exist_ok=True)
        with open(os.path.join(path, name + ".json"), "w", encoding="utf-8") as file:
            file.write('{\n    "%s": []\n}\n' % LISTINGS[name])


main()
