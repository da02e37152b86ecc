"""Files that are broken, or made to do harm, are refused with file and line."""

import os
import time
from pathlib import Path

import pytest

from bot.plan.faults import MAX_FAULTS
from bot.plan.reading import parse_lexicon, parse_plan, read_plan
from bot.plan.yaml_tree import MAX_BYTES
from tests.plan.files import LEXICON, PLAN, changed, faults


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "knowledge.yaml: 文件是空的"),
        (b"# only a comment\n", "knowledge.yaml: 文件是空的"),
        (b"id: a\n\xff\xfe: b\n", "knowledge.yaml:2: 不是 UTF-8 编码"),
        ("id: 要点".encode("gb18030"), "knowledge.yaml:1: 不是 UTF-8 编码"),
        ("id: 要点".encode("utf-16"), "knowledge.yaml:1: 不是 UTF-8 编码"),
        (b"id: a\ntitle: b\x00c\n", "knowledge.yaml:2: 有看不见的控制字符 U+0000"),
        (b"id: a\x1b[31m\n", "knowledge.yaml:1: 有看不见的控制字符 U+001B"),
        ("id: a\u202eb\n".encode(), "knowledge.yaml:1: 有看不见的控制字符 U+202E"),
        (b"id: 1\n---\nid: 2\n", "knowledge.yaml:2: 一个文件只能有一份文档"),
        (b"\tid: a\n", "knowledge.yaml:1: YAML 格式有误：这里的字符不能直接开头"),
        (b"id: a\ntitle: b: c\n", "knowledge.yaml:2: YAML 格式有误：一行里有两个冒号"),
        (b'id: "a\n', "knowledge.yaml:2: YAML 格式有误：引号没有成对"),
        (b"id: [a\n", "knowledge.yaml:2: YAML 格式有误：方括号或花括号没有成对"),
        (b'id: "\\q"\n', "knowledge.yaml:1: YAML 格式有误"),
        (b"%YAML 9.9\n---\nid: a\n", "knowledge.yaml:1: YAML 格式有误"),
        (b"? [a]\n: b\n", "knowledge.yaml:1: 键应是一个词"),
        (b"x" * (MAX_BYTES + 1), "knowledge.yaml: 文件超过 2 MiB"),
        (b"just text\n", "knowledge.yaml:1: 工作要点应写成“键: 值”"),
    ],
)
def test_a_broken_file_is_refused(data: bytes, told: str) -> None:
    """What is no YAML of ours is refused, with the line where it goes wrong."""
    assert faults(parse_plan, data)[0].startswith(told)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("title: 统筹发展", "title: &a 统筹发展", "knowledge.yaml:10: 不能用 YAML 锚点 &a"),
        ("departments: [基建办, 教育科]", "departments: &x [基建办]", "knowledge.yaml:15: 不能用 YAML 锚点 &x"),
        ("title: 统筹发展", "title: !!str 统筹发展", "knowledge.yaml:10: 不能用 YAML 标签 tag:yaml.org,2002:str"),
        ("title: 统筹发展", "title: !x 统筹发展", "knowledge.yaml:10: 不能用 YAML 标签 !x"),
        (
            "title: 统筹发展",
            "title: !!python/object/apply:os.system ['touch /tmp/x']",
            "knowledge.yaml:10: 不能用 YAML 标签",
        ),
        ("year: 2030", "year: 2030\nyear: 2030", "knowledge.yaml:4: 键“year”重复，上一次在第 3 行"),
        ("title: 统筹发展", 'title: "统筹\\0发展"', "knowledge.yaml:10: 有看不见的控制字符 U+0000"),
        ("title: 统筹发展", 'title: "统筹\\r发展"', "knowledge.yaml:10: 有看不见的控制字符 U+000D"),
        ("title: 统筹发展", "<<: {title: 统筹发展}", "knowledge.yaml:9: 部分（sections）缺少 title"),
    ],
)
def test_yaml_that_is_more_than_plain_data_is_refused(old: str, new: str, told: str) -> None:
    """Anchors, tags, merge keys, duplicate keys and escaped control characters are refused where they stand."""
    assert any(line.startswith(told) for line in faults(parse_plan, changed(old, new)))


def test_an_alias_is_refused_once_and_nothing_else_is_told_of_it() -> None:
    """An anchor and its alias are two faults, without others that only follow from them."""
    data = changed(
        "departments: [教育科]", "departments: *x", changed("departments: [基建办, 教育科]", "departments: &x [基建办]")
    )
    found = faults(parse_plan, data)
    assert [line.split("，")[0] for line in found] == [
        "knowledge.yaml:15: 不能用 YAML 锚点 &x",
        "knowledge.yaml:25: 不能用 YAML 别名 *x",
    ]


