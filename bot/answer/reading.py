"""Takes a question apart: departments, cues, figures, numbers of points, and what remains as its subject."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.answer.about import find_aspect
from bot.answer.asked import ASKED_FOR, Asked, AskedValue, find_asked
from bot.answer.cues import Cue, Found, cut_out, find_cues
from bot.answer.departments import DepartmentNames, Mention
from bot.answer.figures import Figure, FigureKind, find_figures
from bot.answer.intent import decide_intent
from bot.answer.numerals import CHINESE, NUMERAL, parse_number
from bot.answer.question import Question
from bot.answer.roles import find_role
from bot.answer.selecting import find_selection

_ITEM = re.compile(
    rf"(?<![\d.+⁄-])(?:第\s*\(?({NUMERAL})\)?\s*(?:条|项|小?点(?!半)|款)|(?<![\d共有是几])(\d{{1,2}})\s*(?:条|"
    rf"号条目)(?!对|吗|吧|\d)|^\s*(?:那|no\.?|item|#)?\s*(\d{{1,2}})[.、]?\s*(?:呢[?]?\s*)?$)"
)
_SECTION = re.compile(
    rf"(?:第\s*({NUMERAL})\s*(?:个|大)?(?:部分|章节?|大点|板块|大块|大条|大项|块|篇)|^({NUMERAL})[、.]?\s*(?:部分|"
    rf"板块)|(?:part|section)\s*(\d+))"
)
_LONGEST_RANGE = 60
_ITEM_RANGE = re.compile(rf"(?<![\d.])第?\s*({NUMERAL})\s*条?\s*(?:-|—|~|到|至)\s*第?\s*({NUMERAL})\s*条")
_ITEMS = re.compile(
    rf"第?\s*{NUMERAL}\s*条?(?:\s*[、,和与及]\s*第?\s*{NUMERAL}\s*条?)*\s*[、,和与及]\s*第?\s*{NUMERAL}\s*条"
)
_BARE_ITEMS = re.compile(r"(?:(?<=[是有])|^)\d{1,2}(?:\s*[、,和与及跟]\s*\d{1,2})+(?=[对是吧吗,?]|没错)")
_BARE_RANGE = re.compile(r"(?:(?<=[是有])|^)(\d{1,2})\s*(?:-|到|至)\s*(\d{1,2})条?(?=[对是吧吗,?]|没错)")
"""牵头的是16和21吧, behind a department."""
_SECTION_ITEM = re.compile(rf"^[^\u4e00-\u9fff]*({NUMERAL})\s*[(、]\s*({NUMERAL})\)?")
"""五(一): the section and the number of a point in it."""
_PARTY = re.compile(
    rf"(?:只|仅|就|由|有|写|列|单独|超过)*(?:了)?(?<!第)(?<!另外)(?<!其他)({NUMERAL}|单)(?:个|家)?(?:以上)?(?:责任|"
    rf"牵头)?(?:单位|科室|部门|处室)"
)
_PARTY_BEHIND = re.compile(
    rf"(?:责任|牵头)?(?:单位|[科股处]室|部门)(?:数)?(?:正好|恰好|刚好|恰|一共|总共|只|仅|都)?(?:达到|达|有|是|为|超过|写了?|列了?|挂了?)?(?!第)({NUMERAL})(?:个|家)(?:(?:及|或)?以上)?(?=的|及|或|以上)"
)
_IN_BRACKETS = re.compile(
    rf"(?:括号|括弧)(?:里|内|中)?(?:面)?(?:总共|一共|共|都)?(?:就|只)?(?:有|写了?|列了?)?({NUMERAL})(?:个|家)"
)
_EXCEPTED = re.compile(
    rf"(?:除(?:去|掉|开|了)?|不(?:算|含|包括)|去掉|刨去|抛开)(?:刚才|上面|前面|说的?)*(?:(?P<all>[这那](?:几|{NUMERAL})条)|(?:这|那|该|此)(?:一)?(?:个|条|项|件)?(?:事|工作)?|它|"
    rf"第?\s*(?P<number>{NUMERAL})\s*条)(?:之外|以外|外|这条)?(?![些])"
)
"""除了这条, 不算第7条: a point that a list leaves out."""
_UNLISTED = re.compile(
    r"(?:没有?|未)(?:标|写|列|注明|挂|标注|明确|有)(?:出|明)?(?:任何)?(?:责任|牵头)?(?:[科股处]室|"
    r"部门|单位)"
)


_EACH_ONE = frozenset(("一校", "一园"))
"""一校多品 counts no school."""
_NAMING = frozenset((Asked.ABSENT, Asked.MONEY, Asked.PERCENT))
"""What is asked in words that name the thing as well (高中叫什么, 资助多少钱): they stay in the subject."""
_OPEN = frozenset((Asked.MEMBERS, Asked.COUNT, Asked.PERCENT, Asked.MONEY, Asked.DATE, Asked.ORDINAL))
"""Asking for one of these leaves nothing to check: 来函核实:总数是多少."""


def read_question(
    text: str,
    names: DepartmentNames,
    years: Sequence[int] = (),
    chatter_of: Callable[[str], frozenset[str]] = lambda text: frozenset(),
) -> Question:
    """Take a normalised and corrected text apart. `chatter_of` tells which of a text's words name no matter."""
    mentions = names.find(text)
    masked = cut_out(text, [(m.start, m.end) for m in mentions])
    spaced = _blank(text, [(m.start, m.end) for m in mentions])
    found = find_cues(spaced)
    cues = frozenset(f.cue for f in found)
    asked = find_asked(spaced)
    aspect = find_aspect(masked)
    unknown = names.find_unknown(_blank(spaced, [(f.start, f.end) for f in found]))
    excepted, excepted_spans = _excepted(spaced)
    spaced = _blank(spaced, excepted_spans)
    selection, selection_spans = find_selection(spaced)
    spaced = _blank(spaced, selection_spans)
    items, item_spans = _items(spaced, cues)
    section, section_spans = _section(spaced)
    party, party_spans = _party(spaced, cues)
    if party is not None and party == len(mentions) > 1:  # 党建办跟综合科两家都在: the two that are named
        party = None
    if party is not None:
        selection = replace(selection, least=party, most=None if "以上" in text else party)
    spans = [(f.start, f.end) for f in found] + [(m.start, m.end) for m in mentions]
    spans += item_spans + section_spans + party_spans + excepted_spans + selection_spans
    if asked and asked.asked not in _NAMING:
        spans.append((asked.start, asked.end))
    subject = cut_out(text, spans)
    if (
        asked and asked.asked is Asked.MEMBERS and not re.search(r"\w", subject)
    ):  # 六大要素分别是哪些: named where it asks
        subject = text[asked.start : asked.end]
    figures = find_figures(_blank(spaced, item_spans + party_spans))
    claims = tuple(f for f in figures if not _is_year(f, years) and f.text not in _EACH_ONE)
    claims = tuple(f for f in claims if not _is_article(spaced, f))
    claims += (*_compared(spaced, claims), *_only_one(spaced))
    if asked:  # 哪三个方面 claims no three
        claims = tuple(f for f in claims if f.end <= asked.start or asked.end <= f.start)
    asked, claims = _one_of(text, asked, claims)
    check = (
        Cue.CHECK in cues or _asks_yes_or_no(text, cues, bool(mentions or claims or items or aspect), bool(claims))
    ) and not (asked and not claims and asked.asked in _OPEN)
    if check or (asked and asked.asked is Asked.DIRECTION):  # which way it goes is the claim, not the subject
        subject = _WAYS.sub(" ", subject)
    if check:  # 高中3个对吗: the figure is what is claimed, not what it is claimed of
        subject = cut_out(subject, [m.span() for c in claims for m in re.finditer(re.escape(c.text), subject)])
    question = Question(
        text=text,
        subject=subject,
        intent=None,
        check=check,
        role=find_role(masked, cues),
        asked=asked,
        departments=tuple(dict.fromkeys(m.name for m in mentions if not _is_denied(text, m))),
        unknown_departments=tuple(dict.fromkeys(m.name for m in unknown)),
        claims=claims,
        items=items,
        section=section,
        aspect=aspect,
        selection=selection,
        excepted=excepted,
        cues=cues,
        chatter=chatter_of(subject),
        step=_step(spaced, found),
    )
    intent, rule = decide_intent(question, found)
    return replace(question, intent=intent, rule=rule)


