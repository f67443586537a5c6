"""How texts are compared: without white space, and with the punctuation declared in the editorial rules full-width.

Source of the rule: the editorial policy, “底本中半角标点（, ; : ? ! ( )）系转录所致，一律改为全角”. What cannot be seen
counts as white space, and a radical in the place of a character (⻓ for 长) as that character: both are damage of the
transcription, which a file of the archive must not have and a received text may. Nothing else is folded: NFKC would
change … and ℃ too.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from builder.characters import JOINERS, LOOKALIKE, LOOKALIKES, UNSEEN

DECLARED = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）"}
_UNSEEN = frozenset(UNSEEN + JOINERS)
_TABLE = str.maketrans(DECLARED) | LOOKALIKES | dict.fromkeys(map(ord, _UNSEEN))
_REPLACED = re.compile(f"[{''.join(DECLARED)}{''.join(_UNSEEN)}]|{LOOKALIKE.pattern}")


@lru_cache(maxsize=1024)  # each quotation of a text is looked for in each of its paragraphs, and by several rules
def fold(text: str) -> str:
    """Return a text as it is compared."""
    folded = "".join(text.split())
    # Mostly there is nothing to replace, and to see that takes a fraction of the time.
    return folded.translate(_TABLE) if _REPLACED.search(folded) else folded


def fold_with_offsets(text: str) -> tuple[str, Sequence[int]]:
    """Return a text as it is compared and, for each of its characters, the offset in the text as it is."""
    folded = fold(text)
    if len(folded) == len(text):  # nothing was left out
        return folded, range(len(text))
    return folded, [index for index, character in enumerate(text) if not (character.isspace() or character in _UNSEEN)]
