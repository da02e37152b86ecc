"""What the text says: the sentence that answers, marked inside its paragraph."""

import pytest

from bot.answer.knowledge import Knowledge
from bot.answer.model import DIRECT_LIMIT, Outcome
from tests.answer.asking import Ask, cited, highlights


@pytest.mark.parametrize(
    ("question", "piece", "point"),
    [
        ("全员导师制怎么做", "持续推进“全员导师制”", 6),
        ("心理健康工作要做什么", "心理健康教育达标校", 8),
        ("职教扩建怎么说的", "加快推进海沧职业中专学校扩建工作", 15),
        ("网络安全怎么要求", "提升教育系统网络安全防护能力", 23),
        ("近视防控怎么抓", "综合落实儿童青少年近视防控措施", 7),
        ("如何吸引台湾教师", "大力吸引台湾教师来我区任教", 25),
        ("教育费附加怎么安排", "优化教育费附加分配机制", 24),
        ("招生报名系统怎么完善", "完善初招报名系统", 14),
        ("困难学生资助怎么做", "推进精准资助", 24),
        ("法治副校长怎么管", "做好法治副校长聘任与管理工作", 22),
        ("全员导师制", "持续推进“全员导师制”", 6),
    ],
)
def test_the_sentence_that_answers(ask: Ask, knowledge: Knowledge, question: str, piece: str, point: int) -> None:
    """The sentence is said and marked, and stands verbatim in a paragraph that is the notice's own."""
    given = ask(question)
    assert given.outcome is Outcome.ANSWER
    assert cited(given) == [point]
    assert piece in highlights(given)
    (citation,) = given.citations
    cited_point = knowledge.point(citation.key)
    assert cited_point
    assert citation.paragraph == cited_point.text
    assert all(marked in citation.paragraph for marked in citation.highlights)


@pytest.mark.parametrize("question", ["全员导师制怎么做", "ｉ教育是什么", "校长负责制怎么落实", "近视防控怎么抓"])
def test_the_direct_answer_is_verbatim_and_short(ask: Ask, question: str) -> None:
    """What is said first is a piece of the marked text, of at most 160 characters."""
    given = ask(question)
    assert given.direct in given.citations[0].paragraph
    assert len(given.direct) <= DIRECT_LIMIT


def test_only_what_answers_is_marked(ask: Ask) -> None:
    """Of a long paragraph not more than what one can take in is marked."""
    given = ask("网络安全怎么要求")
    assert len(highlights(given)) < len(given.citations[0].paragraph) / 3


def test_a_source_line_for_each_citation(ask: Ask) -> None:
    """Title, document number, section and number of the point, as one would quote it."""
    assert ask("全员导师制怎么做").sources == ("《2023年海沧区教育工作要点》厦海教工委〔2023〕16号 · 二 · 第6条",)
