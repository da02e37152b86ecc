"""Asks the golden questions of a candidate before it is put into service, and of what is in service beside it.

Called by the replies to admins and by the command line. Pure and without pauses: it may run in a thread, and stops
between two questions when it is told to.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.answer.answering import answer
from bot.answer.focus import Focus
from bot.answer.knowledge import Knowledge
from bot.answer.model import Answer, Citation, Outcome, Verdict
from bot.plan.golden import Expected, Golden, Place
from bot.plan.reporting import LENGTH, capped
from bot.search.normalising import normalise


@dataclass(frozen=True, slots=True)
class ChangedAnswer:
    """A golden question that the candidate answers in another way."""

    golden: Golden
    old: Answer
    new: Answer | None
    """None where the candidate has not the plan that it is asked of."""


@dataclass(frozen=True, slots=True)
class FailedQuestion:
    """A golden question that the candidate answers otherwise than expected."""

    golden: Golden
    given: Answer
    reasons: tuple[str, ...]
    before: bool
    """Whether the knowledge in service fails it too."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of it. The questions of a plan that neither knows are `left_out`."""

    asked: int
    left_out: int
    changed: tuple[ChangedAnswer, ...]
    failed: tuple[FailedQuestion, ...]

    @property
    def passed(self) -> bool:
        """Whether none failed."""
        return not self.failed


def try_out(
    golden: Sequence[Golden],
    in_service: Knowledge | None,
    candidate: Knowledge,
) -> Trial:
    """Ask every question of both.

    `in_service` is None to ask the candidate alone: nothing is then told as changed.
    """
    changed: list[ChangedAnswer] = []
    failed: list[FailedQuestion] = []
    asked = left_out = 0
    for question in golden:
        new = _ask(question, candidate)
        old = _ask(question, in_service) if in_service else new
        if new is None and old is None:
            left_out += 1
            continue
        asked += 1
        if old and _seen(old) != _seen(new):
            changed.append(ChangedAnswer(question, old, new))
        reasons = faults_of(question, new) if new else ()
        if new and reasons:
            failed.append(FailedQuestion(question, new, reasons, bool(old and faults_of(question, old))))
    return Trial(asked, left_out, tuple(changed), tuple(failed))


def faults_of(golden: Golden, given: Answer) -> tuple[str, ...]:
    """What of the expectation an answer does not hold, in Chinese; empty where it holds all."""
    return tuple(_faults(golden, given))


def grow(question: str | Sequence[str], given: Answer) -> Golden:
    """A golden question from one that was asked and answered well (its messages, oldest first).

    It holds the outcome, the plan and the points cited, not the words: they may be put better one day. bot.plan's
    write_golden makes its line.
    """
    messages = (question,) if isinstance(question, str) else tuple(question)
    keys = [citation.key for citation in given.citations if citation.key.point]
    plans = {key.plan for key in keys}
    places = tuple(Place(key.point, key.section) for key in keys)
    plan = keys[0].plan if len(plans) == 1 else None
    return Golden(messages, places if plan else (), plan, outcome=Expected(given.outcome.value))


def report(trial: Trial, limit: int = LENGTH) -> str:
    """The trial in short lines, at most `limit` UTF-16 units: the total, what failed, what changed."""
    return capped(report_lines(trial), limit)


def report_lines(trial: Trial) -> list[str]:
    """One line in all, then one for each question that failed or changed."""
    failing = {failed.golden for failed in trial.failed}
    changed = [change for change in trial.changed if change.golden not in failing]
    old = {change.golden: change.old for change in trial.changed}
    return [
        _total(trial),
        *(_failed_line(failed, old.get(failed.golden)) for failed in trial.failed),
        *(f"变了：“{change.golden}” 原答：{_said(change.old)} 现答：{_said(change.new)}" for change in changed),
    ]


def _ask(golden: Golden, knowledge: Knowledge) -> Answer | None:
    """The answer to the last message; a question of one plan is asked of it alone, so that it outlives the year."""
    if golden.plan is not None:
        serving = knowledge.serving(golden.plan)
        if serving is None:
            return None
        knowledge = Knowledge((serving,), knowledge.lexicon)
    given: Answer | None = None
    focus: Focus | None = None
    for message in golden.messages:
        given, focus = answer(message, focus, knowledge)
    return given


def _seen(given: Answer | None) -> tuple[Outcome, str, Verdict | None, tuple[object, ...]] | None:
    """What makes two answers the same for those who read them."""
    if given is None:
        return None
    return given.outcome, given.direct, given.verdict, tuple(citation.key for citation in given.citations)


def _faults(golden: Golden, given: Answer) -> Iterator[str]:
    if golden.outcome and golden.outcome.value != given.outcome.value:
        yield f"应{_OUTCOMES[golden.outcome.value]}，现{_OUTCOMES[given.outcome.value]}"
        return
    missing = [place for place in golden.places if not any(_stands_at(citation, place) for citation in given.citations)]
    first = given.citations[0] if given.citations else None
    if missing:
        yield f"应引{'、'.join(map(str, missing))}，{_cited(given)}"
    elif golden.places and first and not any(_stands_at(first, place) for place in golden.places):
        yield f"应先引{'、'.join(map(str, golden.places))}，{_cited(given)}"
    said = _plain(given.direct)  # not the paragraph: whoever leads, it has the names of those that take part too
    unsaid = [text for text in golden.must if _plain(text) not in said]
    if unsaid:
        yield f"没有说“{'”“'.join(unsaid)}”"


_OUTCOMES = {"answer": "回答", "choices": "请人选", "decline": "说没有", "chat": "寒暄"}


def _stands_at(citation: Citation, place: Place) -> bool:
    return citation.key.point == place.point and place.section in (None, citation.key.section)


def _cited(given: Answer) -> str:
    keys = [citation.key for citation in given.citations]
    return f"现引{'、'.join(f'第{key.point}条' for key in keys[:4])}" if keys else "现在没有引"


def _plain(text: str) -> str:
    return normalise(text).replace(" ", "")


def _total(trial: Trial) -> str:
    parts = [f"试问{trial.asked}题"]
    parts.append(f"{len(trial.failed)}题没有答对" if trial.failed else "都答对了" if trial.asked else "")
    worse = sum(not failed.before for failed in trial.failed)
    if trial.failed:
        parts.append(f"其中{worse}题原来是对的" if worse else "都是原来就不对的")
    parts.append(f"{len(trial.changed)}题的回答变了" if trial.changed else "回答没有变化" if trial.asked else "")
    parts.append(f"{trial.left_out}题问的要点不在其中，没有问" if trial.left_out else "")
    return "，".join(part for part in parts if part)


def _failed_line(failed: FailedQuestion, old: Answer | None) -> str:
    line = f"（第{failed.golden.line}行）" if failed.golden.line else ""
    start = "不对" if failed.before else "变坏"
    was = f" 原答：{_said(old)}" if old else ""
    return f"{start}：“{failed.golden}”{line}{'；'.join(failed.reasons)}。{was} 现答：{_said(failed.given)}"


def _said(given: Answer | None) -> str:
    if given is None:
        return "（没有这份要点）"
    text = given.direct.replace("\n", " ")
    short = text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
    cited = "、".join(f"第{citation.key.point}条" for citation in given.citations[:3])
    return f"{short}（{cited}）" if cited else short


_SHOWN = 60
