#!/usr/bin/env python3
"""Compares when random schedules run with an enumeration (enumeration.py).  Prints TAP.

    run.py [COUNT [SEED]]       so many schedules (default: 300 from seed 1)

PROTECTION: the program that runs cases of schedules (tests/protection/).  A part of the
expressions is damaged, and then it is compared what is wrong with them.
"""

import datetime
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import zoneinfo

from enumeration import DAY, FIELDS, UTC, answer

LONG, SHORT = [1, 31, 365, 365, 3 * 365, 1461], [1, 31, 92]  # days
BATCH = 100  # schedules a line of TAP
FAILURES_SHOWN = 10
DAMAGED_SHARE = 0.15
ZONE_SHARE = 0.5
# those with something of their own: half an hour, Ramadan, midnight, the date line, both
# hemispheres, negative summer time
ZONES = """America/Los_Angeles Europe/Berlin Europe/Dublin Africa/Casablanca Africa/Cairo
Australia/Lord_Howe Australia/Sydney America/Havana America/Santiago America/Nuuk Asia/Gaza
Asia/Tehran Asia/Kolkata Asia/Tokyo America/St_Johns America/Sao_Paulo Pacific/Apia
Pacific/Chatham Pacific/Kiritimati Antarctica/Troll UTC Etc/UTC Etc/GMT+12""".split()
NO_ZONES = ["Mars/Olympus", "", "europe/berlin ", "../zoneinfo/UTC", "/etc/localtime", "Europe", "Europe/", "."]


def value(rng, field):
    _, least, most, names = FIELDS[field]
    if field == 5:
        return str(rng.randint(2020, 2040))
    number = rng.randint(least, most)
    text = names[number - least] if names and rng.random() < 0.4 else str(number)
    return rng.choice([text, text.lower()]) if rng.random() < 0.2 else text


def plain(rng, field):
    kind = rng.random()
    if kind < 0.5:
        return value(rng, field)
    if kind < 0.75:
        first, last = value(rng, field), value(rng, field)
        if field == 5 and first > last:
            first, last = last, first
        item = first + "-" + last
    else:
        item = rng.choice(["*", value(rng, field)])
    if kind < 0.6 or kind > 0.75 and item != "*" or rng.random() < 0.2:
        item += "/%d" % rng.choice([1, 2, 3, 5, 7, 12, 20, 90])
    return item


def item(rng, field):
    if field == 2 and rng.random() < 0.3:
        return rng.choice(["L", "LW", "%dW" % rng.randint(1, 31)])
    if field == 4 and rng.random() < 0.3:
        return rng.choice(["L", value(rng, 4) + "L", "%s#%d" % (value(rng, 4), rng.randint(1, 5))])
    return plain(rng, field)


def expression(rng):
    question = rng.choice([2, 4])
    fields = []
    for field, share in enumerate([0.1, 0.25, 0.4, 0.6, 0.4, 0.85]):
        if field == question:
            fields.append("?")
        elif rng.random() < share:
            fields.append("*")
        else:
            few = [item(rng, field) for _ in range(rng.choice([1, 1, 1, 2, 3]))]
            fields.append(",".join(few if not any("#" in one for one in few) else few[:1]))
    text = " ".join(fields)
    return text if rng.random() < 0.1 else "cron(%s)" % text


def damaged(rng, text):
    place = rng.randrange(len(text) + 1)
    inserted = rng.choice(["", "", *"0123456789,-*/?LW#() abJ", "-1", "60", "MON", "JAN", "é"])
    return text[:place] + inserted + text[place + rng.choice([0, 1, 1, 2]) :]


def rate(rng):
    return "rate(%s %s)" % (
        rng.choice([1, 1, 2, 12, 0, 36, 10**7, 10**7 + 1]),
        rng.choice(["minute", "minutes", "hour", "hours", "day", "days", "week"]),
    )


def window(rng, zone, runs_seldom):
    """Many days, or a few days around a time at which the clocks of the zone change."""
    start = datetime.datetime(rng.randint(2018, 2044), 1, 1, tzinfo=UTC) + rng.randrange(365) * DAY
    if rng.random() < 0.3:
        start += datetime.timedelta(minutes=rng.randrange(24 * 60))
    if zone is None or zone in NO_ZONES or rng.random() < 0.4:
        return start, start + rng.choice(LONG if runs_seldom else SHORT) * DAY, False
    clock = zoneinfo.ZoneInfo(zone)
    for _ in range(400):
        if start.astimezone(clock).utcoffset() != (start + DAY).astimezone(clock).utcoffset():
            break
        start += DAY
    start -= rng.randrange(24 * 60) * datetime.timedelta(minutes=1)
    return start, start + rng.randint(1, 3) * DAY, True


def case(seed):
    rng = random.Random(seed)
    zone = None
    if rng.random() < ZONE_SHARE:
        zone = rng.choice(NO_ZONES if rng.random() < 0.05 else ZONES)
    text = rate(rng) if rng.random() < 0.03 else expression(rng)
    if rng.random() < DAMAGED_SHARE:
        text = damaged(rng, text)
    start, end, by_minute = window(rng, zone, runs_seldom=re.match(r"(cron\()?\d+ \d+ ", text))
    return {
        "id": str(seed),
        "expression": text,
        "zone": zone,
        "start": start.strftime("%Y-%m-%dT%H:%MZ"),
        "end": end.strftime("%Y-%m-%dT%H:%MZ"),
        "expect": answer(text, zone, start, end, by_minute),
    }


def compare(cases):
    """What the program says of cases that do not hold."""
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "schedules.json"), "w") as file:
            json.dump(cases, file)
        done = subprocess.run([os.environ["PROTECTION"], folder], stdout=subprocess.PIPE, check=False)
    lines = done.stdout.decode().splitlines()
    said = lines[-1] if lines else "nothing"
    if said != "%d passed, %d failed" % (len(cases) - (len(lines) - 1), len(lines) - 1):
        lines.append("it said %s, and ended with status %d" % (said, done.returncode))
        return lines
    return lines[:-1]


def main(arguments):
    count = int(arguments[0]) if arguments else 300
    first = int(arguments[1]) if len(arguments) > 1 else 1
    starts = range(first, first + count, BATCH)
    failed = gaps = errors = 0
    print("1..%d" % (len(starts) + 1))
    for number, start in enumerate(starts, 1):
        cases = [case(seed) for seed in range(start, min(start + BATCH, first + count))]
        gaps += sum(1 for one in cases if one["expect"].get("minutes"))
        errors += sum(1 for one in cases if "error" in one["expect"])
        problems = compare(cases)
        failed += bool(problems)
        print("%s %d - schedules %s to %s" % ("not ok" if problems else "ok", number, cases[0]["id"], cases[-1]["id"]))
        for problem in problems[:FAILURES_SHOWN]:
            print("#   " + problem)
        sys.stdout.flush()
    enough = gaps > count / 3 and errors > count / 50
    print("%s %d - of %d schedules %d have a gap, and %d are none" % ("ok" if enough else "not ok", len(starts) + 1, count, gaps, errors))
    return failed > 0 or not enough


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
