"""Advice on dates: what to write instead of a date that is not EDTF.

Takes the text that ``dates`` could not read; gives the EDTF that the editor most likely meant, or words that say how to
write it. It guesses only the writing, never a date: what the text does not say (a year, a lunar day) is asked for.
"""

import re
import unicodedata

FORMS = (
    "请写成 2020-01-29（日）、2020-01（月）、2020（年）、2020-01-26/2020-03-05（起讫）、"
    "2020-01-29/..（起）、[2020-02-05,2020-02-06]（其中一日）、2020-02~（前后）或 2020-01-24?（存疑）。"
)
YEAR = "[0-9]{4}"
ONE = "([0-9]{1,2})"
# Ways of writing one date, tried in turn; {0}, {1}, {2} are what the groups caught.
PIECES = tuple(
    (re.compile(pattern), form)
    for pattern, form in (
        (rf"({YEAR})[年./—–-]{ONE}[月./—–-]{ONE}[日号]?", "{0}-{1:0>2}-{2:0>2}"),
        (r"([0-9]{4})([0-9]{2})([0-9]{2})", "{0}-{1}-{2}"),
        (rf"({YEAR})[年./—–-]{ONE}月?份?", "{0}-{1:0>2}"),
        (r"([0-9]{4})([0-9]{2})", "{0}-{1}"),
        (rf"({YEAR})年?度?", "{0}"),
        (r"([0-9]{3})(?:0年代|0S|X年?)", "{0}X"),
        (rf"({YEAR})年?春[季天]?", "{0}-21"),
        (rf"({YEAR})年?夏[季天]?", "{0}-22"),
        (rf"({YEAR})年?秋[季天]?", "{0}-23"),
        (rf"({YEAR})年?冬[季天]?", "{0}-24"),
        (rf"({YEAR})[年./—–-]{ONE}月?上旬", "[{0}-{1:0>2}-01..{0}-{1:0>2}-10]"),
        (rf"({YEAR})[年./—–-]{ONE}月?中旬", "[{0}-{1:0>2}-11..{0}-{1:0>2}-20]"),
        (r"((?:[0-9]{4}|[0-9]{3}X)(?:-(?:[0-9]{2}|XX)){0,2})", "{0}"),
    )
)
# The second half of “2020年1月24日至3月5日” borrows what it leaves out from the first.
SHORT_PIECES = (
    (re.compile(rf"{ONE}月{ONE}[日号]?"), 1, "-{0:0>2}-{1:0>2}"),
    (re.compile(rf"{ONE}月"), 1, "-{0:0>2}"),
    (re.compile(rf"{ONE}[日号]"), 2, "-{0:0>2}"),
)
JOINTS = (
    (
        "/",
        re.compile(
            r"至(?!今)|到|[—–―]+|--|~(?=[0-9])|(?<=[0-9]{4})-(?=[0-9]{4})|(?<=[年月日])[-/]|(?<=.{6})[-/](?=[0-9]{4}[-./年])"
        ),
    ),
    ("or", re.compile(r"或者?|(?<=日)、(?=.*或)")),
    ("and", re.compile(r"[和与及、]")),
)
OPEN = (
    (re.compile(r"(.+?)(?:起|以来|之?后|以后|[/至—-]?至今)"), "{}/.."),
    (re.compile(r"(?:截?至)?(.+?)(?:止|以前|之?前)"), "../{}"),
    (re.compile(r"截?至(.+)"), "../{}"),
)
HAN_NUMBER = re.compile(r"[〇零○一二三四五六七八九十]+(?=[年月日号至到]|$)|[〇零○一二三四五六七八九]{4}")
HAN_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
CLOCK = re.compile(r"[T ]?(?:上午|下午|晚上?|凌晨|清晨|中午)?([0-9]{1,2})(?::|时|点)([0-9]{2})?[:0-9分Z+许半-]*$")
BARE_CLOCK = re.compile(r"(?<=[0-9日])[T ]?(?:上午|下午|晚上?|夜里?|凌晨|清晨|早晨|早上|中午|傍晚|深夜)$")
LUNAR = re.compile(r"农历|阴历|[正腊冬]月|初[一二三四五六七八九十0-9]|廿|除夕|元宵|春节|端午|中秋|重阳|清明|大年|闰")


def advise(text: str) -> tuple[str, str, str]:
    """Return (candidate, what is wrong, how to mend it) for a text that is not EDTF.

    ``candidate`` is the EDTF probably meant, empty where it cannot be told; the caller has to read it. An empty
    second value leaves the caller's own words.
    """
    plain = _typed(unicodedata.normalize("NFKC", text).strip())
    if not plain:
        return "", "日期是空的。", "请写 2020-01-29 这样的日期；没有日期的事（未系日），把 date 这一行删去。"
    outside = re.sub(r"\(.*\)$", "", plain)
    if LUNAR.search(outside):
        mend = "请换算成公历，写成 2020-01-24 这样，另写 basis: named-day；原文的说法写在 quote 或 note 里。"
        return "", f"日期“{text}”不是公历日期。", mend
    plain = HAN_NUMBER.sub(_digits, outside or plain).upper()
    clock = CLOCK.search(plain) or BARE_CLOCK.search(plain)
    if clock and (day := _piece(plain[: clock.start()], "")):
        return "", f"日期“{text}”里写了时刻。", f"日期只写 {day}，时刻写在 time: 里{_clock_example(clock)}。"
    return _candidate(plain), "", _words(plain)


