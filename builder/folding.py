"""How texts are compared: without white space, and with the punctuation declared in the editorial rules full-width.

Source of the rule: the editorial policy, “底本中半角标点（, ; : ? ! ( )）系转录所致，一律改为全角”. What cannot be seen
counts as white space, and a radical in the place of a character (⻓ for 长) as that character: both are damage of the
transcription, which a file of the archive must not have and a received text may. Nothing else is folded: NFKC would
change … and ℃ too.
"""

from builder.characters import JOINERS, LOOKALIKES, UNSEEN

DECLARED = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）"}
_UNSEEN = frozenset(UNSEEN + JOINERS)
_TABLE = str.maketrans(DECLARED) | LOOKALIKES | dict.fromkeys(map(ord, _UNSEEN))


def fold(text: str) -> str:
    """Return a text as it is compared."""
    return "".join(text.split()).translate(_TABLE)


def fold_with_offsets(text: str) -> tuple[str, list[int]]:
    """Return a text as it is compared and, for each of its characters, the offset in the text as it is."""
    offsets = [index for index, character in enumerate(text) if not (character.isspace() or character in _UNSEEN)]
    return fold(text), offsets