def test_a_billion_laughs_is_refused_in_no_time() -> None:
    """Aliases are never expanded."""
    levels = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    levels += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 10)]
    begun = time.perf_counter()
    assert "不能用 YAML 锚点 &a0" in faults(parse_plan, "\n".join(levels))[0]
    assert time.perf_counter() - begun < 10


@pytest.mark.parametrize("data", ["[" * 100_000, "a: " + "{b: " * 50_000, "- " * 10_000, "? " * 50_000])
def test_deep_nesting_is_refused_without_recursion(data: str) -> None:
    """A file nested a hundred thousand deep is refused quickly, not by a RecursionError."""
    begun = time.perf_counter()
    assert faults(parse_plan, data)
    assert time.perf_counter() - begun < 10


def test_a_flood_of_entries_is_refused() -> None:
    """A file of a million empty items is refused before it is built."""
    assert "条目太多" in faults(parse_plan, "-\n" * 1_000_000)[0]


def test_a_flood_of_faults_is_cut_short() -> None:
    """No more faults are told than a person reads, and the last says so."""
    found = faults(parse_lexicon, "other_departments:\n" + "  - 1\n" * 5_000)
    assert len(found) == MAX_FAULTS + 1
    assert "问题太多" in found[-1]
    assert len(faults(parse_plan, b"\x01\n" * 500_000)) == MAX_FAULTS + 1


def test_a_large_lexicon_is_read_in_a_moment() -> None:
    """400 topics with 10,000 phrases are read in well under a second."""
    topics = [
        f"  - terms: [用语{i}]\n    asked:\n" + "".join(f"      - 怎么问{i}的{j}\n" for j in range(25))
        for i in range(400)
    ]
    data = ("topics:\n" + "".join(topics)).encode()
    begun = time.perf_counter()
    assert len(parse_lexicon(data, "lexicon.yaml").topics) == 400
    assert time.perf_counter() - begun < 10


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("教育科: [教科]", "教育科: 教科", "2: “教育科”的简称 应是列表"),
        ("教育科: [教科]", "教育科: [教育科]", "2: 简称“教育科”与全称相同"),
        ("教育科: [教科]", "教育科: [教科]\n  德育科: [教科]", "3: 简称“教科”已属于“教育科”"),
        ("教育科: [教科]", "教育科: [德育科]\n  德育科: []", "2: 简称“德育科”是另一个科室的全称"),
        ("教育科: [教科]", "教育科: [1]", "2: “教育科”的简称 应是文字，写的是数字，请给 1 加引号"),
        ("[财务科]", "[财务科, 教育科]", "3: “教育科”已在 departments 里"),
        ("[竣工, 完工]", "[竣工]", "5: synonyms 的一组至少要有两个词"),
        ("[竣工, 完工]", "[竣工, 完工]\n  - [完工, 建成]", "6: “完工”已在第 5 行的一组里，请合并"),
        ("[竣工, 完工]", "竣工 完工", "5: synonyms 的一组 应是列表"),
        ("terms: [课后服务]", "terms: []", "7: 话题的 terms 是空的"),
        ("asked:", "ask:", "7: 话题（topics）缺少 asked"),
        ("topics:", "topic:", "6: 词库里没有“topic”这个键，是不是 topics？"),
    ],
)
def test_a_faulty_lexicon_is_refused(old: str, new: str, told: str) -> None:
    """A fault in the lexicon names its line and what is expected."""
    assert faults(parse_lexicon, changed(old, new, LEXICON))[0].startswith(f"knowledge.yaml:{told}")


def test_a_symbolic_link_is_refused(tmp_path: Path) -> None:
    """A link is refused, wherever it leads."""
    (tmp_path / "real.yaml").write_text(PLAN, encoding="utf-8")
    link = tmp_path / "plan.yaml"
    link.symlink_to("real.yaml")
    assert faults(lambda _, __: read_plan(link), "") == ["plan.yaml: 是符号链接，请放文件本身"]


@pytest.mark.parametrize("kind", ["folder", "pipe", "missing", "large"])
def test_what_is_no_plain_file_is_refused(tmp_path: Path, kind: str) -> None:
    """A folder, a pipe that nobody writes to, a missing and an over-large file are refused at once."""
    path = tmp_path / "plan.yaml"
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "large":
        path.write_bytes(b"#" * (MAX_BYTES + 1))
    told = {
        "folder": "plan.yaml: 不是普通文件",
        "pipe": "plan.yaml: 不是普通文件",
        "missing": "plan.yaml: 读不了（No such file or directory）",
        "large": "plan.yaml: 文件超过 2 MiB",
    }
    assert faults(lambda _, __: read_plan(path), "") == [told[kind]]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_leave_to_read_is_refused(tmp_path: Path) -> None:
    """A file that the bot may not read is named."""
    path = tmp_path / "plan.yaml"
    path.write_text(PLAN, encoding="utf-8")
    path.chmod(0)
    assert faults(lambda _, __: read_plan(path), "") == ["plan.yaml: 读不了（Permission denied）"]
