"""Which year and which district a question is about, and whether a plan in service is of it."""

import re
from collections.abc import Sequence

from bot.answer.numerals import parse_number
from bot.plan.model import Plan
from bot.search.words import general_frequency, is_place

_YEAR = re.compile(
    r"(?<!\d)(20\d\d|[二两][零〇][零〇一二三四五六七八九]{2})\s*(?:年|学年)?(?![\d-]|届|年?(?:年?底|年?内|年?末|年?前|\d+月|[上下]半年|[春秋]季))"
)
_ENDED = re.compile(r"(?<!\d)(20\d\d)年?(?:年?底|年?末)")
"""2022年底: a deadline, unless every plan in service is of a later year."""
_SHORT_YEAR = re.compile(r"(?<![\d.])([012]\d)年(?!级|制)(?!以)")
_RELATIVE = re.compile(
    r"(?<![比较])去年(?!.{0,4}那)(?!没|未|就?开工|就?开始|留下|剩|结转|遗留)|前年|明年|后年|上一?年度|下一?年度|上年|来年|往年|大前年"
)
_DISTRICT = re.compile(r"[\u4e00-\u9fff]{2,4}?(?:区|县|市|省|州|旗)(?![域级里内属直])")
_NO_DISTRICT = re.compile(
    r"[全我本各城校社园地片学景院郊新小老辖市县省外湾厂特哪个么一每这那某在是由到的你咱分整跨对按进创推出受上教和与及](?:区|"
    r"县|市|省|州|旗)|(?:治|发|济特|投资|开发|高新|管理|示范|试验|实验|创建|先行|均衡|"
    r"门|夜|超|菜|花|楼|股|集|都|成为?)(?:区|县|市|州)"
)
_IN_THE_CITY = re.compile(r"([\u4e00-\u9fff]{2}市)([\u4e00-\u9fff]{2}[区县])")
"""绵川市涪滨区: a district of a city, whether a dictionary knows it or not."""
_NEIGHBOUR = re.compile(r"(?:隔壁|旁边|邻近|对面)的?([\u4e00-\u9fff]{2}(?:区|县|市))")
_BUREAU = re.compile(r"([\u4e00-\u9fff]{2})(?:教育局|教体局|那边|那里|的学校)")
_SHORT_NAME = re.compile(
    r"(?:^|[,。?!; ])(?:那么?|还有)?([\u4e00-\u9fff]{2})(?:\s?(qu|xian|shi)(?![a-z])|的|这边|那边|那里|今年|教育)"
)
"""同安的特教, 翔安qu: a district by its short name, where a clause begins."""
_EVERYDAY_FROM = 200
"""How frequent in general Chinese a word must be not to be taken for a district's short name (和平, 城中)."""
_ABOVE = re.compile(
    r"((?:[省市](?:里的?)?(?:教育|教体)?[局厅]|教育部))(?:那边|里|的|对口|这边|对接|是|归|由|该|要|找|负责|管|分管|主管)*(?:的?是)?(?:谁|哪)(?!年|天|些?[文条])"
)
"""那市教育局对口的是哪个处: asks for somebody above the bureau."""
_CITIES = frozenset(
    """
    北京 上海 天津 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 江西 山东 河南 湖北 湖南 广东 海南 四川 贵州
    云南 陕西 甘肃 青海 内蒙古 广西 西藏 宁夏 新疆 石家庄 太原 沈阳 大连 长春 哈尔滨 南京 苏州 无锡 杭州 宁波
    温州 合肥 福州 泉州 漳州 莆田 龙岩 三明 南平 宁德 南昌 济南 青岛 郑州 武汉 长沙 广州 深圳 东莞 佛山 珠海
    南宁 海口 成都 贵阳 昆明 西安 兰州 银川 乌鲁木齐
    """.split()  # noqa: SIM905 -- names read better as text
)


_STORY = 40
"""Characters from which a message tells a story, where 明年 need not be what is asked about."""


