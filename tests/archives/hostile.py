#!/usr/bin/python3
"""Archives that are hostile or broken: each gives the problems, and the verdicts, that its row
says; in bounded time and memory, and without any locale. Prints TAP without numbers.

    INVAUDIT=build/invaudit tests/archives/hostile.py [NAME...]
"""
import bz2
import gzip
import io
import json
import lzma
import os
import resource
import struct
import subprocess
import sys
import tarfile
import tempfile
import zipfile
import zlib

PROGRAM = os.path.abspath(os.environ["INVAUDIT"])
WHERE = "123456789012/us-east-1/rds-describe-db-snapshots.json"
EMPTY = b'{"DBSnapshots": []}'
FULL = (b'{"DBSnapshots": [{"DBSnapshotIdentifier": "s", "SnapshotType": "awsbackup", "DBSnapshotArn": '
        b'"arn:aws:rds:us-east-1:123456789012:snapshot:awsbackup:s"}]}')


def tar(*members, mode="w", **options):
    """Members: (name, bytes), or a TarInfo."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode, **options) as packed:
        for member in members:
            info, text = member if isinstance(member, tuple) else (member, b"")
            if isinstance(info, str):
                info = tarfile.TarInfo(info)
                info.size = len(text)
            packed.addfile(info, io.BytesIO(text))
    return out.getvalue()


def info(name, **members):
    made = tarfile.TarInfo(name)
    for member, value in members.items():
        setattr(made, member, value)
    return made


def zipped(*members, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as packed:
        for name, text in members:
            entry = name if isinstance(name, zipfile.ZipInfo) else zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            entry.compress_type = method
            packed.writestr(entry, text)
    return out.getvalue()


def gz(data):
    return gzip.compress(data, mtime=0)


def zip_link():
    entry = zipfile.ZipInfo(WHERE)
    entry.create_system = 3
    entry.external_attr = 0o120777 << 16
    return zipped((entry, b"/etc/passwd"))


def renamed_local_header():
    """The local header names another account, as long as the directory's."""
    data = zipped((WHERE, EMPTY))
    return data.replace(WHERE.encode(), WHERE.replace("1234", "2222").encode(), 1)


def not_in_directory():
    """A member lies before the first that the directory has."""
    hidden = zipped(("999999999999/us-east-1/rds-describe-db-snapshots.json", EMPTY))
    start = hidden[:hidden.index(b"PK\x01\x02")]
    data = zipped((WHERE, EMPTY))
    end = data.index(b"PK\x01\x02")
    directory = bytearray(data[end:])
    struct.pack_into("<I", directory, 42, len(start))
    at = directory.index(b"PK\x05\x06")
    struct.pack_into("<I", directory, at + 16, len(start) + end)
    return start + data[:end] + bytes(directory)


def encrypted():
    data = bytearray(zipped((WHERE, EMPTY)))
    for magic, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(magic) + at] |= 1
    return bytes(data)


def wrong_sum():
    data = bytearray(zipped((WHERE, EMPTY), ("123456789012/us-west-2/rds-describe-db-snapshots.json", EMPTY),
                            method=zipfile.ZIP_STORED))
    data[data.index(EMPTY) + 3] ^= 1
    return bytes(data)


def twice_zip():
    with_warning = zipfile.ZipFile
    out = io.BytesIO()
    with with_warning(out, "w") as packed:
        for name in (WHERE, WHERE[:-1] + "m"):
            packed.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), EMPTY)
    return out.getvalue().replace(WHERE[:-1].encode() + b"m", WHERE.encode())


def bomb(size):
    one = zlib.compressobj(9, zlib.DEFLATED, 31)
    block = b" " * (1 << 20)
    return b"".join([one.compress(EMPTY)] + [one.compress(block) for _ in range(size >> 20)] + [one.flush()])


