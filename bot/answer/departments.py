"""Departments in a question: full names, short names, any shortening that keeps the order, and ones there are not."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

_SUFFIX = "科|办公室|办|中心|(?<!学)校|工委|室|馆|院|处|股|站|队|委"
_SHORTENING = re.compile(rf"[\u4e00-\u9fff]{{1,8}}?(?:{_SUFFIX})")
_NOT_NAMES = re.compile(
    r"哪|什么|啥|几|各|全|每|这|那|该|本|学科|本科|专科|文科|理科|百科|内科|外科|怎么办|"
    r"咋办|开办|举办|新办|民办|公办|国办|兴办|承办|主办|协办|"
    r"来办|去办|谁办|要办|好办|创办|经办|督办|交办|转办|合办|科室|处室|办公室$"
)
_DESCRIBED = re.compile(r"([\u4e00-\u9fff]{2,6}?)的?那个(中心|办公室|办|科|学校)(?!室)")
_OUTSIDE = re.compile(r"(?:区政府|市政府|政府|市|省|教育部|区委|市委|省厅|市局|街道|学校|我们|你们|隔壁)的?$")
_OUTSIDERS = (
    "创建办",
    "督查室",
    "政府办",
    "区委办",
    "妇联",
    "团委",
    "卫健",
    "民政",
    "公安",
    "财政局",
    "人社局",
    "宣传部",
    "组织部",
)
"""Bodies outside the bureau that people mention while asking; never taken for one of its departments."""


_LIKE_A_NAME = re.compile(
    r"(?:区|市)?((?:财政|公安|人社|卫健|民政|住建|发改|文旅|体育|审计|市场监管|应急管理|自然资源|城管|交通)局)|"
    r"(?:^|(?<=[^\u4e00-\u9fff])|(?<=[的和与跟由是归问找让请把给在对]))([\u4e00-\u9fffa-z]{2,5}?(?:科|"
    r"股|处|组|室|办|部))(?=[^\u4e00-\u9fff]|$|[呢吗吧]|牵头|参与|负责|配合)"
)
"""A run of characters by itself that ends as a department's name does."""
_SCIENCE = re.compile("[研技学普目]")
"""教育科 in 教育科研 is no department."""
_IN_ANOTHER_NAME = re.compile("(?:学前|基础|职业|成人|特殊|高等|义务|初等|中等|继续|国际|幼儿|终身|民族|体育|思政)$")
"""学前教育科 is no 教育科."""
_BEFORE_NAMES = frozenset("的和与跟由是归问找让请把给在对们及或到向被里局区个要含为属将比像如么里那这")
"""A short name of three or four characters begins behind one of these, or where the words begin."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A department named in a text, from `start` to `end`."""

    name: str
    start: int
    end: int


class DepartmentNames:
    """The departments of a plan and every way of naming them."""

    def __init__(self, departments: Sequence[str], short: Mapping[str, Sequence[str]], other: Iterable[str]) -> None:
        self.departments = tuple(departments)
        names = {name: name for name in departments}
        for name in departments:
            for alias in short.get(name, ()):
                names.setdefault(alias, name)
        self._names = dict(sorted(names.items(), key=lambda item: -len(item[0])))
        known = set(self._names)
        self._others = tuple(sorted((name for name in other if name not in known), key=len, reverse=True))

    def vocabulary(self) -> list[str]:
        """Every full and short name, for spelling."""
        return list(self._names)

    def find(self, text: str) -> list[Mention]:
        """The plan's departments that `text` names, in its order."""
        taken: list[Mention] = []
        for alias, name in self._names.items():
            for found in re.finditer(re.escape(alias), text):
                in_a_word = alias.endswith("科") and _SCIENCE.match(text, found.end())
                in_a_word = in_a_word or (alias.startswith("教育") and _IN_ANOTHER_NAME.search(text[: found.start()]))
                if not in_a_word and not any(m.start < found.end() and found.start() < m.end for m in taken):
                    taken.append(Mention(name, *found.span()))
        for found in _DESCRIBED.finditer(text):
            mention = self._described(found)
            if mention and not any(m.start < mention.end and mention.start < m.end for m in taken):
                taken.append(mention)
        for found in _SHORTENING.finditer(text):
            if any(m.start < found.end() and found.start() < m.end for m in taken):
                continue
            mention = self._shortened(text, *found.span())
            if mention:
                taken.append(mention)
        return sorted(taken, key=lambda mention: mention.start)

    def find_unknown(self, text: str) -> list[Mention]:
        """Names of departments that bureaus have, or that look like one, but that the plan does not list.

        `text` has what is known (mentions, cues) blanked out.
        """
        covered: list[tuple[int, int]] = []
        unknown: list[Mention] = []
        for name in self._others:
            for found in re.finditer(re.escape(name), text):
                place = found.span()
                if _free(place, covered) and not _OUTSIDE.search(text[: place[0]]):
                    covered.append(place)
                    unknown.append(Mention(name, *place))
        for found in _LIKE_A_NAME.finditer(text):
            name = found.group(1) or found.group(2)
            place = found.span(1) if found.group(1) else found.span(2)
            if _free(place, covered) and not _NOT_NAMES.search(name):
                covered.append(place)
                unknown.append(Mention(name, *place))
        return [m for m in unknown if not any(outsider in m.name for outsider in _OUTSIDERS)]

    def _described(self, found: re.Match[str]) -> Mention | None:
        """督导评估那个中心: the name in two pieces."""
        before, suffix = found.groups()
        for begin in range(len(before) - 1):
            piece = before[begin:] + suffix
            name = self._names.get(piece)
            fitting = [name] if name else [full for full in self.departments if _shortens(piece, full)]
            if len(fitting) == 1:
                return Mention(fitting[0], found.start() + begin, found.end())
        return None

    def _shortened(self, text: str, start: int, end: int) -> Mention | None:
        """The one department whose name contains text[start:end] (or a tail of it) as a subsequence."""
        for begin in range(start, end - 2):
            piece = text[begin:end]
            before = text[begin - 1 : begin]
            if _NOT_NAMES.search(piece) or piece in _OUTSIDERS:
                continue
            if before and "\u4e00" <= before <= "\u9fff" and before not in _BEFORE_NAMES and len(piece) < 5:
                continue
            fitting = [name for name in self.departments if _shortens(piece, name)]
            if fitting:
                shortest = min(fitting, key=len)
                rivals = [name for name in fitting if len(name) == len(shortest)]
                return Mention(shortest, begin, end) if len(rivals) == 1 else None
        return None


def _free(place: tuple[int, int], covered: Sequence[tuple[int, int]]) -> bool:
    return not any(start < place[1] and place[0] < end for start, end in covered)


def _shortens(piece: str, name: str) -> bool:
    """Whether `piece` is `name` with characters left out, the last one kept.

    >>> _shortens("招考中心", "教育招生考试中心"), _shortens("中心", "教育招生考试中心")
    (True, False)
    >>> _shortens("项目办", "项目建设办公室")
    True
    """
    office = piece[-1] == "办" and name.endswith("办公室")
    if len(piece) < 3 or (piece[-1] != name[-1] and not office) or len(piece) >= len(name):
        return False
    if re.fullmatch(rf"(?:{_SUFFIX})", piece):
        return False
    rest = iter(name)
    return all(c in rest for c in piece)
