"""What the paths of evidence and the catalog tell, as far as the test rules need it.

Comments quote the design (4, "Catalog", "Recognition and scope") in short; "decided:" is
what it leaves open.
"""

import re
from collections import namedtuple
from datetime import date
from pathlib import Path

import yaml

from filters import PLAN, SELECTION, SNAPSHOT, VAULT

# ---- the catalog, as far as it matters here --------------------------------------------

INSTANCE = "AWS::RDS::DBInstance"
IDENTITY = "AWS::STS::CallerIdentity"
REGION = "AWS::EC2::Region"

# What AWS prints and what options mean is read from the catalog: data that both share.
with open(Path(__file__).resolve().parents[2] / "rules/catalog.yaml", "rb") as file:
    LISTED = {each["type"]: each for each in yaml.safe_load(file)["types"]}

# `always`: what AWS prints in every record, and of which kind.  `arn_form`: what only ARNs
# of the type look like.
KINDS = {
    "string": str,
    "number": (int, float),
    "boolean": bool,
    "array": list,
    "object": list,  # as pairs
}


class Type(namedtuple("Type", "id arn arn_form told_by regional")):
    always = {}

    def lacks(self, fields, field):
        """Whether it is always printed, and is not there, or of another kind."""
        kind = KINDS[self.always[field]] if field in self.always else object
        value = fields.get(field)
        return field in self.always and (
            not isinstance(value, kind) or (kind is not bool and isinstance(value, bool))
        )


TYPES = {
    SNAPSHOT: Type(
        "DBSnapshotIdentifier",
        "DBSnapshotArn",
        r"arn:[^:]*:rds:[^:]*:[0-9]*:snapshot:",
        ["DBSnapshotIdentifier", "DBSnapshotArn"],
        True,
    ),
    INSTANCE: Type(
        "DBInstanceIdentifier",
        "DBInstanceArn",
        r"arn:[^:]*:rds:[^:]*:[0-9]*:db:",
        ["DBInstanceArn", "DBInstanceStatus"],
        True,
    ),
    SELECTION: Type("SelectionId", None, None, ["SelectionId"], True),
    PLAN: Type(
        "BackupPlanId",
        "BackupPlanArn",
        r"arn:[^:]*:backup:[^:]*:[0-9]*:backup-plan:",
        ["BackupPlanId", "BackupPlanArn"],
        True,
    ),
    VAULT: Type(
        "BackupVaultName",
        "BackupVaultArn",
        r"arn:[^:]*:backup:[^:]*:[0-9]*:backup-vault:",
        ["BackupVaultName", "BackupVaultArn"],
        True,
    ),
    IDENTITY: Type("Account", None, None, [], False),
    REGION: Type("RegionName", None, None, ["RegionName"], False),
}
for name, each in list(TYPES.items()):
    TYPES[name] = each._replace(told_by=LISTED[name].get("told_by", each.told_by))
    TYPES[name].always = LISTED[name]["always"]

# "what an id alone proves, when a query kept only ids"; decided: an ARN does, too
FROM_ID = {
    SNAPSHOT: (
        r"awsbackup:|arn:[^:]*:rds:[^:]+:[0-9]{12}:snapshot:awsbackup:",
        ("SnapshotType", "awsbackup"),
    )
}

# `list`: the envelope's key; else the document is the record, if it has `has` and lacks
# `lacks`.  The operations are of different lengths, or of one call.
Call = namedtuple("Call", "operations type gives list has lacks")
CALLS = [
    Call(["describe-db-snapshots"], SNAPSHOT, "whole", "DBSnapshots", None, None),
    Call(["describe-db-instances"], INSTANCE, "whole", "DBInstances", None, None),
    Call(["list-backup-selections"], SELECTION, "part", "BackupSelectionsList", None, None),
    Call(
        ["get-backup-selection"],
        SELECTION,
        "one",
        None,
        ["BackupSelection", "SelectionId"],
        [],
    ),
    Call(
        ["create-backup-selection"],
        SELECTION,
        "nothing",
        None,
        ["BackupPlanId"],
        ["BackupPlan", "BackupPlanArn", "BackupPlanName", "VersionId", "SelectionName"],
    ),
    Call(["list-backup-plans"], PLAN, "whole", "BackupPlansList", None, None),
    Call(["get-backup-plan"], PLAN, "one", None, ["BackupPlan", "BackupPlanId"], []),
    Call(
        ["list-backup-plan-versions"], PLAN, "nothing", "BackupPlanVersionsList", None, None
    ),
    Call(
        ["create-backup-plan", "delete-backup-plan"],
        PLAN,
        "nothing",
        None,
        ["BackupPlanId", "BackupPlanArn", "VersionId"],
        ["BackupPlan", "BackupPlanName"],
    ),
    Call(["list-backup-vaults"], VAULT, "whole", "BackupVaultList", None, None),
    Call(
        ["describe-backup-vault"],
        VAULT,
        "one",
        None,
        ["BackupVaultName", "BackupVaultArn", "NumberOfRecoveryPoints"],
        ["Policy", "RecoveryPointArn", "BackupJobId"],
    ),
    Call(["get-caller-identity"], IDENTITY, "one", None, ["Account", "Arn", "UserId"], []),
    Call(["describe-regions"], REGION, "whole", "Regions", None, None),
]
LISTS = {call.list: call for call in CALLS if call.list}
# The answer holds its one record under a key.
CREATE_SNAPSHOT = Call(["create-db-snapshot"], SNAPSHOT, "one", None, None, None)
CALLS.append(CREATE_SNAPSHOT)
MAPS = {"DBSnapshot": (SNAPSHOT, CREATE_SNAPSHOT)}