def cut(data, part=2):
    return data[:len(data) // part]


def bad_sum(data):
    data = bytearray(data)
    data[-6] ^= 1
    return bytes(data)


PLAIN = tar((WHERE, EMPTY))
LONG = "x" * 5000 + ".json"
NOISE = [(f"123456789012/{region}/rds-describe-db-snapshots.json", EMPTY + b" " * 70000)
         for region in ("us-east-1", "us-east-2", "us-west-1", "us-west-2")]

# name, file, bytes, the codes of the problems, what is decided of Backup-001 in each region
ROWS = [
    ("a tar", "a.tar", PLAIN, "", "us-east-1=fail"),
    ("a tar.gz", "a.tar.gz", gz(PLAIN), "", "us-east-1=fail"),
    ("a tar.xz", "a.tar.xz", lzma.compress(PLAIN), "", "us-east-1=fail"),
    ("a tar.bz2", "a.tar.bz2", bz2.compress(PLAIN), "", "us-east-1=fail"),
    ("a zip", "a.zip", zipped((WHERE, EMPTY)), "", "us-east-1=fail"),
    ("a compressed file", WHERE + ".gz", gz(EMPTY), "", "us-east-1=fail"),
    ("the same by xz", WHERE + ".xz", lzma.compress(EMPTY), "", "us-east-1=fail"),
    ("GNU's and pax's long names", "a.tar", tar(("d/" * 90 + WHERE, EMPTY), format=tarfile.GNU_FORMAT), "",
     "us-east-1=fail"),
    ("the oldest tar", "a.tar", PLAIN[:257] + bytes(255) + PLAIN[512:], None, None),
    ("names by Windows PowerShell", "a.zip", zipped((WHERE.replace("/", "\\"), EMPTY)), "", "us-east-1=fail"),
    ("two compressed streams", "a.tar.gz", gz(PLAIN[:700]) + gz(PLAIN[700:]), "", "us-east-1=fail"),
    ("the account in the archive's name", "123456789012.tar.gz",
     gz(tar(("us-east-1/rds-describe-db-snapshots.json", EMPTY))), "", "us-east-1=fail"),
    # the hostile ones
    ("a local header that names another account", "a.zip", renamed_local_header(), "", "us-east-1=fail"),
    ("a member that the directory lacks", "a.zip", not_in_directory(), "", "us-east-1=fail"),
    ("a name twice, tar", "a.tar", tar((WHERE, EMPTY), (WHERE, FULL)), "member-twice", "us-east-1=unknown"),
    ("a name twice, zip", "a.zip", twice_zip(), "member-twice", "us-east-1=unknown"),
    ("a symbolic link, zip", "a.zip", zip_link(), "member-link", "us-east-1=unknown"),
    ("a symbolic link, tar", "a.tar", tar(info(WHERE, type=tarfile.SYMTYPE, linkname="/etc/passwd")),
     "member-link", "us-east-1=unknown"),
    ("a hard link", "a.tar", tar(("b.txt", b"x"), info(WHERE, type=tarfile.LNKTYPE, linkname="b.txt")),
     "member-link", "us-east-1=unknown"),
    ("a device", "a.tar", tar(info(WHERE, type=tarfile.CHRTYPE)), "member-device", "us-east-1=unknown"),
    ("a FIFO", "a.tar", tar(info(WHERE, type=tarfile.FIFOTYPE)), "member-device", "us-east-1=unknown"),
    ("a name that leads out", "a.tar", tar(("../" + WHERE, EMPTY)), "member-path", None),
    ("an absolute name", "a.tar", tar(("/" + WHERE, EMPTY)), "member-path", None),
    ("a name that leads out, zip", "a.zip", zipped(("a/../../" + WHERE, EMPTY)), "member-path", None),
    ("a name too long", "a.tar", tar((LONG, EMPTY)), "member-path", None),
    ("UTF-8 names, zip", "a.zip", zipped(("José 日/" + WHERE, EMPTY)), "", "us-east-1=fail"),
    ("UTF-8 names, pax", "a.tar", tar(("José 日/" + WHERE, EMPTY), format=tarfile.PAX_FORMAT), "", "us-east-1=fail"),
    ("encrypted", "a.zip", encrypted(), "encrypted", "us-east-1=unknown"),
    ("a member whose sum is wrong", "a.zip", wrong_sum(), "archive-damaged envelope-unknown", "us-east-1=unknown us-west-2=fail"),
    ("bytes behind gzip", "a.tar.gz", gz(PLAIN) + b"more", "trailing-bytes", "us-east-1=unknown"),
    ("bytes behind a compressed file", WHERE + ".gz", gz(EMPTY) + b"more", "trailing-bytes", "us-east-1=unknown"),
    ("bytes behind tar's end", "a.tar", PLAIN + b"more", "trailing-bytes", "us-east-1=unknown"),
    ("bytes behind zip's end", "a.zip", zipped((WHERE, EMPTY)) + b"more", "trailing-bytes", "us-east-1=unknown"),
    ("zeros behind the end", "a.tar.gz", gz(PLAIN + bytes(4096)) + bytes(512), "", "us-east-1=fail"),
    ("gzip's sum is wrong", "a.tar.gz", bad_sum(gz(PLAIN)), "archive-damaged", "us-east-1=unknown"),
    ("a tar.gz that was cut off", "a.tar.gz", gz(PLAIN)[:-4], "archive-damaged", "us-east-1=unknown"),
    ("a tar cut off between two members", "a.tar", tar(*NOISE)[:512 + 70144 + 0], None, None),
    ("a tar cut off before its end", "a.tar", PLAIN[:1024], "archive-damaged", "us-east-1=unknown"),
    ("a zip that was cut off", "a.zip", cut(zipped((WHERE, EMPTY))), "archive-damaged", None),
    ("0 bytes", "a.tar.gz", b"", "empty", None),
    ("an archive in an archive", "a.tar", tar(("b.tar.gz", gz(PLAIN))), "archive", None),
    ("a bomb", "a.json.gz", bomb(1 << 28), "ratio", None),
    ("a bomb, zip", "a.zip", zipped((WHERE, EMPTY + b" " * (64 << 20))), "ratio", None),
]


def limit():
    resource.setrlimit(resource.RLIMIT_CPU, (30, 30))


def scan(folder, name, environment, data=None):
    done = subprocess.run([PROGRAM, "scan", "-o", "json", name], cwd=folder, capture_output=True, env=environment,
                          input=data or b"", preexec_fn=limit, check=False)
    return done.returncode, done.stdout, done.stderr.decode()


def judged(text):
    report = json.loads(text)
    codes = " ".join(sorted({problem["code"] for problem in report["problems"]}))
    decided = " ".join(f"{finding['region']}={finding['result']}" for finding in report["findings"]
                       if finding["rule"] == "Backup-001" and finding["region"])
    return codes, decided


def check(folder, row):
    name, file, data, codes, decided = row
    path = os.path.join(folder, file)
    os.makedirs(os.path.dirname(path) or folder, exist_ok=True)
    with open(path, "wb") as out:
        out.write(data)
    status, text, said = scan(folder, file, dict(os.environ))
    bare_status, bare, _ = scan(folder, file, {})
    os.remove(path)
    if not text:
        return [f"status {status}: {said}"]
    wrong = [] if (status, text) == (bare_status, bare) else ["without a locale it is another report"]
    met = judged(text)
    if codes is not None and met[0] != codes:
        wrong.append(f"problems: {met[0]!r}, not {codes!r}")
    if decided is not None and met[1] != decided:
        wrong.append(f"decided: {met[1]!r}, not {decided!r}")
    if codes and status == 0:
        wrong.append("status 0")
    return wrong


def many_members(folder):
    """A million members of no bytes: bounded time and memory, and the limit is told."""
    path = os.path.join(folder, "many.tar.gz")
    header = bytearray(info("0" * 7 + ".txt").tobuf(tarfile.USTAR_FORMAT))
    with gzip.open(path, "wb", compresslevel=1) as out:
        for first in range(0, 1000001, 1000):
            block = bytearray()
            for number in range(first, first + 1000):
                header[:7] = b"%07d" % number
                header[148:156] = b" " * 8
                header[148:156] = b"%06o\0 " % sum(header)
                block += header
            out.write(block)
        out.write(bytes(1024))
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    status, text, said = scan(folder, "many.tar.gz", dict(os.environ))
    after = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    codes = judged(text)[0] if text else said
    return [] if codes == "archive-damaged" and status in (2, 3) and max(before, after) < 2 << 20 else [
        f"status {status}, {codes}, {after} KiB"]


def from_stream(folder):
    status, text, _ = scan(folder, "-", dict(os.environ), gz(PLAIN))
    wrong = [] if judged(text) == ("", "us-east-1=fail") else [f"tar.gz: {status} {judged(text)}"]
    status, text, _ = scan(folder, "-", dict(os.environ), zipped((WHERE, EMPTY)))
    if judged(text)[0] != "archive":
        wrong.append(f"zip: {status} {judged(text)}")
    return wrong


def main():
    failed = 0
    rows = [(row[0], lambda folder, row=row: check(folder, row)) for row in ROWS]
    rows += [("a stream", from_stream)]
    if os.environ.get("MILLION"):
        rows += [("a million members", many_members)]
    for name, run in rows:
        if sys.argv[1:] and name not in sys.argv[1:]:
            continue
        with tempfile.TemporaryDirectory() as folder:
            wrong = run(folder)
        print(f"{'not ok' if wrong else 'ok'} - {name}")
        for line in wrong:
            print("# " + line[:300])
        failed += bool(wrong)
    return failed > 0


sys.exit(main())
