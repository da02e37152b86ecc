"""What a release may hold: how many files, of what names and sizes; bot.store.releases checks it before storing."""

from collections.abc import Mapping

from bot.errors import KnowledgeProblems, Problem
from bot.plan.yaml_tree import MAX_BYTES
from bot.store.release import Person, Source

FILES_LIMIT = 40
"""A plan a year, the lexicon and the labelled questions stay far below it."""
TOTAL_LIMIT = 32 * 1024 * 1024
SOURCE_LIMIT = 20 * 1024 * 1024
"""What a bot can download from Telegram: https://core.telegram.org/bots/api#getfile"""
NAME_LIMIT = 255
"""Bytes of a file's name, as file systems have it."""
NOTE_LIMIT = 200
PERSON_LIMIT = 130
"""Characters of a name on Telegram: 64 of the first, 64 of the last."""


def check(files: Mapping[str, bytes], source: Source | None) -> None:
    """Raises KnowledgeProblems with each file that can't be stored."""
    problems = [
        Problem(one_line(name, 80), 0, reason) for name, data in files.items() for reason in _faults(name, data)
    ]
    if not files:
        problems.append(Problem("knowledge", 0, "没有文件"))
    if len(files) > FILES_LIMIT:
        problems.append(Problem("knowledge", 0, f"一个版本最多 {FILES_LIMIT} 个文件，现有 {len(files)} 个"))
    if sum(map(len, files.values())) > TOTAL_LIMIT:
        problems.append(Problem("knowledge", 0, f"一个版本的文件合计最多 {_mebibytes(TOTAL_LIMIT)}"))
    if source is not None and len(source.data) > SOURCE_LIMIT:
        problems.append(Problem(one_line(source.name, 80), 0, f"原件超过 {_mebibytes(SOURCE_LIMIT)}"))
    if problems:
        raise KnowledgeProblems(problems)


def one_line(text: str, limit: int) -> str:
    """The text without line breaks, control characters and what UTF-8 can't hold, cut to `limit` characters."""
    printable = "".join(char if char.isprintable() else " " for char in text)
    line = " ".join(printable.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


def name_of(person: Person | None) -> str:
    """The name as it is stored; empty for nobody."""
    return one_line(person.name, PERSON_LIMIT) if person is not None else ""


def _faults(name: str, data: bytes) -> list[str]:
    faults = []
    plain = name.isprintable() and name == name.strip() and not name.startswith(".")
    if not plain or not name or set("/\\") & set(name) or len(name.encode()) > NAME_LIMIT:
        faults.append("文件名不能用，请写成 plan_2024.yaml 这样的")
    if len(data) > MAX_BYTES:
        faults.append(f"文件超过 {_mebibytes(MAX_BYTES)}")
    return faults


def _mebibytes(size: int) -> str:
    return f"{size // 1024 // 1024} MiB"
