"""How names and characters are read, without tones: what pypinyin knows, cut into syllables.

Takes a name and its pinyin; gives its syllables. Takes characters; gives them by their commonest reading.
"""

from collections.abc import Iterable
from functools import cache

from builder import names
from builder.names.characters import is_han

# Every syllable of Mandarin without its tone: what without_tones makes of the readings that pypinyin has, those with a
# vowel. Written out, because pypinyin's tables take longer to load than a build in which one text has changed.
_WRITTEN = """
a ai an ang ao ba bai ban bang bao bei ben beng bi bian biang biao bie bin bing bo bong bu ca cai can cang cao
ce cei cen ceng cha chai chan chang chao che chen cheng chi chong chou chu chua chuai chuan chuang chui chun
chuo ci cong cou cu cuan cui cun cuo da dai dan dang dao de dei den deng di dia dian diao die din ding diu
dong dou du duan dui dun duo e ei en eng er fa fan fang fei fen feng fiao fo fou fu ga gai gan gang gao ge gei
gen geng gong gou gu gua guai guan guang gui gun guo ha hai han hang hao he hei hen heng hong hou hu hua huai
huan huang hui hun huo ji jia jian jiang jiao jie jin jing jiong jiu ju juan jue jun ka kai kan kang kao ke
kei ken keng kong kou ku kua kuai kuan kuang kui kun kuo la lai lan lang lao le lei len leng li lia lian liang
liao lie lin ling liu lo long lou lu luan lue lun luo ma mai man mang mao me mei men meng mi mian miao mie min
ming miu mo mou mu na nai nan nang nao ne nei nen neng ni nia nian niang niao nie nin ning niu nong nou nu
nuan nue nun nuo o ou pa pai pan pang pao pei pen peng pi pian piao pie pin ping po pou pu qi qia qian qiang
qiao qie qin qing qiong qiu qu quan que qun ran rang rao re ren reng ri rong rou ru rua ruan rui run ruo sa
sai san sang sao se sen seng sha shai shan shang shao she shei shen sheng shi shou shu shua shuai shuan shuang
shui shun shuo si song sou su suan sui sun suo ta tai tan tang tao te tei teng ti tian tiao tie ting tong tou
tu tuan tui tun tuo wa wai wan wang wei wen weng wo wong wu xi xia xian xiang xiao xie xin xing xiong xiu xu
xuan xue xun ya yan yang yao ye yi yin ying yo yong you yu yuan yue yun za zai zan zang zao ze zei zen zeng
zha zhai zhan zhang zhao zhe zhei zhen zheng zhi zhong zhou zhu zhua zhuai zhuan zhuang zhui zhun zhuo zi zong
zou zu zuan zui zun zuo
"""
SYLLABLES = frozenset(_WRITTEN.split())


@cache
def _table() -> dict[int, str]:
    """Return the readings of every character, by its code point, parted by commas."""
    from pypinyin.constants import PINYIN_DICT  # loaded where it is needed, see above

    return PINYIN_DICT


def syllables(name: str, pinyin: str) -> tuple[str, ...]:
    """Return the syllables of a name as its pinyin has them, or as a machine reads it where it has none."""
    letters = "".join(filter(str.isalpha, names.without_tones(pinyin)))
    count = sum(map(is_han, name))
    found = _parted(letters, count) if count else tuple(names.without_tones(pinyin or name).split())
    if found:
        return found
    from pypinyin import lazy_pinyin

    return tuple(map(names.without_tones, lazy_pinyin("".join(filter(is_han, name)))))


@cache
def _parted(letters: str, count: int) -> tuple[str, ...]:
    """Return letters parted into so many syllables, nothing where that cannot be."""
    if not letters or count < 1:
        return ()
    if count == 1:
        return (letters,) if letters in SYLLABLES else ()
    for length in range(min(6, len(letters) - count + 1), 0, -1):
        rest = _parted(letters[length:], count - 1) if letters[:length] in SYLLABLES else ()
        if rest:
            return (letters[:length], *rest)
    return ()


@cache
def common() -> frozenset[str]:
    """Return the 3,755 commonest characters: the first level of GB 2312."""
    cells = (bytes((row, cell)) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF))
    return frozenset(filter(None, (cell.decode("gb2312", "ignore") for cell in cells)))


@cache
def _toneless(reading: str) -> str:
    return names.without_tones(reading)


def readings(characters: Iterable[str]) -> dict[str, str]:
    """Return the characters that have a reading, by their commonest one without its tone."""
    found: dict[str, str] = {}
    for character in sorted(characters):
        said = _table().get(ord(character), "") if is_han(character) else ""
        if said:
            syllable = _toneless(said.partition(",")[0])
            found[syllable] = found.get(syllable, "") + character
    return dict(sorted(found.items()))
