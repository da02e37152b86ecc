"""Finds what a notice says about itself: title, year, numbers, date, issuers, addressees; used by bot.plan.notice."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.plan.notice_lines import Line, folded, is_furniture
from bot.plan.notice_marks import mark_of, number_of

_KIND = (
    "(?:(?:工作|重点)(?:要点|计划|任务|安排|方案|思路|意见|打算|部署|目标)|重点工作(?:任务|安排|要点|计划)?|"
    "(?:行动|实施)方案|行动计划)(?:任务)?(?:清单|分解表|分解方案|分工方案|台账|一览表)?"
)
_TITLE = re.compile(rf"(?!.*(?:通知|关于))[^。:;\t]*{_KIND}(?:\([^()]*\))?$")
_TITLE_IN_LETTER = (
    re.compile(rf"《((?:20\d\d|[二〇○零一三四五六七八九]{{4}})[^《》]*{_KIND}[^《》]*)》"),
    re.compile(rf"《([^《》]*{_KIND}[^《》]*)》"),
    re.compile(rf"关于印发\s*《?([^《》]*?{_KIND}[^《》]*?)》?的通知"),
)
_TITLE_LENGTH = 60
_LETTER_LENGTH = 500
"""Where a longer line names the document, it does so at its beginning."""

_DATE = re.compile(r"(20\d\d)\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?")
_CHINESE_DATE = re.compile(
    r"(二[〇○零][〇○零一二三四五六七八九]{2})年([一二三四五六七八九十]+)月([一二三四五六七八九十]+)日"
)
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)|(二[〇○零][〇○零一二三四五六七八九]{2})(?=年|学)")
_DOCUMENT_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,14}\(\s*20\d\d\s*\)\s*第?\s*\d+\s*号")
_LABEL = re.compile(r"[\s•·*-]*([\u4e00-\u9fff/ ]{2,14}?)\s*:\s*(.*)")
_INDEX_LABELS = {"索引号", "信息索引号", "索引编号"}
_DATE_LABELS = ("公文生成日期", "生成日期", "成文日期", "发文日期", "印发日期", "发文时间", "发布日期", "发布时间")
_ISSUER_LABELS = {"发布机构", "发文机关", "发文单位", "发文机构", "制发机关", "公开机构", "发布单位"}
_NUMBER_LABELS = {"文号", "发文字号", "备注/文号", "发文文号", "文件编号"}
_KNOWN_LABELS = {*_INDEX_LABELS, *_DATE_LABELS, *_ISSUER_LABELS, *_NUMBER_LABELS, "主题分类", "有效性", "名称", "标题"}
_PARTICULARS = (
    *("是否规范性文件", "内容概述", "信息来源", "文章来源", "来源", "统一登记号", "责任部门"),
    *("发布时间", "发布日期", "公开日期", "公开时间", "公开方式", "公开形式", "公开范围", "公开类别", "公开属性"),
    *("签署日期", "成文日期", "生效日期", "施行日期", "实施日期", "废止日期", "失效日期", "信息时效期", "有效期"),
    *("有效性", "效力状态", "文件状态", "主题分类", "主题词", "关键词", "体裁分类", "组配分类"),
)
"""What government pages say of a document beside labels, apart from what the other fields hold."""
_PARTICULAR = re.compile(
    rf"(?<![\u4e00-\u9fff])(?:{'|'.join(_PARTICULARS)})\s*:\s*[^\s:][^:]*?"
    r"(?::\d\d(?::\d\d)?)?(?=\s+[\u4e00-\u9fff/]{2,8}\s*:|\s{2,}|\s*$)"
)
_NOTICE_TITLE = re.compile(r"(?!.*[。:;]).{0,60}关于.{0,10}(?:印发|下发|发布).{4,60}的通知")
_BELOW_TITLE = 12
"""Lines behind the title in which labels are looked for."""
_ISSUER = re.compile(r"[\u4e00-\u9fff]{3,30}(?:局|委|委员会|厅|部|办公室|政府|领导小组|党组|学校|院)$")
_ANNOUNCES = re.compile(r"如下|以下|下列|(?:做到|做好|要求|必须)[^、,]*:$")
"""In a line that ends in a colon and names no readers."""
_ADDRESSEES = re.compile(r"(?:各|局|区|市|县|直|机关|有关|本)[^。]*[:]$")


@dataclass(slots=True)
class Head:
    """What was found; `placed` are the numbers of the lines that are wholly kept in it."""

    title: str = ""
    year: int = 0
    document_number: str | None = None
    index_number: str | None = None
    issuers: tuple[str, ...] = ()
    issued: date | None = None
    addressees: str | None = None
    notice_title: str | None = None
    particulars: list[str] = field(default_factory=list)
    issuers_from_title: bool = False
    body: int = 0
    """Index of the first line behind the title."""
    placed: set[int] = field(default_factory=set)


def head_of(lines: Sequence[Line]) -> Head:
    """Everything that the lines say about the document; what was not found is empty."""
    head = Head()
    _find_title(lines, head)
    before = lines[: head.body]
    below = _labelled_below(lines[head.body :])
    for line in before:
        _read_labelled(line, head)
        _read_document_number(line, head)
    for line in below:
        _read_labelled(line, head)
    for line in lines[head.body : head.body + 3]:  # some print it below the title
        bare = re.sub(rf"{_DATE.pattern}|[()]$|^[()]|\s", "", folded(line.text))
        if _DOCUMENT_NUMBER.fullmatch(bare) or _DOCUMENT_NUMBER.fullmatch(f"{bare})"):
            _read_document_number(line, head)
    for line in (*before, *below):
        _read_particulars(line, head)
    _find_notice_title(before, head)
    _find_addressees([*before, *_opening(lines[head.body :])], head)
    _find_signature(lines, head)
    if not head.issuers:
        head.issuers = _issuers_in_heading(before) or _issuers_above_title(before)
    if not head.issuers:
        head.issuers = _issuers_in_title(head.title)
        head.issuers_from_title = bool(head.issuers)
    _read_labelled_date([*before, *below], head)
    head.year = _year_of(head)
    return head


def _find_title(lines: Sequence[Line], head: Head) -> None:
    """The last line by itself that reads like a title with a year, before the first number behind any such line."""
    likely: list[int] = []
    for index, line in enumerate(lines):
        if mark_of(line.text):
            if any(_names_year(lines, each) for each in likely):
                break
        elif len(line.text) <= _TITLE_LENGTH and _TITLE.match(folded(line.text)) and not is_furniture(line.text):
            likely.append(index)
    if likely:
        best = next((index for index in reversed(likely) if _names_year(lines, index)), likely[-1])
        head.title, head.body = lines[best].text.strip("《》"), best + 1
        head.placed.add(lines[best].number)
        _join_broken_title(lines, best, head)
        return
    for pattern in _TITLE_IN_LETTER:
        for index, line in enumerate(lines):
            found = pattern.search(line.text[:_LETTER_LENGTH])
            if found:
                head.title, head.body = found[1].strip(), index + 1
                return


def _names_year(lines: Sequence[Line], index: int) -> bool:
    """Whether the title, or the line above that it goes on from, says which year it is for."""
    above = folded(lines[index - 1].text) if index and re.fullmatch(_KIND, lines[index].text) else ""
    return bool(_YEAR.search(folded(lines[index].text)) or (above.endswith("年") and _YEAR.search(above)))


def _join_broken_title(lines: Sequence[Line], index: int, head: Head) -> None:
    """A title that says no place or no year goes with the line above that says it (某某区教育局 / 2024年工作要点)."""
    above = lines[index - 1].text if index else ""
    rest = re.sub(r"^(?:20\d\d|[二〇○零一三四五六七八九]{4})?年?度?\s*(?:教育)?", "", folded(head.title))
    is_short = re.fullmatch(_KIND, rest) is not None
    if not is_short or not 3 <= len(above) <= 40 or lines[index - 1].number in head.placed:
        return
    names_place = bool(_ISSUER.fullmatch(above)) and bool(_YEAR.search(folded(head.title)))
    names_year = (
        bool(_YEAR.search(folded(above))) and not re.search(r"[:。,、()]", folded(above)) and not mark_of(above)
    )
    if (names_place and not _YEAR.search(above)) or (names_year and not _YEAR.search(folded(head.title))):
        head.title = above + head.title
        head.placed.add(lines[index - 1].number)


def _labelled_below(behind: Sequence[Line]) -> list[Line]:
    """The lines right behind the title that say something about the document beside a label."""
    found: list[Line] = []
    for line in behind[:_BELOW_TITLE]:
        if mark_of(line.text) or "。" in line.text:
            break
        if any(label in _KNOWN_LABELS for label, _ in _labelled(line)):
            found.append(line)
    return found


def _labelled(line: Line) -> list[tuple[str, str]]:
    """Labels and values: 索引号:X, several of them with wide blanks between, or the cells of a table's row."""
    cells = [cell.strip(" •·*-") for cell in re.split(r"\t|\s{2,}|[\u3000]+", line.text)]
    pairs = []
    waiting = ""
    for cell in filter(None, cells):
        found = _LABEL.fullmatch(folded(cell))
        bare = re.sub(r"[\s:]", "", folded(cell))
        if waiting:
            pairs.append((waiting, cell))
            waiting = ""
        elif found and found[2]:
            pairs.append((re.sub(r"\s", "", found[1]), cell[found.start(2) :]))
        elif bare in _KNOWN_LABELS:
            waiting = bare
        else:
            return _labelled_whole(line)
    return pairs


