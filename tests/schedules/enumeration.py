"""When a schedule of AWS Backup runs, said as plainly as can be: each day is asked whether
it is one, and each minute whether it is.  Written from AWS's pages, without a look at
analyzer/aws/; slow, and meant to be."""

import datetime
import functools
import re
import zoneinfo

UTC = datetime.timezone.utc
DAY = datetime.timedelta(days=1)
MINUTE = datetime.timedelta(minutes=1)
MONTHS = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split()
WEEKDAYS = "SUN MON TUE WED THU FRI SAT".split()
FIELDS = [
    ("minute", 0, 59, []),
    ("hour", 0, 23, []),
    ("day-of-month", 1, 31, []),
    ("month", 1, 12, MONTHS),
    ("day-of-week", 1, 7, WEEKDAYS),
    ("year", 1970, 2199, []),
]
BLANK = " \t\r\n"
LAST_YEAR = 2199


class Wrong(Exception):
    """The text is no schedule; its argument is the code of why."""


def value_of(text, field):
    name, least, most, names = FIELDS[field]
    if text.upper() in names:
        return names.index(text.upper()) + least
    if not re.fullmatch("[0-9]{1,4}", text) or not least <= int(text) <= most:
        raise Wrong(name)
    return int(text)


def values_of(item, field):
    """All numbers that *, a or a-b, perhaps with /step, stand for."""
    name, least, most, _ = FIELDS[field]
    match = re.fullmatch(r"(\*|(\w+)(?:-(\w+))?)(?:/([0-9]{1,4}))?", item, re.ASCII)
    if not match or match[4] and int(match[4]) == 0:
        raise Wrong(name)
    step = int(match[4] or 1)
    if match[1] == "*":
        first, last = least, most
    else:
        first = value_of(match[2], field)
        last = value_of(match[3], field) if match[3] else most if match[4] else first
    row = [first]
    while row[-1] != last:
        if row[-1] == most and name == "year":
            raise Wrong(name)
        row.append(row[-1] + 1 if row[-1] < most else least)
    return set(row[::step])


def weekday(day):
    return day.isoweekday() % 7 + 1  # 1: Sunday


@functools.lru_cache(None)
def days_of(first):
    return [first + i * DAY for i in range(31) if (first + i * DAY).month == first.month]


def month_of(day):
    return days_of(day.replace(day=1))


def nearest(day, number):
    """Whether it is the weekday nearest to that day of its month, if there is that day."""
    month = month_of(day)
    if number > len(month):
        return False
    workdays = [other for other in month if other.isoweekday() <= 5]
    return day == min(workdays, key=lambda other: abs(other.day - number))


def day_of_month(item):
    upper = item.upper()
    if upper == "L":
        return lambda day: day == month_of(day)[-1]
    if upper == "LW":
        return lambda day: day == [other for other in month_of(day) if other.isoweekday() <= 5][-1]
    if upper.endswith("W"):
        number = value_of(item[:-1], 2)
        return lambda day: nearest(day, number)
    values = values_of(item, 2)
    return lambda day: day.day in values


def day_of_week(item):
    upper = item.upper()
    if upper == "L":
        return lambda day: weekday(day) == 7
    if upper.endswith("L"):
        last = value_of(item[:-1], 4)
        return lambda day: day == [other for other in month_of(day) if weekday(other) == last][-1]
    if "#" in item:
        name, _, which = item.partition("#")
        wanted = value_of(name, 4)
        if not re.fullmatch("[0-9]{1,4}", which) or not 1 <= int(which) <= 5:
            raise Wrong("day-of-week")
        return lambda day: [other for other in month_of(day) if weekday(other) == wanted][
            int(which) - 1 : int(which)
        ] == [day]
    values = values_of(item, 4)
    return lambda day: weekday(day) in values


