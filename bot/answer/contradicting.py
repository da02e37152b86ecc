"""Whether a claim says the opposite of the sentences that it is about: a clause that contradicts it, or None.

A claim without figure or department is only ever confirmed where nothing here speaks against it; used by checking.
"""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from bot.answer.asking import Asking
from bot.answer.cues import A_NOT_A
from bot.answer.figures import FigureKind, find_figures
from bot.answer.numerals import CHINESE
from bot.plan.model import PointKey
from bot.search.normalising import normalise
from bot.search.stopwords import STOPWORDS
from bot.search.words import general_frequency


def contradicting_clause(asking: Asking, key: PointKey, picked: list[str]) -> str | None:
    """The clause, verbatim, of the sentences picked (or of the point) that says otherwise than the question claims."""
    claim = re.sub(A_NOT_A, "", asking.question.text)
    clauses = [clause.strip() for sentence in picked for clause in re.split("[,，;；。]", sentence) if clause.strip()]
    if not clauses:
        return None
    best = max(clauses, key=lambda clause: asking.match.evidence.strength(normalise(clause)))
    return (
        _other_direction(claim, picked, best)
        or _other_name(asking, key, best)
        or _one_instead_of_the_other(claim, clauses)
        or other_kind(claim, best, *clauses[clauses.index(best) + 1 : clauses.index(best) + 2])
        or _other_place(claim, best)
        or word_replaced(asking, key)
        or _to_be_avoided(claim, clauses)
        or _not_among_the_partners(claim, clauses)
        or (best if _STOPPED.search(claim) and not _STOPPED.search("".join(picked)) else None)
    )


_MARKS = re.compile("[“”\"'‘’《》 ]")
_QUOTATION = re.compile(r"[“\"《]([^”\"》]{8,})[”\"》]")
"""Words quoted at such length claim to stand there as they are."""
_LONGEST_WORD = 5
_BEFORE, _AROUND = 2, 4
"""Characters that must stand the same before and beside a word for it to be in another's place; beside a numeral 3."""


def word_replaced(asking: Asking, key: PointKey) -> str | None:
    """The clause that a claim quotes with another word in a place: 现代学徒制福建模式 for 现代学徒制厦门模式.

    A word that the point has elsewhere, or that the lexicon gives for one of its matters, replaces nothing.
    """
    text = normalise(asking.point(key).text)
    said = asking.match.evidence.explained(text).keys()
    quoted = "".join(_QUOTATION.findall(asking.question.text))
    claimed = _MARKS.sub("", asking.question.text)
    for clause in re.split("[;；。]", text):
        true = _MARKS.sub("", clause)
        steps = SequenceMatcher(None, claimed, true, autojunk=False).get_opcodes()
        for before, (step, a, b, c, d), after in zip(steps, steps[1:], steps[2:], strict=False):
            left, right = before[2] - before[1], after[2] - after[1]
            if step != "replace" or left < _BEFORE or not right or max(b - a, d - c) > _LONGEST_WORD:
                continue
            word, other = claimed[a:b], true[c:d]
            if len(word) > 1 and left + right < _AROUND:
                continue
            if not _are_rivals(word, other) or word in (true if len(word) == 1 else text):
                continue
            as_it_stands = word in quoted or "、" in claimed[max(0, a - _AROUND) : a]
            if not as_it_stands and any(len(each) > 1 and each in word for each in said):
                continue
            if asking.serving.index.mean_the_same(word, other):
                continue
            asking.trace.note(f"所称“{word}”，原文是“{other}”")
            return next(c.strip() for c in re.split("[,，]", clause) if other in _MARKS.sub("", c))
    return None


def _are_rivals(word: str, other: str) -> bool:
    """Whether two pieces are numerals, or words that say something."""
    if all(re.fullmatch(f"[{CHINESE}双单]", piece) for piece in (word, other)):
        return True
    return all(_WORD.fullmatch(piece) and piece not in STOPWORDS for piece in (word, other))


