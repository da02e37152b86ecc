"""What a question says of the value that it asks for: the noun counted, the whole of a part; used by values.py."""

import re
from collections.abc import Collection

from bot.answer.asked import Asked, AskedValue
from bot.answer.asking import Asking
from bot.search.evidence import Evidence

_CHANGE = re.compile("[提降增减升涨到为在]|要求|目标|规定|标准|规模")
"""从多少提到多少: what follows is no noun that is counted."""


CLASSES = frozenset(("班",))
"""几个班: a noun of one character, which topics would let stand for seats."""


def counted_noun(asking: Asking, evidence: Evidence, value: AskedValue) -> frozenset[str]:
    """The noun behind 几个 or 哪三支 (几个督学); empty where none follows."""
    if value.asked not in (Asked.COUNT, Asked.MEMBERS):
        return frozenset()
    found = re.match(r"\s*[“\"]?([\u4e00-\u9fffa-z]{1,10})", asking.question.text[value.end :])
    if not found:
        return frozenset()
    if re.match(r"班(?![主级委会长子上])", found.group(1)):
        return CLASSES
    known = evidence.weights().keys() | {word for hit in evidence.topics for word in hit.evidence}
    named = [word for word in known if len(word) > 1 and word in found.group(1)]
    return frozenset(
        word
        for word in named
        if not any(word != other and word in other for other in named) and not _CHANGE.match(word)
    )


def rare_measure(asking: Asking, value: AskedValue) -> str:
    """A measure word that is none of the usual ones (副 in 多少副眼镜); empty where none is asked with."""
    following = asking.question.text[value.end : value.end + 1]
    rare = value.asked is Asked.COUNT and not value.measure and "\u4e00" <= following <= "\u9fff"
    return following if rare else ""


_WHOLE = re.compile(r"([\u4e00-\u9fff]{1,9}[^在\W])(?:里面?|里头|当中|中间?|其中)(?:的|有|,)?[\u4e00-\u9fff]")


def asked_whole(asking: Asking, said: Collection[str], value: AskedValue) -> frozenset[str]:
    """The last word before 里 or 中 of the question, where what stands behind it is asked for.

    `said` are the words that the point answers to: 续建, not 一摊, of 续建那一摊里.
    """
    found = _WHOLE.search(asking.question.text[: value.start])
    if not found or value.asked is not Asked.COUNT:
        return frozenset()
    known = [word for word in said if len(word) > 1 and word in found.group(1)]
    if not known:
        return frozenset()
    last = max(found.group(1).rfind(word) + len(word) for word in known)
    return frozenset(word for word in known if found.group(1).rfind(word) + len(word) == last)


_GENERIC = frozenset(("目标", "指标", "标准", "要求", "比例", "规定", "总数", "数量", "人数", "达到"))
"""Words before what is asked that say nothing of what is counted: 优良率的目标是多少."""


def nearest_word(asking: Asking, evidence: Evidence, value: AskedValue) -> str | None:
    """The last telling word before what is asked, most often what is counted; None where it stands far off."""
    before = asking.question.text[: value.start]
    telling = (word for word in evidence.weights() if word not in _GENERIC)
    places = {word: before.rfind(word) + len(word) for word in telling if word in before}
    if not places:
        return None
    last = max(places.values())
    return max((word for word, end in places.items() if end == last), key=len) if last > len(before) - 10 else None
