"""`python -m bot ask`, `check` and `import`, and what is said to a command line that makes no sense."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.__main__ import main
from tests.e2e.processes import PROJECT
from tests.e2e.test_private import TEXTS

NOTICE = """2031年某区教育工作要点
一、教学
1.改进课堂教学。每月听课4次。（教务科）
2.丰富课外阅读。每班建图书角。（教务科、总务科）
"""


def run(*arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """`python -m bot` with these arguments, in a locale that can't write Chinese."""
    kept = {"PATH": os.environ["PATH"], "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    command = [sys.executable, "-W", "error", "-m", "bot", *arguments]
    return subprocess.run(
        command,
        input=given,
        capture_output=True,
        cwd=PROJECT,
        env=kept,
        timeout=60,
        check=False,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one small plan and no lexicon."""
    notice = tmp_path / "notice.txt"
    notice.write_text(NOTICE, encoding="utf-8")
    plans = tmp_path / "plans"
    plans.mkdir()
    assert main(["import", str(notice), "-o", str(plans / "plan_2031.yaml")]) == 0
    return plans


def test_ask_prints_one_reply_as_text() -> None:
    """The fact first, then the paragraph and its source, in UTF-8 whatever the locale; words need no quotes."""
    asked = run("ask", "课后服务", "谁牵头")
    assert asked.returncode == 0
    lines = asked.stdout.decode().splitlines()
    assert "教育科" in lines[0]
    assert TEXTS[10] in lines
    assert lines[-1].endswith("第10条")
    assert not asked.stderr


def test_ask_explains_itself(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """How it was read, and what decided."""
    assert main(["ask", "--explain", "课外阅读谁牵头", "--knowledge", str(folder)]) == 0
    assert "课外阅读" in capsys.readouterr().out


def test_ask_jsonl_goes_on_after_lines_that_make_no_sense(small: Path) -> None:
    """One line out for every line in; a broken one gets an error with its number."""
    lines: list[Any] = [
        {"id": "1", "messages": ["课后服务谁牵头"]},
        "no object",
        {"id": "3"},
        {"id": "4", "messages": ["今年竣工多少个教育项目", "还有谁参与"]},
        {"id": "5", "messages": ["课" * 10_000]},
        {"id": "6", "messages": [""]},
        {"id": "7\ud83d", "messages": ["谁牵头\ud83d"]},
    ]
    given = b"\n".join(json.dumps(line).encode() for line in lines) + b"\n{not json\n\n\xff\xfe\n"
    asked = run("ask", "--jsonl", "--knowledge", str(small), given=given)
    assert asked.returncode == 0, asked.stderr
    replies = [json.loads(line) for line in asked.stdout.decode().splitlines()]
    assert [reply.get("id") for reply in replies] == ["1", None, None, "4", "5", "6", "7\ud83d", None, None]
    assert ["error" in reply for reply in replies] == [False, True, True, False, False, False, False, True, True]
    assert "第 2 行" in replies[1]["error"]
    assert "第 8 行" in replies[7]["error"]
    first = replies[0]
    assert (first["outcome"], first["verdict"]) == ("answer", None)
    assert "教育科" in first["answer"]
    cited = first["citations"][0]
    assert (cited["plan"], cited["section"], cited["point"]) == ("plan_2023", 3, 10)
    assert cited["paragraph"] == TEXTS[10]
    assert all(highlight in cited["paragraph"] for highlight in cited["highlights"])
    assert replies[3]["citations"][0]["point"] == 11
    assert replies[4]["outcome"] == "decline"


def test_another_folder_of_plans(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--knowledge names it; without a lexicon of its own the project's serves."""
    assert main(["ask", "第2条", "--knowledge", str(folder)]) == 0
    assert "每班建图书角" in capsys.readouterr().out


def test_check_says_what_is_there(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 0 and a summary; 1 and file:line: reason for what is wrong."""
    assert main(["check"]) == 0
    assert "25 条" in capsys.readouterr().out
    assert main(["check", str(folder)]) == 0
    plan = folder / "plan_2031.yaml"
    plan.write_text(plan.read_text(encoding="utf-8").replace("year: 2031", "year: 明年"), encoding="utf-8")
    assert main(["check", str(folder)]) == 1
    assert "plan_2031.yaml:3:" in capsys.readouterr().err


def test_import_writes_what_check_accepts_and_overwrites_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The draft goes to the file or to standard output."""
    notice, plan = folder.parent / "notice.txt", folder / "plan_2031.yaml"
    assert main(["import", str(notice)]) == 0
    assert capsys.readouterr().out == plan.read_text(encoding="utf-8")
    assert main(["import", str(notice), "-o", str(plan)]) == 1
    assert "已经存在" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        ["--nonsense"],
        ["nonsense"],
        ["ask"],
        ["ask", "--jsonl", "课后服务"],
        ["ask", "--jsonl", "--explain"],
        ["ask", "--knowledge"],
        ["ask", "--knowl", "x", "问"],
        ["import"],
        ["check", "a", "b"],
        ["\x1b[31m\n\udcff"],
        ["ask", "问", "--" + "x" * 5000],
    ],
)
def test_a_hostile_command_line_gets_one_line(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """What is wrong, in one line without control characters; exit code 2."""
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    out, err = capsys.readouterr()
    assert err.count("\n") == 1
    assert "\x1b" not in err
    assert len(err) < 1000
    assert not out


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["check", "/no/such\nfolder"], 1),
        (["ask", "--knowledge", "/no/such", "问"], 1),
        (["import", "/no/such.txt"], 1),
        (["import", "/dev/zero"], 1),
        (["ask", "问"], 2),
        (["check"], 2),
    ],
)
def test_what_can_t_be_read_is_said(
    arguments: list[str], code: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No traceback; the exit code tells a wrong file (1) from a wrong setting (2)."""
    monkeypatch.setenv("KNOWLEDGE_DIR", "/no/such")
    assert main(arguments) == code
    out, err = capsys.readouterr()
    assert "Traceback" not in err
    assert err.strip()
    assert not out


@pytest.mark.usefixtures("slow")
def test_a_reader_who_has_seen_enough_is_no_error(small: Path) -> None:
    """A closed pipe ends the output quietly."""
    lines = b"\n".join(json.dumps({"id": n, "messages": ["德育科管哪些"]}).encode() for n in range(200))
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "ask", "--jsonl", "--knowledge", str(small)],
        cwd=PROJECT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(lines)
        process.stdin.close()
        assert process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
