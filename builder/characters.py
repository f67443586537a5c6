"""Characters that are not what they look like: copies from a PDF or a web page bring them along.

Gives the table from each radical and compatibility ideograph to the character that is meant, and the pattern of what
cannot be seen. Sources: Unicode's canonical and compatibility mappings, and EquivalentUnifiedIdeograph.txt for the
CJK Radicals Supplement, which has none of these.
"""

import re
import unicodedata

# The radicals of the supplement that are words by themselves, and the characters that they stand for.
SUPPLEMENT = str.maketrans(
    "⺟⺠⻁⻄⻅⻆⻉⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻯⻰⻱⻳",
    "母民虎西见角贝车長长门青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿竜龙龜龟",
)
BLOCKS = ((0x2E80, 0x2FE0), (0xF900, 0xFB00), (0x2F800, 0x2FA20))


def _meant(character: str) -> str:
    """Return the character that one of ``BLOCKS`` stands for: itself where it is none of those."""
    is_radical = "\u2e80" <= character < "\u2fe0"
    return unicodedata.normalize("NFKC" if is_radical else "NFC", character).translate(SUPPLEMENT)


# Code point → the character that is meant.
LOOKALIKES: dict[int, str] = {
    code: _meant(chr(code)) for first, end in BLOCKS for code in range(first, end) if _meant(chr(code)) != chr(code)
}
# Its third block is one range: as single characters, each of them would be compared with each character of a text.
LOOKALIKE = re.compile(f"[{''.join(map(chr, (code for code in LOOKALIKES if code < 0x10000)))}\U0002f800-\U0002fa1d]")

# Zero-width spaces, marks of direction, soft hyphens; joiners, which other scripts and emoji need, beside Chinese.
UNSEEN = "\u00ad\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069"
JOINERS = "\u200c\u200d"
INVISIBLE = re.compile(f"[{UNSEEN}]|[{JOINERS}](?:(?<=[\u3400-\u9fff][{JOINERS}])|(?=[\u3400-\u9fff]))")