def _labelled_whole(line: Line) -> list[tuple[str, str]]:
    """The line as one label and its value: a value may have wide blanks in it (two issuers)."""
    found = _LABEL.fullmatch(folded(line.text))
    return [(re.sub(r"\s", "", found[1]), line.text[found.start(2) :])] if found and found[2] else []


def _read_labelled(line: Line, head: Head) -> None:
    pairs = _labelled(line)
    kept = [_read_value(label, value, head) for label, value in pairs]
    if kept and all(kept):
        head.placed.add(line.number)


def _read_value(label: str, value: str, head: Head) -> bool:
    """Whether the value was taken over whole."""
    if label in _INDEX_LABELS and head.index_number is None and not re.search(r"\s", value):
        head.index_number = value
    elif label in _ISSUER_LABELS and not head.issuers and all(map(_ISSUER.fullmatch, value.split())):
        head.issuers = tuple(value.split())
    elif label in _NUMBER_LABELS and head.document_number in {None, value}:
        found = _DOCUMENT_NUMBER.fullmatch(folded(value))
        head.document_number = value if found else head.document_number
        return bool(found)
    else:
        return False
    return True


def _read_particulars(line: Line, head: Head) -> None:
    """What else the page says beside labels; the line is placed where nothing else is on it."""
    shape = folded(line.text)
    found = list(_PARTICULAR.finditer(shape))
    head.particulars += [line.text[each.start() : each.end()].strip() for each in found]
    rest = re.sub(r"[\s•·*-]+", "", _PARTICULAR.sub("", shape))
    if found and not rest:
        head.placed.add(line.number)


