"""Reading and checking a folder of knowledge: several plans, one lexicon."""

from pathlib import Path

import pytest

from bot.errors import KnowledgeProblems
from bot.plan.checking import Summary, check_folder, summary_of
from bot.plan.reading import parse_files, read_files, read_folder
from tests.plan.files import LEXICON, PLAN, changed

NEXT_YEAR = PLAN.replace("2030", "2031")


def written(folder: Path, **files: str) -> Path:
    """The folder with the files in it; a name's ending is .yaml."""
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def told(folder: Path) -> list[str]:
    """What checking the folder tells."""
    return [str(problem) for problem in check_folder(folder)]


def test_plans_come_newest_year_first(tmp_path: Path) -> None:
    """Every .yaml file but the lexicon is a plan; the newest comes first."""
    plans, lexicon = read_folder(written(tmp_path, plan_2030=PLAN, next=NEXT_YEAR, lexicon=LEXICON))
    assert [plan.year for plan in plans] == [2031, 2030]
    assert lexicon is not None
    assert lexicon.departments == {"教育科": ("教科",)}
    assert lexicon.topics[0].asked == ("托管", "晚托班")


def test_the_lexicon_may_be_absent(tmp_path: Path) -> None:
    """A folder without lexicon.yaml is read."""
    assert read_folder(written(tmp_path, plan_2030=PLAN))[1] is None


def test_a_sound_folder_has_no_problems_and_a_summary(tmp_path: Path) -> None:
    """Checking a sound folder tells nothing; the summary counts what is in it."""
    folder = written(tmp_path, plan_2030=PLAN, plan_2031=NEXT_YEAR, lexicon=LEXICON)
    assert told(folder) == []
    summary = summary_of(*read_folder(folder))
    assert summary == Summary(plans=2, points=4, targets=2, topics=1)
    assert str(summary) == "2 份工作要点，4 条，2 个目标，1 个话题"


def test_files_that_are_no_knowledge_are_left_alone(tmp_path: Path) -> None:
    """Notes, editors' swap files and macOS's own files are not read."""
    for name in ("notes.txt", ".plan.yaml", "._plan.yaml", "plan.yaml~"):
        (tmp_path / name).write_bytes(b"\x00")
    assert told(written(tmp_path, plan_2030=PLAN)) == []


@pytest.mark.parametrize("name", ["plan_2031.yml", "plan_2031.YAML"])
def test_another_ending_is_refused_rather_than_passed_over(tmp_path: Path, name: str) -> None:
    """A plan with a file name that would not be read is told of."""
    (tmp_path / name).write_text(NEXT_YEAR, encoding="utf-8")
    assert told(written(tmp_path, plan_2030=PLAN)) == [f"{name}: 文件名请以小写的 .yaml 结尾"]


def test_the_faults_of_all_files_come_together(tmp_path: Path) -> None:
    """Faults in two plans and in the lexicon are told at once, each with its file."""
    folder = written(
        tmp_path,
        plan_2030=changed("year: 2030", "year: x"),
        plan_2031=NEXT_YEAR.replace("number: 2", "number: 1"),
        lexicon=LEXICON.replace("topics", "topic"),
    )
    (folder / "plan_2032.yaml").mkdir()
    assert [line.partition(": ")[0] for line in told(folder)] == [
        "plan_2032.yaml",
        "lexicon.yaml:6",
        "plan_2030.yaml:3",
        "plan_2031.yaml:22",
    ]


def test_two_plans_of_one_id_or_one_year_are_refused(tmp_path: Path) -> None:
    """Ids are unique in a folder, and a bureau has one plan a year."""
    assert told(written(tmp_path, a=PLAN, b=NEXT_YEAR.replace("plan_2031", "plan_2030"))) == [
        "b.yaml: id“plan_2030”与 a.yaml 相同，每份工作要点要有自己的 id"
    ]
    assert told(written(tmp_path, a=PLAN, b=changed("plan_2030", "other"))) == [
        "b.yaml: 与 a.yaml 是同一单位同一年（2030）的工作要点，只能留一份"
    ]
    assert (
        told(written(tmp_path, a=PLAN, b=changed("plan_2030", "other").replace("issuers: [某某", "issuers: [另外")))
        == []
    )


def test_a_short_name_may_not_be_another_departments_name(tmp_path: Path) -> None:
    """A short name in the lexicon that a plan uses for another department is refused."""
    lexicon = changed("[教科]", "[基建办]", LEXICON)
    assert told(written(tmp_path, a=PLAN, lexicon=lexicon)) == [
        "lexicon.yaml: “教育科”的简称“基建办”是 a.yaml 里另一个科室的名称，请删去"
    ]


def test_a_folder_without_a_plan_or_without_a_folder_is_told(tmp_path: Path) -> None:
    """An empty folder and a missing one are problems, not empty knowledge."""
    assert "文件夹里没有工作要点" in told(tmp_path)[0]
    assert "打不开文件夹" in told(tmp_path / "missing")[0]
    assert "打不开文件夹" in told(written(tmp_path, a=PLAN) / "a.yaml")[0]


def test_files_can_be_read_from_bytes() -> None:
    """A release that is kept elsewhere is read by the same rules as a folder."""
    plans, lexicon = parse_files({"lexicon.yaml": LEXICON.encode(), "plan.yaml": PLAN.encode()})
    assert (len(plans), lexicon is not None) == (1, True)
    with pytest.raises(KnowledgeProblems, match=r"plan\.yaml: 文件是空的"):
        parse_files({"plan.yaml": b""})


QUESTION = '{"q": "课后服务谁牵头"}\r\n'.encode()


def test_a_folder_s_files_are_read_as_a_release_keeps_them(tmp_path: Path) -> None:
    """Plans, lexicon and labelled questions, byte for byte; the questions are no knowledge, other files are no part."""
    written(tmp_path, plan_2030=PLAN, lexicon=LEXICON)
    for name in ("golden.jsonl", "notes.txt", ".hidden.yaml"):
        (tmp_path / name).write_bytes(QUESTION)
    files = read_files(tmp_path)
    assert files == {
        "golden.jsonl": QUESTION,
        "lexicon.yaml": LEXICON.encode(),
        "plan_2030.yaml": PLAN.encode(),
    }
    assert parse_files(files) == read_folder(tmp_path)
    (tmp_path / "link.yaml").symlink_to("lexicon.yaml")
    with pytest.raises(KnowledgeProblems, match=r"link\.yaml: 是符号链接"):
        read_files(tmp_path)