class Cron:
    def __init__(self, text):
        fields = text.split()
        if len(fields) != 6:
            raise Wrong("fields")
        self.sets = {}
        self.days = []
        for number, field in enumerate(fields):
            items = field.split(",")
            if number in (2, 4):
                if field == "?":
                    continue
                if number == 4 and "#" in field and len(items) > 1:
                    raise Wrong("day-of-week")
                self.days += [(day_of_month if number == 2 else day_of_week)(item) for item in items]
            else:
                self.sets[number] = set().union(*(values_of(item, number) for item in items))
        questions = [fields[2], fields[4]].count("?")
        if questions != 1:
            raise Wrong("both-question" if questions else "both-days")
        self.times = {(hour, minute) for hour in self.sets[1] for minute in self.sets[0]}

    def has_day(self, day):
        return day.year in self.sets[5] and day.month in self.sets[3] and any(is_one(day) for is_one in self.days)

    def has_time(self, local):
        return (local.hour, local.minute) in self.times and self.has_day(local.date())


def parse(text):
    """A Cron or a rate in minutes, and notes."""
    whole = "cron(0 5 ? * * *)" if text is None else text.strip(BLANK)
    if not whole:
        raise Wrong("empty")
    match = re.fullmatch(r"(cron|rate)\(((?:.|\s)*)\)", whole)
    if match and match[1] == "rate":
        return rate(match[2].strip(BLANK)), ["rate"]
    if match:
        return Cron(match[2]), []
    if len(whole.split()) == 6 and "(" not in whole:
        return Cron(whole), ["without-cron"]
    raise Wrong("form")


def rate(text):
    number, blank, unit = text.partition(" ")
    unit = unit.strip(BLANK)
    if not blank:
        raise Wrong("form")
    if not re.fullmatch("[0-9]{1,8}", number) or not 0 < int(number) <= 10**7:
        raise Wrong("rate-value")
    if unit not in ("minute", "minutes", "hour", "hours", "day", "days"):
        raise Wrong("rate-unit")
    if (int(number) == 1) == unit.endswith("s"):
        raise Wrong("rate-plural")
    return int(number) * {"m": 1, "h": 60, "d": 24 * 60}[unit[0]]


def instant(local, zone):
    """The first instant at which clocks show that local time, or None."""
    if zone is UTC:
        return local.replace(tzinfo=UTC)
    found = []
    for fold in (0, 1):
        there = local.replace(tzinfo=zone, fold=fold).astimezone(UTC)
        if there.astimezone(zone).replace(tzinfo=None) == local:
            found.append(there)
    return min(found, default=None)


def runs_by_day(cron, zone, start):
    """All runs from a start on: day by day, and of each day its times."""
    day = start.date() - 3 * DAY
    while day.year <= LAST_YEAR:
        if day.year not in cron.sets[5]:
            day = datetime.date(day.year + 1, 1, 1)
            continue
        if cron.has_day(day):
            found = [instant(datetime.datetime(day.year, day.month, day.day, *time), zone) for time in cron.times]
            yield from sorted(run for run in found if run is not None and run >= start)
        day += DAY


def runs_by_minute(cron, zone, start, end):
    """The same, until an end: minute by minute of the clocks there."""
    shown = set()
    now = start - 2 * DAY  # what comes twice may have come before the start
    while now < end:
        local = now.astimezone(zone).replace(tzinfo=None)
        if cron.has_time(local) and local not in shown and now >= start:
            yield now
        shown.add(local)
        now += MINUTE


def printed(run):
    return run.strftime("%Y-%m-%dT%H:%MZ")


def answer(text, zone_name, start, end, by_minute):
    """What a case expects."""
    try:
        schedule, notes = parse(text)
        try:
            zone = UTC if zone_name is None else zoneinfo.ZoneInfo(zone_name)
        except (ValueError, OSError, zoneinfo.ZoneInfoNotFoundError):
            raise Wrong("time-zone") from None
    except Wrong as why:
        return {"error": why.args[0]}
    if isinstance(schedule, int):
        return {"minutes": schedule, "notes": notes}
    runs, best = [], None
    for run in runs_by_day(schedule, zone, start):
        if runs and (best is None or run - runs[-1] > best[1] - best[0]):
            best = (runs[-1], run)
        if run >= end:
            break
        runs.append(run)
    if by_minute:
        assert runs == list(runs_by_minute(schedule, zone, start, end)), (text, zone_name, start, end)
    if best is None:
        return {"minutes": None, "from": None, "to": None, "runs": len(runs), "notes": notes}
    return {
        "minutes": int((best[1] - best[0]) / MINUTE),
        "from": printed(best[0]),
        "to": printed(best[1]),
        "runs": len(runs),
        "notes": notes,
    }
