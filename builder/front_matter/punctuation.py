"""Rules of colons, commas and quotes, which a Chinese input method writes full-width."""

import re

from builder.front_matter.events import Attempt, Scalar
from builder.front_matter.mistakes import (
    BEFORE_KEY,
    IDENT,
    Edit,
    Mistake,
    continuations,
    edited,
    quote_rest,
    quoted,
    said,
    shown,
    starts_line,
    suspects,
    write_as,
)

WIDE_COLON = re.compile(r"(?:- +)*[a-z_][\w-]{0,40} *(： *)")
COLON_WITHOUT_SPACE = re.compile(r"(?:- +)*[a-z_][\w-]{0,40}:(?=[^\s/,\]}])")
WIDE_QUOTES = frozenset("“”‘’")


def full_width_colon(attempt: Attempt) -> Mistake | None:
    """Write the half-width colon after a key, and a space."""
    places = [
        (scalar.line, scalar.column)
        for scalar in attempt.plain
        if scalar.role == "key"
        or (scalar.role != "value" or scalar.line > scalar.key_line)
        and starts_line(attempt, scalar)
    ]
    places += [
        (line, len(attempt.lines[line]) - len(attempt.lines[line].lstrip())) for _, line in continuations(attempt)
    ]
    for line, column in places:
        found = WIDE_COLON.match(attempt.lines[line], column)
        if found:
            return wrong_colon(attempt, line, found)
    for pattern in (rf"{BEFORE_KEY}{IDENT} *(： *)", rf"{BEFORE_KEY}[^\s:：'\"\[{{“，。]{{1,12}} *(： *)"):
        for line in suspects(attempt):
            match = re.match(pattern, attempt.lines[line])
            if match:
                return wrong_colon(attempt, line, match)
    return None


def wrong_colon(attempt: Attempt, line: int, found: re.Match[str]) -> Mistake:
    """Return the mistake of a full-width colon, which is the first group of ``found``."""
    after = attempt.lines[line][found.end(1) :].strip()
    edits = (Edit(line, found.start(1), len(found[1]), ": " if after else ":"),)
    mend = write_as(attempt.lines[line], edits) + "（冒号用英文输入法打，后面空一格）"
    return Mistake(line, found.start(1), "键后面的冒号是全角的“：”，要用半角的“:”加一个空格。", mend, edits)


def missing_space(attempt: Attempt) -> Mistake | None:
    """Put a space after the colon of a key."""
    failure = attempt.failure
    if failure is not None and "unexpected ':'" in failure.words:
        return no_space(attempt, failure.line, failure.column)
    places = [
        (scalar.line, scalar.column)
        for scalar in attempt.plain
        if (scalar.role == "key" and scalar.flow)
        or (scalar.role in ("item", "root") or scalar.line > scalar.key_line)
        and not scalar.flow
        and starts_line(attempt, scalar)
    ]
    places += [
        (line, len(attempt.lines[line]) - len(attempt.lines[line].lstrip())) for _, line in continuations(attempt)
    ]
    for line, column in places:
        found = COLON_WITHOUT_SPACE.match(attempt.lines[line], column)
        if found:
            return no_space(attempt, line, found.end() - 1)
    for line in suspects(attempt):
        found = re.match(rf"{BEFORE_KEY}{IDENT}:(?=[^\s/])", attempt.lines[line])
        if found:
            return no_space(attempt, line, found.end() - 1)
    return None


def no_space(attempt: Attempt, line: int, column: int) -> Mistake:
    """Return the mistake of a colon without a space after it."""
    edits = (Edit(line, column + 1, 0, " "),)
    return Mistake(line, column, "键后面的冒号要跟一个空格。", write_as(attempt.lines[line], edits), edits)


def colon_in_value(attempt: Attempt) -> Mistake | None:
    """Put a value that holds a colon and a space between quotes."""
    last = value_at_failure(attempt)
    if last is None or attempt.failure is None:
        return None
    edits = quote_rest(attempt, last.line, last.column)
    mend = write_as(attempt.lines[last.line], edits) + "（整个值加引号；中文里的冒号也可以用全角“：”）"
    return Mistake(
        attempt.failure.line, attempt.failure.column, "值里面有半角冒号加空格，会被当成又一个键。", mend, edits
    )


