"""Made-up regions and organisations: a tree like that of GB/T 2260, and bodies of very unlike size in it.

No name is nearly another one, as ``build.py check`` would have it: the two characters of a town stand in no other.
"""

import json
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from random import Random

from builder import names

PROVINCES = ("北江省", "南岭自治区", "东原省", "西陲省", "中浦省", "长泽省", "天柱自治区", "沧海省")
# The first and the second character of each town and of each district; all of them differ.
TOWNS = (
    "云白石红青清金银玉龙凤鹿鹤雁松柏梅兰竹菊桃杏枫桐榆槐芦荷莲萍泰恒宁顺和永兴隆嘉瑞福寿文武仁义礼智信诚光明春秋丰乐",
    "山河桥柳湖川岭滩湾港渡津浦洲岛矶峡谷坪坝塬岗峪屯寨堡集镇铺店驿亭台塔寺观庙祠井泉池塘溪潭汀渚堤闸圩垸畈冲坳垭梁峁",
)
DISTRICTS = (
    "城新朝向高广大平安定远昌盛华锦秀翠碧丹朱紫蓝黄黑苍景旭晨晓曙霞虹雪霜露雨",
    "关原阳荣田园林野郊坡埠墩垣墙楼阁院苑庄村家坊里巷街市口头尾角边沿岸滨涯麓",
)
ESTATES = (
    "幸如向枣柿梨橘桂樱棉麻丝绸铁铜锡煤盐糖茶酒米面菜豆瓜果花草",
    "福意阳树园苑居庭轩阁舍庐院府邸宅坊街巷里弄胡同场厂站房棚架",
)
GROUP = 9  # districts of one town
# Organisation, posts, and parts that have people of their own; and how many people belong to one of its kind.
KINDS: tuple[tuple[str, int, str, str], ...] = (
    ("人民医院", 30, "护士长 医生 护士 主治医师 副院长 影像技师", "急诊科 发热门诊 护理部"),
    ("疾病预防控制中心", 12, "流调队员 检验师 科长 消杀队员", ""),
    ("公安局", 12, "民警 辅警 所长 教导员", "交管大队"),
    ("街道办事处", 10, "主任 网格员 党工委书记 社工", ""),
    ("民政局", 4, "干部 科员 局长", ""),
    ("环卫所", 4, "清洁工 所长 驾驶员", ""),
    ("客运公司", 4, "驾驶员 调度员 安检员", ""),
    ("供电公司", 4, "抢修班班长 电工 值班员", ""),
    ("志愿者协会", 6, "志愿者 会长 队长", ""),
    ("第一中学", 3, "教师 校医 班主任", ""),
    ("农业技术推广站", 3, "农艺师 站长", ""),
    ("水务集团", 2, "化验员 管网维护员", ""),
)
TEAM_POSTS = ("队员", "护士", "医生", "领队", "检验师", "联络员", "司机")
ESTATE_SHARE, WIDE_SHARE = 0.12, 0.3  # of the units: a residents' committee; a body of the whole town


@dataclass(frozen=True)
class Place:
    """A region: its path of names from the larger, the ids of all of them, and its code of GB/T 2260's form."""

    path: tuple[str, ...]
    ids: tuple[str, ...]
    code: str


@dataclass(frozen=True)
class Body:
    """An organisation with the place it lies in and a post that one may have there; ``parent`` is a name or ""."""

    name: str
    place: Place
    post: str
    kind: str
    parent: str = ""


def _pairs(characters: tuple[str, str]) -> list[str]:
    return [first + second for first, second in zip(*characters, strict=True)]


def _falling(count: int, power: float) -> list[float]:
    """Return sums of weights that fall with the rank, as sizes of towns and of employers do (Zipf)."""
    return list(accumulate(1 / rank**power for rank in range(1, count + 1)))


