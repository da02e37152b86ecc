"""A file that an admin sends finds its place among the files in service, whatever it is called."""

import pytest

from bot.errors import KnowledgeError, KnowledgeProblems
from bot.plan.incoming import take_in
from bot.plan.reading import parse_files
from tests.plan.files import LEXICON, PLAN

GOLDEN = '{"q": "课后服务谁牵头"}\n'
NOTICE = """2030年某某区教育工作要点
一、增加学位供给
1. 加快学校建设。新增学位3600个。（教育科、基建办）
2. 提升课后服务品质。参与率达到90%。（基建办）
某某区教育局
2030年3月5日
"""
IN_SERVICE = {"plan_2030.yaml": PLAN.encode(), "lexicon.yaml": LEXICON.encode()}


@pytest.mark.parametrize(
    ("name", "text", "changed"),
    [
        ("plan_2030.yaml", PLAN, "plan_2030.yaml"),
        ("plan_2030 (1).yaml", PLAN, "plan_2030.yaml"),
        ("要点.yaml.txt", PLAN, "plan_2030.yaml"),
        ("lexicon.yaml", LEXICON, "lexicon.yaml"),
        ("lexicon (1).yaml", LEXICON, "lexicon.yaml"),
        ("LEXICON.YML", LEXICON, "lexicon.yaml"),
        ("golden (2).jsonl", GOLDEN, "golden.jsonl"),
    ],
)
def test_a_file_is_known_by_its_content(name: str, text: str, changed: str) -> None:
    """A phone's second download renews the same file; the others stay as they are."""
    incoming = take_in(name, text.encode(), {**IN_SERVICE, "plan_2030.yaml": PLAN.encode() + b"\n"})
    assert incoming.changed == changed
    assert incoming.files[changed] == text.encode()
    assert set(incoming.files) == {*IN_SERVICE, changed}


def test_a_notice_of_another_bureau_takes_no_place() -> None:
    """It has the same year, so the importer would name it alike; our plan stays beside it."""
    first = take_in("ours.txt", NOTICE.encode(), {"lexicon.yaml": LEXICON.encode()})
    second = take_in("theirs.txt", NOTICE.replace("某某区", "别的区").encode(), first.files)
    assert first.changed != second.changed
    plans, _ = parse_files(second.files)
    assert {plan.title for plan in plans} == {"2030年某某区教育工作要点", "2030年别的区教育工作要点"}


def test_the_same_notice_again_takes_its_own_place() -> None:
    """A corrected notice of the same bureau and year renews its plan."""
    first = take_in("a.txt", NOTICE.encode(), {"lexicon.yaml": LEXICON.encode()})
    second = take_in("b.txt", NOTICE.replace("3600", "3700").encode(), first.files)
    assert second.changed == first.changed
    assert len(second.files) == 2


@pytest.mark.parametrize("data", [b"", b"\x00\x01", b"sections: [", b"topics: 1", b"year: 2030\nsections: &a []\n"])
def test_what_is_none_of_them_is_refused(data: bytes) -> None:
    """With the reason, before anything is stored."""
    with pytest.raises(KnowledgeError):
        take_in("../../etc/passwd", data, IN_SERVICE)


def test_a_plan_never_takes_the_file_of_another() -> None:
    """A new plan that is named like another one's file is refused with what to do."""
    other = PLAN.replace("plan_2030", "plan_2031").replace("2030", "2031")
    with pytest.raises(KnowledgeProblems, match="请换一个文件名"):
        take_in("plan_2030.yaml", other.encode(), IN_SERVICE)