def value_at_failure(attempt: Attempt) -> Scalar | None:
    """Return the plain value of one line on which the parser met a colon too many, or None."""
    last = attempt.scalars[-1] if attempt.scalars else None
    if last is None or attempt.failure is None or not said(attempt.failure, "mapping values are not allowed"):
        return None
    here = (attempt.failure.line, attempt.failure.column) == (last.end_line, last.end_column)
    one_line = last.line == last.end_line == last.key_line and not last.style
    return last if here and one_line and last.role == "value" else None


def full_width_comma(attempt: Attempt) -> Mistake | None:
    """Separate items in brackets by half-width commas; put an item that holds a Chinese comma between quotes."""
    for scalar in attempt.plain:
        if not scalar.flow or scalar.line != scalar.end_line:
            continue
        text = attempt.lines[scalar.line][scalar.column : scalar.end_column]
        # What stands between Chinese quotes or brackets is text, commas and all.
        bare = re.sub("“[^“”]*”|「[^「」]*」|《[^《》]*》|（[^（）]*）", lambda found: "x" * len(found[0]), text)
        pattern = "[，、] *" if scalar.role == "item" else rf"[，、；] *(?={IDENT} *(?:：|$))"
        found = list(re.finditer(pattern, bare))
        if not found or scalar.role == "key":
            continue
        edits = tuple(Edit(scalar.line, scalar.column + each.start(), len(each[0]), ", ") for each in found)
        line = attempt.lines[scalar.line]
        mend = write_as(line, edits)
        if scalar.role == "item":
            whole = (Edit(scalar.line, scalar.column, len(text), quoted(text)),)
            mend += f"；如果逗号是文字的一部分，给这一项加引号：{shown(edited(line, whole))}"
        mark = bare[found[0].start()]
        return Mistake(scalar.line, edits[0].column, f"括号里的各项要用半角逗号“, ”隔开，这里是“{mark}”。", mend, edits)
    return None


def full_width_quote(attempt: Attempt) -> Mistake | None:
    """Hold a value together by half-width quotes; Chinese quotes are text like any other."""
    last = value_at_failure(attempt)
    if last is not None and re.fullmatch("[“”‘’].*[“”‘’\"']", attempt.lines[last.line][last.column :].rstrip(" \t")):
        return wrong_quotes(attempt, last.line, last.column, len(attempt.lines[last.line].rstrip(" \t")))
    for scalar in attempt.plain:
        line = attempt.lines[scalar.line]
        text = line[scalar.column : scalar.end_column] if scalar.line == scalar.end_line else ""
        if text[:1] not in WIDE_QUOTES:
            continue
        cut = (
            scalar.flow and scalar.role == "item" and re.fullmatch("“[^”]*", text) and line.find("”", scalar.end_column)
        )
        if cut and cut > 0:
            return wrong_quotes(attempt, scalar.line, scalar.column, cut + 1)
        # One Chinese and one English quote are no pair; nobody quotes a date or an address in Chinese.
        if re.fullmatch('[“”][^“”"]*"|[“”‘’][!-~ ]*[“”‘’]', text) or (scalar.role == "key" and text[:1] in [*"“”"]):
            return wrong_quotes(attempt, scalar.line, scalar.column, scalar.end_column)
    failure = attempt.failure
    if failure is not None and failure.begun and failure.context.endswith("quoted scalar"):
        line_number, column = failure.begun
        found = re.match("[\"'][^\"']*[”’“‘](?=[ ,\\]}]*$)", attempt.lines[line_number][column:])
        if found:
            return wrong_quotes(attempt, line_number, column, column + found.end())
    return None


def wrong_quotes(attempt: Attempt, line: int, column: int, end: int) -> Mistake:
    """Return the mistake of Chinese quotes at ``column`` or just before ``end``, or both."""
    text = attempt.lines[line]
    inner = text[column + 1 : end - 1]
    edits = (Edit(line, column, end - column, quoted(inner)),)
    at = column if text[column] not in "\"'" else end - 1
    mend = write_as(text, edits) + "（引号用英文输入法打）"
    return Mistake(line, at, f'括住值的引号要用半角的（"），这里是全角的（{text[at]}）。', mend, edits)
