"""Labelled questions, written blind: how many are answered right, and that every paragraph is the notice's own.

tests/data/README.md tells how the sets were made, and their first scores.
"""

import pytest

from bot.plan.model import PointKey
from tests.answer.asking import load
from tests.answer.judge import plain, read_questions
from tests.answer.measuring import DEV, DEVELOPMENT, LATEST, SETS, QuestionSet, misses, score_of

every_set = pytest.mark.parametrize(
    "questions",
    [s if s in LATEST else pytest.param(s, marks=pytest.mark.rare) for s in SETS],
    ids=lambda questions: questions.name,
)


@every_set
def test_enough_are_right(questions: QuestionSet) -> None:
    """A set does not fall below its floor."""
    assert score_of(questions).share >= questions.floor, misses(questions)


@every_set
def test_every_paragraph_is_verbatim(questions: QuestionSet) -> None:
    """All that is cited stands in the plan's notice, character for character."""
    paragraphs = score_of(questions).paragraphs
    assert paragraphs
    plan = load(questions.knowledge).newest
    own = {key: point.text for key, point in plan.numbered_points()} | {PointKey(plan.id, 0, 0): plan.preamble}
    assert all(citation.paragraph == own[citation.key] for citation in paragraphs)


@every_set
def test_the_notices_hold_what_the_plans_say(questions: QuestionSet) -> None:
    """The paragraphs of the fictional plans stand in the notices that the questions were written from."""
    for notice in questions.knowledge.glob("notice_*.txt"):
        text = plain(notice.read_text(encoding="utf-8"))
        for citation in score_of(questions).paragraphs:
            assert plain(citation.paragraph) in text


@every_set
def test_questions_have_names_of_their_own(questions: QuestionSet) -> None:
    """No id occurs twice, and each question is labelled with a point, a word, a verdict or as not answerable."""
    labelled = read_questions(questions.file)
    assert len({question.id for question in labelled}) == len(labelled)
    assert [q for q in labelled if not (q.points or q.must or q.verdict or q.kind == "none")] == []


@pytest.mark.skipif(not DEV.is_file(), reason="the development questions are not part of the repository")
def test_the_development_questions() -> None:
    """The questions to develop with do not fall below their floor."""
    assert score_of(DEVELOPMENT).share >= DEVELOPMENT.floor, misses(DEVELOPMENT)