def _typed(plain: str) -> str:
    """Return a text without the commonest slips: another hyphen, a mark at the end, O for 0, l for 1."""
    plain = re.sub("[\u2010-\u2012\u2212]", "-", plain)
    plain = re.sub(r"(?<=[0-9日月年号])[,;.。、]$", "", plain)
    if re.fullmatch(r"[0-9OoIl]{4}([-/.][0-9OoIl]{1,2}){0,2}", plain):
        plain = plain.translate(str.maketrans("OoIl", "0011"))
    return plain


def _candidate(plain: str) -> str:
    """Return the EDTF a text probably means, or an empty text."""
    if plain[0] in "[{" and plain[-1] in "]}":
        pieces = [_piece(piece, "") or piece.strip() for piece in re.split(r"[,、;]", plain[1:-1])]
        return plain[0] + ",".join(pieces) + plain[-1]
    text = re.sub(r"\s+", "", plain)
    if (whole := _piece(text, "")) or (whole := _open(text)):
        return whole
    for joint, pattern in JOINTS:
        halves = pattern.split(text)
        pieces = [_piece(halves[0], "")]
        for half in halves[1:]:
            pieces.append(_piece(half, pieces[-1]))
        if len(pieces) > 1 and all(pieces):
            return {"/": "/".join(pieces), "or": f"[{','.join(pieces)}]", "and": "{" + ",".join(pieces) + "}"}[joint]
    return "/".join(_piece(side, "") or side for side in text.split("/")) if text.count("/") == 1 else ""


def _open(text: str) -> str:
    """Return an interval with one end for “…起”, “…以前” and the like, or an empty text."""
    for pattern, form in OPEN:
        match = pattern.fullmatch(text)
        if match and not text.endswith("前后") and (piece := _piece(match.group(1), "")):
            return form.format(piece)
    return ""


def _piece(text: str, before: str) -> str:
    """Return one date as EDTF, or an empty text; ``before`` is the date from which a short one borrows."""
    text = re.sub(r"\s+", "", text)
    mark = "~" if re.search(r"^约|前后|左右", text) else ""
    plain = re.sub(r"^大?约|前后$|左右$", "", text)
    leading = re.fullmatch(r"([?~%]?)(.*?)([?~%]?)", plain)
    if leading:
        mark, plain = mark or leading.group(1) or leading.group(3), leading.group(2)
    for pattern, form in PIECES:
        if match := pattern.fullmatch(plain):
            return form.format(*match.groups()) + mark
    for pattern, borrowed, form in SHORT_PIECES:
        match = pattern.fullmatch(plain)
        lent = re.match(r"[0-9]{4}" + "-[0-9]{2}" * (borrowed - 1), before)
        if match and lent:
            return lent.group() + form.format(*match.groups()) + mark
    return ""


def _digits(match: re.Match[str]) -> str:
    """Return a number written in Han as digits: 二〇二〇 → 2020, 二十九 → 29."""
    number = match.group()
    if "十" in number:
        tens, _, ones = number.partition("十")
        number = (tens or "一") + (ones or "〇")
    return number.translate(HAN_DIGITS)


def _clock_example(clock: re.Match[str]) -> str:
    hour, minute = (clock.groups() + (None, None))[:2]
    return f"（如 time: {int(hour):02}:{minute or '00'}）" if hour else "（如 time: 晚上）"


def _words(plain: str) -> str:
    """Return how to mend a text whose meaning cannot be told."""
    text = re.sub(r"\s+", "", plain)
    if match := re.fullmatch(r"([0-9]{1,2})[月./—–-]([0-9]{1,2})[日号]?|([0-9]{1,2})月", text):
        month, day, alone = match.groups()
        example = f"2020-{int(month):02}-{int(day):02}" if month else f"2020-{int(alone):02}"
        return f"缺少年份：请写成 {example} 这样，年份用四位数字；年份若是编者所补，另写 supplied: year。"
    if re.fullmatch(r"[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{4}", text):
        return "年写在最前面，然后是月、日，如 2020-01-29。"
    if re.fullmatch(r"[0-9]{2}[年./—–-].*", text) or text.startswith("'"):
        return "年份要写四位数字，如 2020-01-29。"
    if re.search(r"\b(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)[A-Z]*\b", plain):
        return "月份写成两位数字，年写在最前面，如 2020-01-29。"
    if re.match(r"-[0-9]{4}|公元前|Y-?[0-9]", text):
        return "年份只能是 0001 到 9999 的四位数字。"
    if re.search(r"[初底末]$", text):
        return "“初”“底”没有写法：只写月份或年份，如 2020-02；知道大致范围的，写 [2020-02-21..2020-02-29]。"
    if "X" in text and re.search(r"[?~%]", text):
        return "X 已经表示不知道的数字，后面不再写 ?、~、%，如 202X、2020-XX、2020-02-XX。"
    if "X" in text:
        return "X 只能从右边写起：202X、20XX、2020-XX、2020-02-XX、2020-XX-XX。"
    if re.search(r"[?~%].", text):
        return "?、~、% 只能写一个，写在日期的末尾，如 2020-02~、2020-01-24?。"
    if ".." in text:
        return "起讫写 2020-01-26/2020-03-05；是其中某一日而不知哪一日，写 [2020-01-26..2020-03-05]。"
    return FORMS
