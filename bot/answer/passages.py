"""The sentences of a point that answer, and the piece of them that is said first."""

import re

from bot.answer.asking import Asking
from bot.answer.cues import Cue
from bot.answer.model import DIRECT_LIMIT
from bot.plan.model import PointKey
from bot.search.index import sentences
from bot.search.normalising import normalise

_SECOND_BEST = 0.55
"""A second sentence is marked as well when it answers nearly as well as the first."""


def best_sentences(asking: Asking, key: PointKey, most: int = DIRECT_LIMIT) -> list[str]:
    """The sentence of a point that answers best, and another where both fit into `most` characters; in order."""
    index = asking.serving.index
    point = asking.point(key)
    places = index.sentence_places[index.place_of[key]]
    asked = _HEAD.search(asking.question.text)
    head = asked[1] if asked else ""
    scored = sorted(((_score(asking, place, head), -place) for place in places), reverse=True)
    if not scored:
        return [sentences(point.text)[0]]
    body = [(score, place) for score, place in scored if not _is_heading(index.sentences[-place].text, point.title)]
    chosen = body or scored
    first = index.sentences[-chosen[0][1]].text
    picked = [first]
    for score, place in chosen[1:2]:
        text = index.sentences[-place].text
        if score >= _SECOND_BEST * chosen[0][0] and len(first) + len(text) <= most and score > 0:
            picked.append(text)
    return sorted(picked, key=point.text.find)


_WITH_OTHERS = re.compile(r"会同|联合|争取|邀|协同|依托|第三方|专业机构|社会力量|合作")


def _score(asking: Asking, place: int, head: str) -> float:
    sentence = asking.serving.index.sentences[place]
    if Cue.OUTSIDE in asking.question.cues and _WITH_OTHERS.search(sentence.text):
        return 1.5 * float(asking.match.sentences[place]) + asking.match.evidence.total
    score = float(asking.match.sentences[place]) + 0.5 * asking.match.evidence.strength(sentence.plain)
    return score + _HEAD_SAID * asking.match.evidence.total if head and head in sentence.plain else score


_HEAD = re.compile(
    r"(?:什么|啥|哪(?:一|几|[两二三四五六])?(?:个|种|项|门|类|样)?)(?!时候|时间|意思|要求)([\u4e00-\u9fff]{2})"
)
"""The noun that is asked for: 铸牢什么意识."""
_HEAD_SAID = 0.3


def _is_heading(sentence: str, title: str) -> bool:
    return sentence.rstrip("。") == title


def shorten(asking: Asking, sentence: str, most: int = DIRECT_LIMIT) -> str:
    """A sentence, or its best run of whole clauses of at most `most` characters, verbatim."""
    if len(sentence) <= most:
        return sentence
    clauses = re.findall(r"[^,，;；]+[,，;；]?", sentence)
    strengths = [asking.match.evidence.strength(normalise(clause)) for clause in clauses]
    best, chosen = -1.0, (0, 1)
    for start in range(len(clauses)):
        length, total = 0, 0.0
        for end in range(start, len(clauses)):
            length += len(clauses[end])
            if length > most:
                break
            total += strengths[end]
            if total > best + 1e-9:
                best, chosen = total, (start, end + 1)
    piece = "".join(clauses[slice(*chosen)]) or sentence[:most]
    return re.sub("[,，;；]$", "", piece[:most])
