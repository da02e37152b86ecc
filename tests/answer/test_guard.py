"""Right, cited, or declined: what no reply may do, over generated questions (the guard of design.md)."""

import re
import unicodedata
from collections.abc import Iterator

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.answer.answering import answer
from bot.answer.focus import Focus
from bot.answer.knowledge import Knowledge
from bot.answer.model import DIRECT_LIMIT, Answer, Outcome
from bot.answer.question import Intent
from bot.answer.reading import read_question
from bot.plan.model import Plan
from bot.search.normalising import normalise
from tests.answer.asking import OTHER_BUREAU, OWN, load

TEMPLATES = (
    "{term}谁牵头",
    "{term}归哪个科室管",
    "{term}还有谁参与",
    "{term}有几个责任单位",
    "{term}的目标是多少",
    "{term}几个",
    "{term}要达到百分之几",
    "{term}什么时候完成",
    "{term}第几轮",
    "{term}包括哪些",
    "{term}怎么做",
    "{term}多少钱",
    "{term}在第几条",
    "{term}是{department}牵头吗",
    "{term}是{number}个对吗",
    "{term}要达到{number}%吧",
    "{department}牵头哪几项",
    "{department}参与几条",
    "{department}和{other}都参与的有哪些",
    "{department}一共{number}条对吗",
    "第{number}条{term}",
    "第{number}部分有几条",
    "那{term}呢",
    "不是,我问的是{term}",
    "{junk}",
    "{term}{junk}",
    "{junk}{department}{junk}",
)
TERMS = tuple(
    """
    课后服务 竣工项目 续建项目 高中 学位 幼儿园 智慧校园 达标率 心理健康 双减 职教 校长负责制 家庭教育 三年行动
    民办学校 教育集团 督导 经费投入 校车 食堂 劳动教育 近视 招生 师德标兵 乡村温馨校园 德育科 三个率 公众号
    体质优良率 合唱节 基地 托管
    """.split()  # noqa: SIM905 -- a list of words reads better as text
)
JUNK = "谁几哪多少条项个是不牵头配合吗呢它第一二12%,?。 的a课科校办年😂<&\u200b\n"
HEAD = ("title", "document_number", "index_number", "issued", "addressees", "preamble", "year")

plans = st.sampled_from((OWN, OTHER_BUREAU))
junk = st.text(
    alphabet=st.sampled_from("谁几哪多少条项个是不牵头配合吗呢它第一二12%,?。 的a课科校办年😂<&\u200b\n"), max_size=12
)


@st.composite
def questions(draw: st.DrawFn, knowledge: Knowledge) -> str:
    """A question from a template, a term or clause of the plan, departments and characters at random."""
    names = (*knowledge.newest.departments, "财务科", "招考中心", "德育处")
    clauses = [
        clause for _, point in knowledge.newest.numbered_points() for clause in re.split("[,，。;；]", point.text)
    ]
    return draw(st.sampled_from(TEMPLATES)).format(
        term=draw(st.sampled_from(TERMS) | st.sampled_from(clauses)),
        department=draw(st.sampled_from(names)),
        other=draw(st.sampled_from(names)),
        number=draw(st.integers(0, 120)),
        junk=draw(junk | st.text(max_size=8)),
    )


@settings(derandomize=True, deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_no_reply_says_what_it_cannot_show(data: st.DataObject) -> None:
    """Whatever is asked, alone or in a conversation, a reply holds only what the plan's text holds."""
    knowledge = load(data.draw(plans))
    focus = None
    for question in data.draw(st.lists(questions(knowledge), min_size=1, max_size=3)):
        reply, focus = answer(question, focus, knowledge)
        assert_whole(reply)
        assert_verbatim(reply, knowledge)
        if reply.outcome is Outcome.ANSWER:
            assert_direct(reply, focus)
            assert_figures_stand(reply, knowledge.newest)
            assert_departments_stand(reply, question, focus, knowledge)


def assert_whole(reply: Answer) -> None:
    """Every reply says something; a no and small talk cite nothing; a source stands for each citation."""
    assert reply.direct
    assert len(reply.sources) == len(reply.citations)
    if reply.outcome in (Outcome.DECLINE, Outcome.CHAT):
        assert not reply.citations
        assert reply.verdict is None
    assert bool(reply.choices) == (reply.outcome is Outcome.CHOICES)


def assert_verbatim(reply: Answer, knowledge: Knowledge) -> None:
    """Every paragraph is a point's whole text, and every highlight a piece of it, in its order."""
    for citation in reply.citations:
        point = knowledge.point(citation.key)
        assert point is not None
        assert citation.paragraph == point.text
        ends = [point.text.index(highlight) for highlight in citation.highlights]
        assert ends == sorted(ends)


def assert_direct(reply: Answer, focus: Focus | None) -> None:
    """Who leads, and a value, are said in at most 160 characters."""
    intent = focus.intent.partition(":")[0] if focus else ""
    if intent in (Intent.LEAD, Intent.TARGET):
        assert len(reply.direct) <= DIRECT_LIMIT


def assert_figures_stand(reply: Answer, plan: Plan) -> None:
    """A figure stands in what is cited or in the notice's head, or counts or numbers what is cited."""
    paragraphs = "".join(citation.paragraph for citation in reply.citations)
    shown = _figures(paragraphs + "".join(str(getattr(plan, name)) for name in HEAD))
    shown |= set(_counts(reply, plan)) | set(_numbers(reply))
    said = reply.direct if not plan.issued else reply.direct.replace(_chinese_date(plan), "")
    assert _figures(said) <= shown


def assert_departments_stand(reply: Answer, question: str, focus: Focus | None, knowledge: Knowledge) -> None:
    """A department that is named stands in what is cited, or was asked about."""
    if not reply.citations:
        return
    shown = "".join(citation.paragraph for citation in reply.citations)
    (serving,) = knowledge.in_service
    asked = {*read_question(normalise(question), serving.names).departments, *(focus.departments if focus else ())}
    corrected, _ = serving.speller.correct(normalise(question))
    asked |= set(read_question(corrected, serving.names).departments)
    named = {mention.name for mention in serving.names.find(reply.direct) if mention.name in reply.direct}
    assert {name for name in named if name not in shown} <= asked


def _figures(text: str) -> set[str]:
    return set(re.findall(r"\d+", unicodedata.normalize("NFKC", text)))


def _counts(reply: Answer, plan: Plan) -> Iterator[str]:
    cited = {citation.key for citation in reply.citations}
    points = [(key, point) for key, point in plan.numbered_points() if key in cited]
    yield str(len(points))
    yield from (str(len(point.departments)) for _, point in points)
    if not points:
        yield from map(str, (len(plan.sections), sum(1 for _ in plan.numbered_points()), len(plan.departments), 0))


def _numbers(reply: Answer) -> Iterator[str]:
    for citation in reply.citations:
        yield from map(str, citation.key[1:])


def _chinese_date(plan: Plan) -> str:
    return f"{plan.issued.year}年{plan.issued.month}月{plan.issued.day}日" if plan.issued else ""