_WORD = re.compile("(?:(?![的是了有没要不会就都得那这])[\\u4e00-\\u9fff]){2,}")
"""At least two characters, none of those that hold a sentence together."""


_UP = re.compile(r"增长|增加|提高|提升|扩大|加大|上升|往上|加强|增多|上涨")
_DOWN = re.compile(r"下降|减少|降低|缩减|压缩|缩小|往下|削减|减弱")
_STOPPED = re.compile(
    r"停(?:掉|止|了|办|下|摆)|取消|叫停|撤(?:销|掉|了)|废(?:止|除|掉)|砍掉|暂停|放(?:松|开|宽)|淡化|减弱|"
    r"(?<!能)(?<!许)不(?:再)?(?:做|搞|办|抓|评|管|弄|开展|推|查|建)(?:了|下去)"
)
"""双减今年是不是放松了: plans say what is to be done, so that a sentence without such a word says the contrary."""


def _other_direction(claim: str, picked: list[str], best: str) -> str | None:
    """The clause that says up where the claim says down, or the other way round."""
    claimed, other = (_UP, _DOWN) if _UP.search(claim) else (_DOWN, _UP)
    for figure in (f for sentence in picked for f in find_figures(sentence) if f.kind is FigureKind.DIRECTION):
        says_up = "不减" in figure.text or "不降" in figure.text
        if claimed.search(claim) and says_up != (claimed is _UP):
            return figure.clause
    if not claimed.search(claim) or other.search(claim):
        return None
    return best if other.search(best) and not claimed.search(best) else None


_QUOTED = re.compile(r"[“\"《]([^”\"》]{2,16})[”\"》]")
_AS_TELLING = 4.0
"""How telling a topic of a quoted word must be to be the plan's matter by another name (“托管”)."""
_NEARLY_BEST = 0.9


def _other_name(asking: Asking, key: PointKey, best: str) -> str | None:
    """The clause with another name than the one claimed in quotation marks: “八五” for “七五”.

    A name of the same length that shares a character stands for it; else, where the plan has the name nowhere and it is
    no everyday word for the point's matter, the clause that answers best.
    """
    text = normalise(asking.point(key).text)
    for claimed in _QUOTED.findall(asking.question.text):
        if claimed in asking.serving.text:
            continue
        for clause in re.split("[,;。]", text):
            if any(len(true) == len(claimed) and set(true) & set(claimed) for true in _QUOTED.findall(clause)):
                return clause.strip()
        index = asking.serving.index
        hits = index.match(claimed).topics
        best_hits = [hit for hit in hits if hit.score >= max(_AS_TELLING, _NEARLY_BEST * hits[0].score)]
        if not any(index.is_linked(hit.topic, key) for hit in best_hits):
            return best
    return None


_NOT_THE_OTHER = re.compile(r"是([\u4e00-\u9fff]{2,6}?)[,]?(?:而)?不是([\u4e00-\u9fff]{2,6}?)(?:[,?。!]|对|吗|吧|$)")


def _one_instead_of_the_other(claim: str, clauses: list[str]) -> str | None:
    """是新建不是扩建: the clause that has the one denied and not the one claimed."""
    found = _NOT_THE_OTHER.search(claim)
    if not found or any(found[1] in normalise(clause) for clause in clauses):
        return None
    return next((clause for clause in clauses if found[2] in normalise(clause)), None)