def asked_years(text: str) -> list[int]:
    """The years that a normalised question names in full or in short (2021年, 二〇二一年, 21年)."""
    years = [parse_number(found.group(1).replace("两", "二")) for found in _YEAR.finditer(text)]
    years += [2000 + int(found.group(1)) for found in _SHORT_YEAR.finditer(text)]
    return [int(year) for year in years if year]


def other_year(text: str, plans: Sequence[Plan]) -> str | None:
    """The year that a question is about when no plan in service is of it; None where one is, or it names none.

    Whether the plan's own text says something of that year (比2022年下降) is for the caller to see; 去年 beside 今年
    tells a story about this year's work.
    """
    in_service = {plan.year for plan in plans}
    ended = [int(found.group(1)) for found in _ENDED.finditer(text)]
    if ended and max(ended) < min(in_service):
        return f"{max(ended)}年"
    named = asked_years(text)
    if named:
        missing = [year for year in named if year not in in_service]
        return f"{missing[0]}年" if missing and len(missing) == len(named) else None
    relative = _RELATIVE.search(text)
    if relative and relative_years(text, plans):
        return None
    if relative and len(text) > _STORY and not _RELATIVE.search(re.split("[。?!;,]", text.rstrip("。?! "))[-1]):
        return None
    if relative and "今年" not in text and "本年" not in text:
        return relative.group()
    return None


OFFSETS = {"大前年": -3, "前年": -2, "去年": -1, "上年": -1, "明年": 1, "来年": 1, "后年": 2}
"""How far from the newest plan's year a relative one is; 大前年 before 前年, which it holds."""


def relative_years(text: str, plans: Sequence[Plan]) -> list[int]:
    """The year in service that 去年 or 前年 means, counted from the newest plan's; empty where none is."""
    if "今年" in text or "本年" in text:
        return []
    newest = max(plan.year for plan in plans)
    meant = next((newest + offset for word, offset in OFFSETS.items() if word in text), None)
    return [plan.year for plan in plans if plan.year == meant]


def other_place(text: str, own: str) -> str | None:
    """The district or city that a question is about when it is none that `own`, the plan's text, names."""
    for found in _DISTRICT.finditer(text):
        name = _shortest_district(found.group())
        if name and name[:-1] not in own:
            return name
    for found in _IN_THE_CITY.finditer(text):
        if found.group(1) in own and found.group(2) not in own:
            return found.group(2)
    neighbour = _NEIGHBOUR.search(text)
    if neighbour and not _NO_DISTRICT.search(neighbour.group(1)) and neighbour.group(1)[:2] not in own:
        return neighbour.group(1)
    for found in _BUREAU.finditer(text):
        name = found.group(1)
        if name not in own and any(general_frequency(name + suffix) for suffix in "区县市"):
            return name
    for found in _SHORT_NAME.finditer(text):
        name = found.group(1)
        listed = general_frequency if found.group(2) else is_place
        if name not in own and general_frequency(name) < _EVERYDAY_FROM and any(listed(name + s) for s in "区县市"):
            return name
    above = _ABOVE.search(text)
    if above and above.group(1) not in own:
        return above.group(1)
    return next((name for name in sorted(_CITIES) if name in text and name not in own and _of_a_city(text, name)), None)


def _of_a_city(text: str, name: str) -> bool:
    """Whether a question is about a city, not only naming it (北京那个会)."""
    if re.search(rf"(?:在|去|到|从){name}(?:市|省|那边)?(?:打工|上班|工作|务工|做生意|回来|读|住|出差|来)", text):
        return False  # 爸妈都在广东打工 tells where somebody is
    return re.search(rf"{name}(?:市|省|教育|那边|的|今年|谁|哪|有)|(?:^|[,。?!;在]){name}(?!那)", text) is not None


def _shortest_district(piece: str) -> str | None:
    """思明区 in 请问思明区: the longest tail that the general dictionary lists as a district."""
    for start in range(len(piece) - 2):
        name = piece[start:]
        if _NO_DISTRICT.search(name):
            return None
        if len(name) > 2 and (general_frequency(name) or is_place(name[:-1])):
            return name
    return None