def meaning(call, words):
    """What the catalog says that the words behind a file's call mean (CALL--WORD,
    CALL--OPTION-WORD, CALL--OPTION--WORD): a field and its value.  None: nothing."""
    for each in LISTED[call.type]["calls"]:
        if each["call"].split()[1] not in call.operations or "list" not in each:
            continue
        for option, meanings in each.get("options", {}).items():
            name = option.lstrip("-")
            for word, text in meanings.items():
                if words in ([word], ["%s-%s" % (name, word)], [name, word]):
                    field, _, literal = text.partition(" == ")
                    return field, literal.strip("'")
    return None


PARENT_KEY = "BackupPlanId"  # of a BackupSelection
PARENT_TYPE = PLAN

REGIONS = """af-south-1 ap-east-1 ap-northeast-1 ap-south-1 ap-southeast-1 ap-southeast-2
ca-central-1 eu-central-1 eu-north-1 eu-south-1 eu-west-1 eu-west-2 eu-west-3 me-south-1
sa-east-1 us-east-1 us-east-2 us-west-1 us-west-2""".split()

# ---- names -----------------------------------------------------------------------------


def spellings(operation):
    """decided: in any case, with `_` or nothing for a hyphen."""
    return re.compile(
        r"(?<![A-Za-z0-9])" + operation.replace("-", "[-_]?") + r"(?![A-Za-z0-9])", re.I
    )


OPERATIONS = [(name, call, spellings(name)) for call in CALLS for name in call.operations]


def name_of(path):
    """The call that a file's name tells (the longest one), and the words behind it:
    CALL--WORD--WORD.json."""
    name = path.rpartition("/")[2]
    found = [(op, call, form.search(name)) for op, call, form in OPERATIONS]
    found = [each for each in found if each[2]]
    if not found:
        return None, []
    _, call, match = max(found, key=lambda each: len(each[0]))
    rest = re.sub(r"\.(json|jsonl|ndjson|txt|out|log)$", "", name[match.end() :], flags=re.I)
    return call, [word for word in rest.split("--") if word] if rest.startswith("--") else []


OTHER = re.compile(r"(^|[^A-Za-z0-9])(iam-list-users|s3api-list-buckets|ec2-describe-instances)\b")


def is_other_call(path):
    """Whether a file is named as a call of which nothing here is a listing."""
    return OTHER.search(path.rpartition("/")[2]) is not None


def is_date(digits):
    try:
        day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return False
    return 1990 <= day.year <= 2099 and digits[8:10] < "24" and digits[10:] < "60"


UUID_BEFORE = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-$", re.I)


def as_word(form):
    """ "A word has no letter or digit beside it" """
    return re.compile(r"(?<![A-Za-z0-9])(?:%s)(?![A-Za-z0-9])" % form)


ACCOUNT_WORD = as_word("[0-9]{12}")
REGION_WORD = as_word("|".join(sorted(REGIONS, key=len, reverse=True)))


def words_of(path, is_folder):
    """The accounts and regions that a path names: "an account id (12 digits) or a known
    region's name as a whole word anywhere in it, file name included"."""
    accounts, regions = [], []  # of (word, whether it is a folder's whole name, beatable)
    parts = path.split("/")
    for index, part in enumerate(parts):
        in_folder = is_folder or index < len(parts) - 1
        # decided: what stands behind `--` in a file's name is a parent's name; there a
        # folder's whole name beats a word, too
        call_end = part.find("--") if "--" in part else len(part)
        for kind, form in ((accounts, ACCOUNT_WORD), (regions, REGION_WORD)):
            for found in form.finditer(part) if len(part) > 8 else ():
                word, is_whole = found.group(), in_folder and found.group() == part
                # "does not lie in a UUID and is no date ..., unless it is a folder's
                # whole name"
                if kind is accounts and not is_whole:
                    if is_date(word) or UUID_BEFORE.search(part[: found.start()]):
                        continue
                kind.append((word, is_whole, in_folder or found.start() >= call_end))
    return kept(accounts), kept(regions)


def kept(words):
    """ "a whole folder name beats a part of one" """
    if any(is_whole for _, is_whole, _ in words):
        words = [each for each in words if each[1] or not each[2]]
    return list(dict.fromkeys(word for word, _, _ in words))