def _one_of(
    text: str, asked: AskedValue | None, claims: tuple[Figure, ...]
) -> tuple[AskedValue | None, tuple[Figure, ...]]:
    """75%还是80%: two figures to choose from ask for the one, and claim neither."""
    if asked is not None or len(claims) != 2 or claims[0].kind is not claims[1].kind:
        return asked, claims
    first, second = claims
    if text[first.end : second.start].strip(",的") != "还是":
        return asked, claims
    return AskedValue(ASKED_FOR[first.kind], first.start, second.end, measure=second.unit), ()


_STATES = re.compile(r"是(?!否)|由|归|也|属于")
"""困难学生资助是教育事务中心在管? says something of which it asks whether it is so."""
_OPEN_WORD = re.compile(r"几|多少|什么|啥|哪|谁|怎|咋|何|多[久大长高]")
_WAYS = re.compile(r"增加|增长|提高|扩大|减少|下降|降低|缩减")
_COMPARED = re.compile(rf"(?:超过|不到|少于|多于|大于|小于|高于|低于|不止|不足|至少|最多)({NUMERAL})(?![\d{CHINESE}%])")


def _compared(text: str, claims: Sequence[Figure]) -> tuple[Figure, ...]:
    """Numbers without a measure that a question compares with: 不到9000."""
    found = ((m, parse_number(m.group(1))) for m in _COMPARED.finditer(text))
    return tuple(
        Figure(FigureKind.COUNT, m.group(1), number, "", "", "", "", m.group(), *m.span(1))
        for m, number in found
        if number is not None and not any(c.start <= m.start(1) < c.end for c in claims)
    )