def _find_notice_title(before: Sequence[Line], head: Head) -> None:
    """…关于印发…的通知, on a line by itself or beside 内容概述 or 名称."""
    for line in before:
        found = _NOTICE_TITLE.fullmatch(folded(line.text))
        if found:
            head.notice_title = head.notice_title or line.text
            if line.text == head.notice_title:
                head.placed.add(line.number)


def _read_document_number(line: Line, head: Head) -> None:
    found = _DOCUMENT_NUMBER.search(folded(line.text))
    if not found or head.document_number is not None:
        return
    head.document_number = line.text[found.start() : found.end()]
    rest = folded(line.text[: found.start()] + line.text[found.end() :])
    if not rest or _LABEL.fullmatch(rest):
        head.placed.add(line.number)


def _find_addressees(before: Sequence[Line], head: Head) -> None:
    for line in before:
        shape = folded(line.text)
        if _ADDRESSEES.match(shape) and not _TITLE.match(shape[:-1]) and not _ANNOUNCES.search(shape):
            head.addressees = line.text[:-1]
            head.placed.add(line.number)
            return


def _opening(behind: Sequence[Line]) -> Iterator[Line]:
    """The lines between the title and the first whole sentence or number."""
    for line in behind[:_BELOW_TITLE]:
        if mark_of(line.text) or "。" in line.text:
            return
        yield line


