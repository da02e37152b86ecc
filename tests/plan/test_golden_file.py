"""golden.jsonl: what is read, what is refused with file and line, and that every way in checks it."""

import json
from pathlib import Path

import pytest

from bot.errors import KnowledgeProblems
from bot.plan.checking import check_folder
from bot.plan.golden import Expected, Golden, Place
from bot.plan.golden_file import GOLDEN_FILE, MAX_QUESTIONS, golden_of, parse_golden, write_golden
from bot.plan.reading import parse_files, read_files, read_folder
from bot.plan.yaml_tree import MAX_BYTES
from tests.plan.files import PLAN, faults

LINE = (
    '{"q": ["课后服务谁牵头", "目标呢"], "plan": "plan_2030", "points": [10, "3-11"], "must": ["教育科"], '
    '"outcome": "answer"}'
)
GOLDEN = Golden(
    ("课后服务谁牵头", "目标呢"),
    (Place(10), Place(11, 3)),
    "plan_2030",
    ("教育科",),
    Expected.ANSWER,
    line=1,
)  # fmt: skip


def told(data: str | bytes) -> list[str]:
    return faults(parse_golden, data)


def test_a_question_is_read_with_all_it_expects() -> None:
    """Messages, points, plan, words and outcome, and the line it stands on."""
    assert parse_golden(LINE.encode()) == (GOLDEN,)


def test_only_the_question_is_needed() -> None:
    """Blank lines, a byte order mark and Windows line ends are read over."""
    data = b"\xef\xbb\xbf\r\n" + '{"q": "文号"}\r\n\r\n{"q": "谁牵头", "points": 7}'.encode()
    assert parse_golden(data) == (Golden(("文号",), line=2), Golden(("谁牵头",), (Place(7),), line=4))


def test_what_is_written_is_read_back() -> None:
    """A question's line says the same again."""
    assert parse_golden(write_golden(GOLDEN).encode()) == (GOLDEN,)
    assert write_golden(Golden(("文号",))) == '{"q": "文号"}'


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("课后服务谁牵头", "不是一行 UTF-8 的 JSON"),
        ("[" * 5000, "不是一行 UTF-8 的 JSON"),
        ('{"q": "a"', "不是一行 UTF-8 的 JSON"),
        ('{"q": "\\ud800甲"}', "不是一行 UTF-8 的 JSON"),
        (b'{"q": "\xff"}', "不是一行 UTF-8 的 JSON"),
        ('{"q": ' + "9" * 5000 + "}", "不是一行 UTF-8 的 JSON"),
        ('["课后服务谁牵头"]', "应是对象"),
        ('{"points": [1]}', "缺少 q（问题）"),
        ('{"q": "甲", "point": [1]}', "没有“point”这个键，是不是 points？"),
        ('{"q": "甲", "\\u202e注": 1}', "没有“?注”这个键，可用的键：q、points、plan、must、outcome"),
        ('{"q": "甲", "q": "乙"}', "“q”这个键写了两次"),
        ('{"q": ""}', "q 应是文字，或文字的列表，不能是空的"),
        ('{"q": []}', "q 应是文字"),
        ('{"q": 7}', "q 应是文字"),
        ('{"q": ["甲", null]}', "q 应是文字"),
        (json.dumps({"q": ["甲"] * 11}), "q 最多 10 个"),
        (json.dumps({"q": "甲" * 1501}), "q 太长（最多 1500 字）"),
        ('{"q": "甲\\u0000"}', "q 太长（最多 1500 字），或有看不见的控制字符"),
        ('{"q": "甲\u202e"}', "有看不见的控制字符"),
        ('{"q": "甲", "plan": ["a"]}', "plan 应是文字，不能是空的"),
        ('{"q": "甲", "must": [[]]}', "must 应是文字"),
        ('{"q": "甲", "points": [true]}', "points 应是条的编号"),
        ('{"q": "甲", "points": [0]}', "points 应是条的编号"),
        ('{"q": "甲", "points": ["三"]}', "points 应是条的编号"),
        ('{"q": "甲", "points": [1.5]}', "points 应是条的编号"),
        ('{"q": "甲", "points": {"a": 1}}', "points 应是条的编号"),
        ('{"q": "甲", "outcome": "maybe"}', "outcome 应是 answer、choices、decline、chat 之一"),
        ('{"q": "甲", "outcome": []}', "outcome 应是"),
    ],
)
def test_each_fault_is_told_with_its_line(line: str | bytes, expected: str) -> None:
    """A fault names the file, the line and what is expected."""
    data = b'{"q": "\xe4\xb8\x80"}\n' + (line if isinstance(line, bytes) else line.encode("utf-8", "surrogatepass"))
    found = told(data)
    assert len(found) == 1
    assert found[0].startswith(f"knowledge.yaml:2: {expected}")


def test_a_question_stands_once() -> None:
    """The same question of the same plan twice is refused; of two plans it is two questions."""
    assert told('{"q": "甲"}\n{"q": ["甲"]}') == ["knowledge.yaml:2: 与第 1 行是同一个问题，请合并"]
    assert len(parse_golden('{"q": "甲", "plan": "a"}\n{"q": "甲", "plan": "b"}'.encode())) == 2


def test_a_file_that_is_too_large_is_refused() -> None:
    """More than 2 MiB and more questions than a trial can ask are refused, not read in part."""
    assert told(b" " * (MAX_BYTES + 1)) == ["knowledge.yaml: 文件超过 2 MiB"]
    many = "\n".join(f'{{"q": "{n}"}}' for n in range(MAX_QUESTIONS + 5))
    assert told(many) == [f"knowledge.yaml:{MAX_QUESTIONS + 1}: 问题超过 {MAX_QUESTIONS} 个"]


def test_every_way_in_checks_it(tmp_path: Path) -> None:
    """The folder and the files of a release are refused for a fault in golden.jsonl; it is no plan."""
    (tmp_path / "plan.yaml").write_text(PLAN, encoding="utf-8")
    (tmp_path / GOLDEN_FILE).write_text(LINE, encoding="utf-8")
    assert [plan.id for plan in read_folder(tmp_path)[0]] == ["plan_2030"]
    assert golden_of(read_files(tmp_path)) == (GOLDEN,)
    (tmp_path / GOLDEN_FILE).write_text('{"question": 1}', encoding="utf-8")
    assert [str(problem).partition(": ")[0] for problem in check_folder(tmp_path)] == ["golden.jsonl:1"] * 2
    with pytest.raises(KnowledgeProblems):
        parse_files({"plan.yaml": PLAN.encode(), GOLDEN_FILE: b"{}"})
    assert golden_of({"plan.yaml": PLAN.encode()}) == ()


@pytest.mark.parametrize("name", ["Golden.jsonl", "golden.JSONL", "questions.jsonl"])
def test_another_name_is_refused_rather_than_passed_over(tmp_path: Path, name: str) -> None:
    """Questions in a file that would not be read are told of."""
    (tmp_path / "plan.yaml").write_text(PLAN, encoding="utf-8")
    (tmp_path / name).write_text(LINE, encoding="utf-8")
    assert [str(problem) for problem in check_folder(tmp_path)] == [f"{name}: 问题集的文件名请写成 golden.jsonl"]
