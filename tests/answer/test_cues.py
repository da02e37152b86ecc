"""The words that say what is asked."""

import pytest

from bot.answer.cues import RULES, Cue, CueRule, cut_out, find_cues


@pytest.mark.parametrize(
    ("rule", "example"),
    [pytest.param(rule, example, id=f"{rule.cue}-{example}") for rule in RULES for example in rule.examples],
)
def test_every_example_is_found(rule: CueRule, example: str) -> None:
    """The example beside a pattern is found by it, and so by all the patterns together."""
    assert rule.pattern.search(example)
    assert rule.cue in {found.cue for found in find_cues(example)}


@pytest.mark.parametrize("cue", Cue)
def test_every_cue_has_a_rule_with_an_example(cue: Cue) -> None:
    """A cue that nothing shows would be dead."""
    assert [rule for rule in RULES if rule.cue is cue and rule.examples]


@pytest.mark.parametrize(
    ("question", "cue"),
    [
        ("课后服务谁牵头", Cue.LEAD),
        ("课后服务谁牵头", Cue.WHO),
        ("涉及哪些科室", Cue.DEPARTMENTS),
        ("还有谁参与", Cue.PARTNERS),
        ("德育科牵头哪几项", Cue.LISTING),
        ("德育科牵头几条", Cue.COUNTING),
        ("课后服务在第几条", Cue.LOCATE),
        ("是德育科牵头,对吗", Cue.CHECK),
        ("它的目标", Cue.BACK),
    ],
)
def test_cues_of_questions(question: str, cue: Cue) -> None:
    """Cues are found inside whole questions."""
    assert cue in {found.cue for found in find_cues(question)}


@pytest.mark.parametrize("subject", ["课后延时服务", "全员导师制", "智慧校园达标校", "职业教育", "心理健康"])
def test_a_subject_has_no_cue(subject: str) -> None:
    """The names of things say nothing of what is asked."""
    assert find_cues(subject) == []


def test_cues_are_cut_out() -> None:
    """What remains of a question without its cues is its subject."""
    text = "请问课后服务谁牵头"
    assert cut_out(text, [(found.start, found.end) for found in find_cues(text)]) == "课后服务"
