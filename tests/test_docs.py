"""The README and docs/ against what the project really has: settings, commands, files, examples."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.chat import wording
from bot.config import read_settings
from bot.plan.reading import parse_lexicon, parse_plan

PROJECT = Path(__file__).resolve().parent.parent
README = (PROJECT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = [PROJECT / "README.md", *sorted((PROJECT / "docs").glob("*.md"))]


class _Reads(dict[str, str]):
    """Settings that note which of them are read."""

    def __init__(self, **given: str) -> None:
        super().__init__(given)
        self.names: set[str] = set()

    def get(self, name: str, default: object = None) -> object:  # type: ignore[override]  # dict's overloads
        self.names.add(name)
        return super().get(name, default)


def _blocks(document: Path, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", document.read_text(encoding="utf-8"), re.DOTALL)


def _first_cells(heading: str) -> list[str]:
    """The code in the first column of the tables below a heading of the README."""
    below = README.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    return re.findall(r"^\| `(.+?)` \|", below, re.MULTILINE)


def test_every_setting_is_documented() -> None:
    """The README's table has each setting that is read, and no other."""
    values = _Reads(WEBHOOK_URL="https://bot.example.cn/telegram", WEBHOOK_SECRET="made-up")
    read_settings(values)
    assert sorted(_first_cells("For operators")) == sorted(values.names)


def test_every_command_of_the_command_line_is_documented() -> None:
    """The README's table has each command that `python -m bot --help` offers, and no other."""
    shown = subprocess.run(
        [sys.executable, "-m", "bot", "--help"], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    offered = re.findall(r"^ {4}([a-z]+) +\S", shown.stdout, re.MULTILINE)
    assert offered, shown.stdout
    assert sorted(cell.split()[0] for cell in _first_cells("The command line")) == sorted(offered)


def test_every_command_of_the_chat_is_documented() -> None:
    """The README names each command that the bot handles or tells Telegram of."""
    sources = "".join(file.read_text(encoding="utf-8") for file in (PROJECT / "bot" / "chat").glob("*.py"))
    handled = set(re.findall(r"CommandHandler\(\s*\"(\w+)\"", sources))
    assert {name for name, _ in wording.ADMIN_COMMANDS} <= handled
    assert {name for name in handled if f"`/{name}" not in README} == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_links_and_paths_lead_somewhere(document: Path) -> None:
    """Each file that is linked, and each path of the project that is named, exists."""
    text = document.read_text(encoding="utf-8")
    linked = [target.partition("#")[0] for target in re.findall(r"\]\(([^):]+)\)", text)]
    named = re.findall(r"`((?:bot|docs|knowledge|scripts|tests|\.ci)/[\w./-]*)`", text)
    missing = [path for path in linked if path and not (document.parent / path).exists()]
    missing += [path for path in named if not (PROJECT / path).exists() and path not in {"knowledge/plan_2024.yaml"}]
    assert missing == []


def test_names_in_the_code_are_where_the_readme_says() -> None:
    """“`name` in `file`” holds: the file has that name."""
    wrong = []
    for names, file in re.findall(r"((?:`[\w.]+`(?:, | and )?)+) in `([\w./]+)`", README):
        text = (PROJECT / file).read_text(encoding="utf-8")
        wrong += [(name, file) for name in re.findall(r"`[\w.]*?(\w+)`", names) if not re.search(rf"\b{name}\b", text)]
    assert wrong == []


def test_the_examples_of_knowledge_pass_the_checks() -> None:
    """What docs/knowledge.md shows can be copied."""
    blocks = _blocks(PROJECT / "docs" / "knowledge.md", "yaml")
    for block in blocks:
        read = parse_lexicon if block.startswith("departments:") else parse_plan
        read(block.encode(), "docs/knowledge.md")
    assert len(blocks) == 3


def test_the_examples_of_settings_are_taken() -> None:
    """What the documents show for a .env file can be copied, the token apart."""
    blocks = [block for document in DOCUMENTS for block in _blocks(document, "ini") if not block.startswith("[")]
    for block in blocks:
        lines = dict(line.split("=", 1) for line in block.splitlines())
        read_settings(lines)
    assert blocks