_KINDS: tuple[tuple[re.Pattern[str], ...], ...] = tuple(
    tuple(re.compile(each) for each in kinds)
    for kinds in (
        (
            r"国家级|(?:全国|国家)(?:那一?级|里)?评",
            r"省级|(?:全省|省)(?:那一?级|里)?评",
            r"市级|(?:全市|市)(?:那一?级|里)?评",
            r"区级|(?:全区|区)(?:那一?级|里)?评",
            "校级",
        ),
        (r"第一[次回轮届期]|头一[次回轮届]|首[次轮届期]", r"第(?!一[轮届期次])[二三四五六七八九十\d]+[轮届期次]"),
        (r"国(?:家)?对省", r"省对市", r"市对[区县]", r"[区县]对校"),
        (r"不(?:能|让|许|准|得|可以|允许)|禁止|严禁|杜绝", r"支持|鼓励|允许|引导"),
        (
            r"每一?[所个名位]",
            r"每[两二三四五六七八九十\d]+[所个名位]|[两二三几](?:所|家|个)(?:学校|园|单位)?(?:合|共)(?:用|配|享)",
        ),
        (r"不定期", r"(?<!不)定期|每(?:个)?(?:天|周|星期|月|季度?|学期)|一(?:周|月|个月|年|学期)一次"),
        (r"常态化|经常|日常", r"一次性|偶尔|突击|临时|[做搞测办开查]一[回次]"),
        (r"全覆盖|全员|全部|所有|每一?[所个名]", r"试点|部分|个别|少数|抽选|一半|自愿"),
    )
)
"""Words of a row exclude each other: what is 市级 is not 省级."""


def other_kind(claim: str, *around: str) -> str | None:
    """The clause that says 市级 where the claim says 省级."""
    for kinds in _KINDS:
        claimed = [kind for kind in kinds if kind.search(claim)]
        if len(claimed) != 1:
            continue
        if any(claimed[0].search(clause) for clause in around):
            continue
        said = next((clause for clause in around if any(kind.search(clause) for kind in kinds)), None)
        if said:
            return said
    return None


_PLACE = re.compile(r"[\u4e00-\u9fff]{2}[省市](?=[\u4e00-\u9fff])")


def _other_place(claim: str, best: str) -> str | None:
    """The clause that says 福建省普通高中特色示范项目 where the claim says 厦门市."""
    claimed, said = _places(claim), _places(normalise(best))
    return best if claimed and said and not claimed & said else None


def _places(text: str) -> set[str]:
    """The provinces and cities that a text names; 百名市 in 百名市级 is none."""
    return {name for name in _PLACE.findall(text) if general_frequency(name)}


_AVOIDED = re.compile(r"避免|防范|防止|杜绝|严禁|不得|禁止|不准")
_AGAINST = re.compile(r"避免|防|杜绝|严禁|不|禁|减|治|别|少")
_SHARED = 4
"""Characters in a row that a claim and what is to be avoided must have in common."""


def _to_be_avoided(claim: str, clauses: list[str]) -> str | None:
    """The clause that warns of what the claim says is wanted: 避免增加学生课业负担."""
    if _AGAINST.search(claim):
        return None
    for clause in clauses:
        found = _AVOIDED.search(clause)
        if found and any(piece in claim for piece in _pieces(normalise(clause[found.end() :]))):
            return clause
    return None


def _pieces(text: str) -> Iterator[str]:
    return (text[start : start + _SHARED] for start in range(len(text) - _SHARED + 1))


_WITH = re.compile(r"会同|联合|拉上|邀请?|争取|依托")
_BODIES = re.compile(
    r"公安|卫健|卫生|民政|妇联|团委|共青团|文旅|文化|体育局|市场监管|城管|交警|交通|消防|司法|检察院|法院|财政|人社|残联|关工委|"
    r"科协|街道|社区|医院|高校|工会|工商联|税务"
)


def _not_among_the_partners(claim: str, clauses: list[str]) -> str | None:
    """The clause that names with whom, without the body claimed: 会同妇联、卫健、民政等部门."""
    bodies = _BODIES.findall(claim) if _WITH.search(claim) else []
    if not bodies:
        return None
    named = next((c for c in clauses if _WITH.search(c) and _BODIES.search(c)), None)
    return named if named and not all(body in named for body in bodies) else None
