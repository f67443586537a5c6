"""Characters and their readings: what is Chinese, how one character can be read, what the marks on pinyin are.

Takes characters and pinyin; gives plain values. The tables hold only what pypinyin does not know or misreads.
"""

import unicodedata
from functools import cache


def _table(words: str) -> dict[str, str]:
    """Return a table of characters and readings, written one after the other."""
    characters, readings = words.split()[::2], words.split()[1::2]
    return dict(zip(characters, readings, strict=True))


# Surnames that pypinyin reads otherwise: what 《现代汉语词典》 (7th edition) marks 姓. Of two readings the commoner
# (盖, 覃, 翟); where neither is commoner (宁, 乐, 相, 隗, 郇), what the machine says stands.
SURNAMES = _table("""
    单 shàn 解 xiè 仇 qiú 曾 zēng 区 ōu 查 zhā 朴 piáo 任 rén 华 huà 盖 gě 葛 gě 缪 miào 种 chóng 员 yùn 贠 yùn 秘 bì
    折 shé 纪 jǐ 召 shào 覃 qín 那 nā 洗 xiǎn 繁 pó 祭 zhài 乜 niè 翟 zhái 哈 hǎ 过 guō 重 chóng 燕 yān 都 dū 薄 bó
    句 gōu 卜 bǔ 占 zhān 干 gān 要 yāo 么 yāo 冠 guàn 观 guàn 炅 guì 佴 nài 粘 nián 阚 kàn 於 yū 撒 sǎ
""")

# Surnames of two characters, with their readings (same dictionary).
COMPOUND_SURNAMES = _table("""
    尉迟 yùchí 万俟 mòqí 长孙 zhǎngsūn 澹台 tántái 令狐 línghú 单于 chányú 欧阳 ōuyáng 司马 sīmǎ 司徒 sītú 司空 sīkōng
    诸葛 zhūgě 上官 shàngguān 夏侯 xiàhóu 皇甫 huángfǔ 慕容 mùróng 宇文 yǔwén 公孙 gōngsūn 公冶 gōngyě 端木 duānmù
    呼延 hūyán 申屠 shēntú 赫连 hèlián 钟离 zhōnglí 鲜于 xiānyú 东方 dōngfāng 东郭 dōngguō 南宫 nángōng 独孤 dúgū
    闻人 wénrén 濮阳 púyáng 淳于 chúnyú 轩辕 xuānyuán 拓跋 tuòbá 完颜 wányán 漆雕 qīdiāo 乐正 yuèzhèng 亓官 qíguān
    闾丘 lǘqiū 西门 xīmén 百里 bǎilǐ
""")

# Places that pypinyin reads otherwise than their people do.
PLACES = _table("""
    大城县 dài-chéng-xiàn 洪洞 hóng-tóng 单县 shàn-xiàn 涡阳 guō-yáng 浚县 xùn-xiàn 长垣 cháng-yuán 荥经 yíng-jīng
    筠连 jūn-lián 什邡 shí-fāng 繁峙 fán-shì 华阴 huà-yīn 长治市 cháng-zhì-shì 都匀 dū-yún 都昌县 dū-chāng-xiàn
    宕昌 tàn-chāng 珲春 hún-chūn 桦甸 huà-diàn 碌曲 lù-qǔ 玛曲 mǎ-qǔ 阳曲 yáng-qǔ 曲沃 qǔ-wò 曲靖 qǔ-jìng
    天台县 tiān-tāi-xiàn
""")

# U+00B7 is the one to write; the others are what input methods and other programs make of it.
MIDDLE_DOTS = "\u00b7\u0387\u2022\u2027\u22c5\u30fb\uff65"

# The marks of the four tones, in their order.
TONES = "\u0304\u0301\u030c\u0300"

# 一 and 不 change their tone before another syllable, and editors write what they hear.
SANDHI = {"一": ("yí", "yì"), "不": ("bú",)}


def without_tones(pinyin: str) -> str:
    """Return pinyin in lower case without tones and dots: ``Lǚ`` → ``lu``."""
    decomposed = unicodedata.normalize("NFD", pinyin)
    return "".join(character for character in decomposed if not unicodedata.combining(character)).lower()


def marks(pinyin: str) -> str:
    """Return the letters of pinyin in lower case, each followed by its marks; whatever else it holds is left out."""
    decomposed = unicodedata.normalize("NFD", pinyin.lower())
    return "".join(each for each in decomposed if each.isalnum() or each in TONES + "\u0308")


def has_tone(pinyin: str) -> bool:
    """Return whether pinyin has a mark of tone anywhere."""
    return any(mark in TONES for mark in marks(pinyin))


def has_breve(pinyin: str) -> bool:
    """Return whether pinyin has ă, ŏ … in the place of ǎ, ǒ …: the third tone is a caron."""
    return "\u0306" in unicodedata.normalize("NFD", pinyin)


def likely_readings(text: str) -> list[str]:
    """Return the likely reading of each character of a text, with its tone."""
    from pypinyin import Style, lazy_pinyin  # its tables take longer to load than a build in which no name is new

    return lazy_pinyin(text, style=Style.TONE)


@cache
def readings_alone(character: str) -> tuple[str, ...]:
    """Return every reading of a character by itself, the commonest first; none where it is not known."""
    from pypinyin import Style
    from pypinyin import pinyin as every_reading

    found = every_reading(character, style=Style.TONE, heteronym=True, errors="ignore")
    return tuple(found[0]) if found else ()


def is_han(text: str) -> bool:
    """Return whether a text is all Chinese characters."""
    return bool(text) and all(map(_is_ideograph, text))


def has_han(text: str) -> bool:
    """Return whether a text has a Chinese character."""
    return any(map(_is_ideograph, text))


def _is_ideograph(character: str) -> bool:
    """Return whether a character is a Chinese one: the unified and compatibility blocks and 〇."""
    code = ord(character)
    return character == "〇" or 0x3400 <= code < 0xA000 or 0xF900 <= code < 0xFB00 or 0x20000 <= code < 0x40000