_ONE = re.compile(r"(?:就|只|才|仅|只有|就有|是|共|有)(一(个|所|家|项|条|名|次))(?=[,。?!]|对|吗|吧|嘛|$)")


def _only_one(text: str) -> tuple[Figure, ...]:
    """开工的高中就一个: one that is no article."""
    found = _ONE.search(text)
    return (Figure(FigureKind.COUNT, found[1], 1.0, found[2], "", "", "", found[0], *found.span(1)),) if found else ()


def _asks_yes_or_no(text: str, cues: frozenset[Cue], stated: bool, claimed: bool) -> bool:
    """Whether a message that states a department or a figure ends in 吗: 招考中心是牵头吗."""
    asks = Cue.WHO not in cues and text.endswith("?") and not _OPEN_WORD.search(text)
    if asks and (claimed or (stated and Cue.LISTING not in cues and _STATES.search(text))):
        return True
    ends = re.search(r"(?:吗|嘛|(?<!什)(?<!怎)么|没有|不是)[?!。 ]*$", text) is not None
    return ends and Cue.WHO not in cues and (stated or not _OPEN_WORD.search(text))


def _items(text: str, cues: frozenset[Cue]) -> tuple[tuple[int, ...], list[tuple[int, int]]]:
    """The numbered points that a text names: 第十一条, 11条, 第3到5条, 第3、4、5条."""
    span = _ITEM_RANGE.search(text) or (_BARE_RANGE.search(text) if Cue.CHECK in cues else None)
    if span:
        first, last = (parse_number(group) for group in span.groups())
        if first is not None and last is not None and first <= last:
            return tuple(range(int(first), min(int(last), int(first) + _LONGEST_RANGE) + 1)), [span.span()]
    both = _SECTION_ITEM.search(text)
    if both and (number := parse_number(both.group(2))) is not None:
        return (int(number),), [both.span()]
    several = _ITEMS.search(text) or (_BARE_ITEMS.search(text) if Cue.CHECK in cues else None)
    if several:
        listed = [parse_number(piece) for piece in re.findall(NUMERAL, several.group())]
        return tuple(dict.fromkeys(int(n) for n in listed if n is not None)), [several.span()]
    numbers, spans = [], []
    for found in _ITEM.finditer(text):
        number = parse_number(next(group for group in found.groups() if group))
        first_in_clause = found.start() == 0 or text[found.start() - 1] in ",。?!;: "
        stated = found.group(1) or found.group(3) or first_in_clause or not (Cue.CHECK in cues or Cue.WHOLE in cues)
        if number is not None and number == int(number) and stated:
            numbers.append(int(number))
            spans.append(found.span())
    return tuple(dict.fromkeys(numbers)), spans


