#!/usr/bin/env python3
"""Make the evidence of an organisation with few causes: tests/scale/estate.py FOLDER ACCOUNTS

Seventeen regions of each account. Most have no database; a few of each account have some,
with AWS Backup (which passes) or without (which fails); of some the call was refused, and
of one region of every fifth account nobody listed the snapshots. The same arguments make
the same bytes.
"""
import json
import os
import sys

REGIONS = """ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-southeast-1
ap-southeast-2 ca-central-1 eu-central-1 eu-north-1 eu-west-1 eu-west-2 eu-west-3 sa-east-1
us-east-1 us-east-2 us-west-1 us-west-2""".split()

DENIED = """
An error occurred (AccessDenied) when calling the DescribeDBSnapshots operation: User: \
arn:aws:sts::%s:assumed-role/AuditReadOnly/j.doe is not authorized to perform: \
rds:DescribeDBSnapshots because no identity-based policy allows the \
rds:DescribeDBSnapshots action
"""


def save(folder, name, key, records):
    with open(os.path.join(folder, name + ".json"), "w", encoding="utf-8") as file:
        json.dump({key: records}, file, indent=4)
        file.write("\n")


def fill(folder, account, region, number):
    """A region of an account; `number` tells what it is like."""
    used = number % 17 in (3, 7)
    managed = number % 17 == 3
    kinds = ["automated"] * (5 + number % 3) + ["awsbackup"] * managed
    snapshots = [{"DBSnapshotIdentifier": f"{kind}-{i}", "SnapshotType": kind,
                  "DBInstanceIdentifier": f"db-{i % 2}", "Engine": "postgres",
                  "Status": "available"} for i, kind in enumerate(kinds)]
    instances = [{"DBInstanceIdentifier": f"db-{i}", "Engine": "postgres",
                  "DBInstanceStatus": "available"} for i in range(2)]
    denied = number % 13 == 5
    if denied:
        name = os.path.join(folder, "rds-describe-db-snapshots.json")
        open(name, "w", encoding="utf-8").close()
        with open(name + ".err", "w", encoding="utf-8") as file:
            file.write(DENIED % account)
    elif number % (5 * 17) != 16:
        save(folder, "rds-describe-db-snapshots", "DBSnapshots", snapshots if used else [])
    save(folder, "rds-describe-db-instances", "DBInstances", instances if used else [])
    save(folder, "rds-describe-db-clusters", "DBClusters", [])
    save(folder, "backup-list-backup-plans", "BackupPlansList", [])


def main():
    root, accounts = sys.argv[1], int(sys.argv[2])
    for i in range(accounts):
        account = str(100000000001 + i * 7918)
        for j, region in enumerate(REGIONS):
            folder = os.path.join(root, account, region)
            os.makedirs(folder, exist_ok=True)
            fill(folder, account, region, i * 17 + j)
        listed = [{"RegionName": region, "OptInStatus": "opt-in-not-required"} for region in REGIONS]
        os.makedirs(os.path.join(root, account, "global"), exist_ok=True)
        save(os.path.join(root, account, "global"), "ec2-describe-regions", "Regions", listed)


main()