@dataclass
class Gazetteer:
    """All places and bodies; it remembers which were used, so that only these get records."""

    places: dict[tuple[str, ...], Place] = field(default_factory=dict)
    used: dict[tuple[str, ...], Place] = field(default_factory=dict)
    bodies: dict[str, Body] = field(default_factory=dict)
    _ids: dict[str, str] = field(default_factory=dict)
    _above: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        districts = _pairs(DISTRICTS)
        self.towns: list[Place] = []
        for number, name in enumerate(PROVINCES):
            self._add((), name, f"{91 + number}0000")
        for number, name in enumerate(_pairs(TOWNS)):
            province = self.places[(PROVINCES[number % len(PROVINCES)],)]
            town = self._add(province.path, f"{name}市", f"{province.code[:2]}{number // 8 + 1:02d}00")
            self.towns.append(town)
            for rank in range(GROUP):
                which = (number * GROUP + rank) % len(districts)
                suffix = ("区", "县", "旗")[which % 3] if rank else "区"
                self._add(town.path, districts[which] + suffix, f"{town.code[:4]}{rank + 1:02d}")
        self._town_weights = _falling(len(self.towns), 0.9)
        self._district_weights = _falling(GROUP, 0.7)
        self._kind_weights = list(accumulate(weight for _, weight, _, _ in KINDS))
        self._children = {
            town.path: [place for place in self.places.values() if place.path[:-1] == town.path] for town in self.towns
        }

    def _add(self, above: tuple[str, ...], name: str, code: str) -> Place:
        """Enter a region below another one."""
        ids = self.places[above].ids if above else ()
        place = Place((*above, name), (*ids, self.identifier("/".join((*above, name)), name)), code)
        self.places[place.path] = place
        return place

    def identifier(self, key: str, name: str) -> str:
        """Return the id of a thing: the reading of its name, with a number where another has it."""
        slug = names.slug(name)
        wanted = (slug if number == 1 else f"{slug}-{number}" for number in range(1, len(self._ids) + 2))
        found = next(each for each in wanted if self._ids.get(each, key) == key)
        self._ids[found] = key
        return found

    def draw(self, random: Random) -> Body:
        """Return a body: one in five the province's medical team, the rest by the size of towns and of kinds."""
        share = random.random()
        if share < 0.2:
            return self._keep(Body("北江省支援医疗队", self.towns[0], random.choice(TEAM_POSTS), "医疗队"))
        town = random.choices(self.towns, cum_weights=self._town_weights)[0]
        if share < 0.2 + ESTATE_SHARE:
            place = random.choices(self._children[town.path], cum_weights=self._district_weights)[0]
            estate = random.choice(_pairs(ESTATES))
            name = f"{''.join(place.path[1:])}{estate}社区居民委员会"
            return self._keep(Body(name, place, random.choice(("书记", "网格员", "主任")), "居民委员会"))
        kind, _, posts, parts = random.choices(KINDS, cum_weights=self._kind_weights)[0]
        place = town
        if random.random() > WIDE_SHARE:
            place = random.choices(self._children[town.path], cum_weights=self._district_weights)[0]
        name = f"{''.join(place.path[1:])}{kind}"
        part = random.choice(parts.split()) if parts and random.random() < 0.1 else ""
        return self._keep(Body(name + part, place, random.choice(posts.split()), kind, name if part else ""))

    def _keep(self, body: Body) -> Body:
        """Note that a body and its place were used; a part has the body above it noted as well."""
        for depth in range(1, len(body.place.path) + 1):
            place = self.places[body.place.path[:depth]]
            self.used[place.path] = place
        if body.parent:
            self._above.add(body.parent)
            self.bodies.setdefault(body.parent, Body(body.parent, body.place, "", body.kind))
        self.bodies.setdefault(body.name, body)
        return body

    def reference(self, body: Body) -> str:
        """Return how a text links to a body: by its id where it has a record, else by its name."""
        return self.identifier(body.name, body.name) if _has_record(body) else body.name

    def write(self, content: Path) -> None:
        """Write the records of what was used."""
        for place in self.used.values():
            front = {"name": place.path[-1], "code": json.dumps(place.code)}
            if len(place.ids) > 1:
                front["parent"] = place.ids[-2]
            note = f"{place.path[-1]}，名称依各篇原文。"
            _write(content / "regions" / f"{place.ids[-1]}.md", front, note)
        for body in self.bodies.values():
            identifier = self.identifier(body.name, body.name)
            # A name that is read like another one needs a record, to have an id of its own.
            if _has_record(body) or body.name in self._above or identifier != names.slug(body.name):
                _write(content / "organisations" / f"{identifier}.md", self._front(body), "名称依原文。")

    def _front(self, body: Body) -> dict[str, str]:
        front = {"name": body.name, "region": "/".join(body.place.path), "kind": body.kind}
        if body.parent:
            front |= {"parent": self.identifier(body.parent, body.parent), "tier": "section", "kind": "内设机构"}
        elif body.name.endswith("人民医院"):
            front["aliases"] = f"[{body.name.replace('市', '').removesuffix('人民医院')}医院]"
        return front


def _has_record(body: Body) -> bool:
    """Return whether editors wrote a record of a body: of the team, of parts, and of a third of the others."""
    return body.kind == "医疗队" or bool(body.parent) or sum(map(ord, body.name)) % 3 == 0


def _write(path: Path, front: dict[str, str], body: str) -> None:
    lines = "".join(f"{key}: {value}\n" for key, value in front.items())
    path.write_bytes(f"---\n{lines}---\n\n{body}\n".encode())
