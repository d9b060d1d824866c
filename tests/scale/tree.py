#!/usr/bin/env python3
"""Make evidence of many accounts and regions, with every way in which cells end.

    tests/scale/tree.py FOLDER [ACCOUNTS [REGIONS]]      300 accounts and 17 regions

The same arguments make the same bytes. Three accounts of four are alike: a few regions
in use, the others without any snapshot. The fourth is troubled: denied calls, first
pages, files that are cut off, listings that nobody collected, damage on lines of their
own.
"""
import json
import os
import sys

REGIONS = """us-east-1 us-east-2 us-west-1 us-west-2 ap-south-1 ap-northeast-1
ap-northeast-2 ap-northeast-3 ap-southeast-1 ap-southeast-2 ca-central-1 eu-central-1
eu-west-1 eu-west-2 eu-west-3 eu-north-1 sa-east-1""".split()

LISTING = "rds-describe-db-snapshots.json"
DENIED = """
An error occurred (AccessDenied) when calling the DescribeDBSnapshots operation: \
User: arn:aws:sts::%s:assumed-role/audit/audit is not authorized to perform: \
rds:DescribeDBSnapshots
"""


def snapshot(account, region, number, managed):
    name = f"awsbackup:job-{number:08d}" if managed else f"before-upgrade-{number}"
    return {
        "DBSnapshotIdentifier": name,
        "DBInstanceIdentifier": f"orders-{number % 3}",
        "SnapshotType": "awsbackup" if managed else "manual",
        "Engine": "postgres",
        "Status": "available",
        "SnapshotCreateTime": f"2025-11-{number % 28 + 1:02d}T05:12:44.120000+00:00",
        "DBSnapshotArn": f"arn:aws:rds:{region}:{account}:snapshot:{name}",
    }


def listing(account, region, count, managed, **more):
    records = [snapshot(account, region, n, n < managed) for n in range(count)]
    return json.dumps({"DBSnapshots": records, **more}, indent=4) + "\n"


def texts(account, region, troubled, a, r):
    """The text of the listing (None: nobody collected it), and of its .err."""
    if r % 5 == 0:
        return listing(account, region, 2 + a % 7, 1 + a % 2), None
    if not troubled or r % 5 == 1:
        return listing(account, region, (a + r) % 4, 0), None
    if r % 5 == 2:
        return "", DENIED % account
    if r % 5 == 3 and r < 10:
        return listing(account, region, 1 + a % 3, 0, Marker="more"), None
    if r % 5 == 3:
        whole = listing(account, region, 3, 0)
        return whole[: len(whole) // 2 + a], None
    return None, None


def main():
    folder = sys.argv[1]
    accounts = int(sys.argv[2]) if len(sys.argv) > 2 else 300
    regions = int(sys.argv[3]) if len(sys.argv) > 3 else len(REGIONS)
    for a in range(accounts):
        account = str(100000000000 + a * 7919)
        for r, region in enumerate(REGIONS[:regions]):
            path = os.path.join(folder, account, region)
            os.makedirs(path)
            text, err = texts(account, region, a % 4 == 3, a, r)
            if text is not None:
                with open(os.path.join(path, LISTING), "w", encoding="utf-8") as file:
                    file.write(text)
            if err is not None:
                name = os.path.join(path, LISTING + ".err")
                with open(name, "w", encoding="utf-8") as file:
                    file.write(err)


main()
