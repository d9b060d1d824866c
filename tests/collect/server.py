#!/usr/bin/python3
"""Answers as AWS does, on loopback: one account, one region, one throttled page.

    server.py FOLDER     writes the port to FOLDER/port, and each request to FOLDER/requests
"""

import http.server
import json
import os
import sys
import urllib.parse

ACCOUNT, REGION, SNAPSHOTS, PAGE = "123456789012", "us-east-1", 250, 100
NAMES = ["-e", "José 日", "aws/efs/automatic-backup-vault"]
throttled = []


def backup(path):
    plan = {"BackupPlanId": "p--1", "BackupPlanName": NAMES[1], "VersionId": "v", "CreationDate": 1,
            "BackupPlanArn": f"arn:aws:backup:{REGION}:{ACCOUNT}:backup-plan:p--1"}
    vaults = [{"BackupVaultName": name, "CreationDate": 1, "NumberOfRecoveryPoints": 0,
               "BackupVaultArn": f"arn:aws:backup:{REGION}:{ACCOUNT}:backup-vault:{name}"} for name in NAMES]
    return {
        "/backup/plans/": {"BackupPlansList": [plan]},
        "/backup/plans/p--1/selections/": {"BackupSelectionsList": []},
        "/backup-vaults/": {"BackupVaultList": vaults},
        "/backup-vaults/-e/recovery-points/": {"RecoveryPoints": []},
        "/backup-vaults/aws%2Fefs%2Fautomatic-backup-vault/recovery-points/": {"RecoveryPoints": []},
    }.get(path)


def query(asked):
    """Of services that answer in XML: RDS, EC2, STS."""
    action, marker = asked["Action"], int(asked.get("Marker", 0))
    if action == "DescribeDBSnapshots":
        if marker == PAGE and not throttled:
            throttled.append(marker)
            return 400, "<ErrorResponse><Error><Code>Throttling</Code><Message>Rate exceeded</Message></Error></ErrorResponse>"
        some = "".join(f"<DBSnapshot><DBSnapshotIdentifier>s{i}</DBSnapshotIdentifier><SnapshotType>manual</SnapshotType>"
                       f"<Engine>mysql</Engine><Status>available</Status><DBInstanceIdentifier>i</DBInstanceIdentifier>"
                       f"<Encrypted>true</Encrypted><DBSnapshotArn>arn:aws:rds:{REGION}:{ACCOUNT}:snapshot:s{i}</DBSnapshotArn>"
                       f"</DBSnapshot>" for i in range(marker, min(marker + PAGE, SNAPSHOTS)))
        more = f"<Marker>{marker + PAGE}</Marker>" if marker + PAGE < SNAPSHOTS else ""
        inner = f"<{action}Result><DBSnapshots>{some}</DBSnapshots>{more}</{action}Result>"
    elif action == "DescribeRegions":
        inner = "".join(f"<item><regionName>{name}</regionName><regionEndpoint>e</regionEndpoint><optInStatus>{status}</optInStatus></item>"
                        for name, status in ((REGION, "opt-in-not-required"), ("ap-east-1", "not-opted-in")))
        inner = f"<regionInfo>{inner}</regionInfo>"
    elif action == "GetCallerIdentity":
        inner = (f"<{action}Result><Arn>arn:aws:iam::{ACCOUNT}:user/me</Arn><UserId>AIDA</UserId>"
                 f"<Account>{ACCOUNT}</Account></{action}Result>")
    else:
        return 403, "<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>"
    return 200, f"<{action}Response>{inner}</{action}Response>"


class Handler(http.server.BaseHTTPRequestHandler):
    def answer(self, status, text):
        with open(os.path.join(sys.argv[1], "requests"), "a", encoding="utf-8") as requests:
            print(status, self.command, self.path, self.asked.get("Action", ""), self.asked.get("Marker", ""), file=requests)
        self.send_response(status)
        self.send_header("Content-Length", str(len(text.encode())))
        self.end_headers()
        self.wfile.write(text.encode())

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.asked = dict(urllib.parse.parse_qsl(body))
        self.answer(*query(self.asked))

    def do_GET(self):
        self.asked = {}
        answer = backup(self.path.split("?")[0])
        self.answer(*(200, json.dumps(answer)) if answer is not None else (403, json.dumps({"__type": "AccessDeniedException", "message": "no"})))

    def log_message(self, *_):
        pass


with http.server.HTTPServer(("127.0.0.1", 0), Handler) as server:
    with open(os.path.join(sys.argv[1], "port.part"), "w", encoding="ascii") as port:
        print(server.server_port, file=port)
    os.rename(port.name, os.path.join(sys.argv[1], "port"))
    server.serve_forever()
