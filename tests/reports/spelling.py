"""How a text that came from elsewhere is shown to a reader (report/escape.h)."""

UNSEEN = (
    (0x80, 0x9F), (0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x115F, 0x1160),
    (0x17B4, 0x17B5), (0x180B, 0x180F), (0x200B, 0x200F), (0x2028, 0x202E),
    (0x2060, 0x206F), (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF),
    (0xFFA0, 0xFFA0), (0xFFF0, 0xFFFB), (0xFFFE, 0xFFFF), (0x1BCA0, 0x1BCA3),
    (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF),
)  # fmt: skip


def spelled(text):
    """What shows nothing, or is not allowed in XML, is spelled."""

    def spell(char):
        code = ord(char)
        if code < 0x20 or code == 0x7F:
            return "\\x%02x" % code
        if any(first <= code <= last for first, last in UNSEEN):
            return "\\u{%x}" % code
        return char

    return "".join(map(spell, text))


def accepted(waiver):
    """Of a fail that is waived, for readers: until when, by whom, and why."""
    more = [
        word % waiver[key] for key, word in (("ticket", "ticket %s"), ("approved_by", "approved by %s")) if key in waiver
    ]
    beside = " (%s)" % ", ".join(more) if more else ""
    return "accepted until %s by %s%s: %s" % (waiver["expires"], waiver["owner"], beside, waiver["reason"])