def _is_article(text: str, figure: Figure) -> bool:
    """Whether a one only introduces its noun: 我是镇上一所小学的会计."""
    plain = len(figure.text) == 2 and figure.text[0] == "一" and figure.kind is FigureKind.COUNT
    before = text[figure.start - 1 : figure.start]
    return plain and before not in _COUNTING_ONE and "\u4e00" <= before <= "\u9fff"


_COUNTING_ONE = frozenset("就只才仅是共有配派每了备为用设到:")


def _is_denied(text: str, mention: Mention) -> bool:
    """Whether a department is only ruled out: 不是德育科啊,那牵头到底谁."""
    ruled_out = text[: mention.start].endswith("不是") and re.match(r"[啊呀呢哦嘛,。! ]", text[mention.end :])
    return bool(ruled_out) and re.search("谁|哪", text[mention.end :]) is not None


def _step(text: str, found: Sequence[Found]) -> int:
    """How many points further on, or back, a text goes: 往上数两条 is -2."""
    for cue in found:
        if cue.cue in (Cue.STEP_BACK, Cue.STEP_ON):
            number = re.search(NUMERAL, text[cue.start : cue.end])
            places = int((parse_number(number.group()) if number else 1) or 1)
            return -places if cue.cue is Cue.STEP_BACK else places
    return 0


def _excepted(text: str) -> tuple[tuple[int, ...], list[tuple[int, int]]]:
    """The numbered points that a list is to leave out; 0 stands for the one in focus, -1 for all that were listed."""
    found = list(_EXCEPTED.finditer(text))
    numbers = [parse_number(m["number"]) if m["number"] else -1 if m["all"] else 0 for m in found]
    return tuple(int(number) for number in numbers if number is not None), [m.span() for m in found]


def _section(text: str) -> tuple[int | None, list[tuple[int, int]]]:
    found = _SECTION.search(text) or _SECTION_ITEM.search(text)
    if not found:
        return None, []
    number = parse_number(next(group for group in found.groups() if group))
    return (int(number), [found.span()]) if number else (None, [])


def _party(text: str, cues: frozenset[Cue]) -> tuple[int | None, list[tuple[int, int]]]:
    """How many departments share a point, where a question selects points by that."""
    if not cues & {Cue.COUNTING, Cue.LISTING, Cue.LOCATE, Cue.WHOLE}:
        return None, []
    found = _PARTY.search(text) or _PARTY_BEHIND.search(text) or _IN_BRACKETS.search(text)
    if not found:
        unlisted = _UNLISTED.search(text)
        if unlisted:
            return 0, [unlisted.span()]
        found = re.search(
            r"(?:没有?|无|不带)(?:任何)?配合(?:单位|科室|部门)|独家|"
            r"(?:责任|牵头)?(?:单位|部门|科室)(?:都)?(?:只|仅|就)(?:有|由|是)?(?:一个|1个)|单独(?:的)?(?:由)?(?:一家|一个(?:科室|部门|单位))?(?:负责|牵头|承担|的|在)|(?:只|仅|就)(?:有|由|列|写)?(?:了)?(?:一家|1家)|"
            r"一家(?:单独)?(?:单?(?:干|扛|包)|负责|承担)",
            text,
        )
        return (1, [found.span()]) if found else (None, [])
    number = 1 if found.group(1) == "单" else parse_number(found.group(1))
    return (int(number), [found.span()]) if number is not None else (None, [])


def _is_year(figure: Figure, years: Sequence[int]) -> bool:
    return figure.kind is FigureKind.DATE and figure.number in years and figure.text.rstrip("年").isdigit()


def _blank(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """`text` with the spans overwritten by a mark of the same length, so that places stay."""
    characters = list(text)
    for start, end in spans:
        characters[start:end] = "\x00" * (end - start)
    return "".join(characters)