def _find_signature(lines: Sequence[Line], head: Head) -> None:
    """The issuers and the date below them, at the end of the letter or of the whole."""
    for index, line in enumerate(lines):
        day = day_of(line.text)
        if day is None:
            continue
        above: list[Line] = []
        for signed in reversed(lines[max(0, index - 3) : index]):
            if not all(map(_ISSUER.fullmatch, signed.text.split())):
                break
            above.insert(0, signed)
        if not above:
            continue
        head.issued = day
        head.issuers = tuple(dict.fromkeys(name for signed in above for name in signed.text.split()))
        head.placed.update(signed.number for signed in (*above, line))
        return


def day_of(text: str) -> date | None:
    """The date, when the line is nothing but a date (2023年3月2日, 二〇二三年三月二日)."""
    text = re.sub(r"\s*印发$", "", text)
    return _date(_DATE.fullmatch(folded(text)), int) or _date(_CHINESE_DATE.fullmatch(text), _chinese)


def _chinese(numeral: str) -> int:
    """二〇二三 -> 2023, 十二 -> 12."""
    if len(numeral) == 4:
        return int("".join(str(number_of(digit)) for digit in numeral))
    return number_of(numeral)


def _date(found: re.Match[str] | None, number: Callable[[str], int]) -> date | None:
    if found is None:
        return None
    try:
        return date(*(number(part) for part in found.groups()))
    except ValueError:  # 2023年13月40日
        return None


def _read_labelled_date(before: Sequence[Line], head: Head) -> None:
    """The date beside a label, the document's own before the page's, where no signature has one."""
    for label in _DATE_LABELS:
        for line in before:
            shape = re.sub(r"^[\s•·*-]+", "", folded(line.text))
            found = re.search(rf"{label}\s*:\s*({_DATE.pattern})", shape)
            day = _date(_DATE.match(found[1]), int) if found else None
            if found and day and head.issued in {None, day}:
                head.issued = day
                if found[0] == shape:
                    head.placed.add(line.number)


def _issuers_in_heading(before: Sequence[Line]) -> tuple[str, ...]:
    for line in before:
        found = re.match(r"([^。:]+?)\s*关于", folded(line.text[:_LETTER_LENGTH]))
        if found and all(map(_ISSUER.fullmatch, found[1].split())):
            return tuple(found[1].split())
    return ()


def _issuers_above_title(before: Sequence[Line]) -> tuple[str, ...]:
    """The bureau by itself on a line near the title, or in the letterhead (某某区教育局文件)."""
    for line in reversed(before[-8:]):
        names = line.text.removesuffix("文件").split()
        if names and all(_ISSUER.fullmatch(name) and not name.startswith("各") for name in names):
            return tuple(names)
    return ()


def _issuers_in_title(title: str) -> tuple[str, ...]:
    """某某区教育局2024年工作要点, 2024年某某区教育局工作要点"""
    found = re.match(
        rf"(?:20\d\d年度?)?([\u4e00-\u9fff]{{2,20}}?(?:局|教委|委员会|工委))(?=20\d\d|[二2]|{_KIND})", title
    )
    return (found[1],) if found else ()


def _year_of(head: Head) -> int:
    """The year of the title, else of the document number, else of the date; 0 when none says it."""
    for text in (head.title, head.document_number or ""):
        found = _YEAR.search(folded(text))
        if found:
            return int(found[1]) if found[1] else _chinese(found[2])
    return head.issued.year if head.issued else 0
