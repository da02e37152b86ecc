"""Reads plans and the lexicon from YAML, telling every fault at once; called by the command line and the releases.

`parse_*` take bytes (a file that an admin sends), `read_*` take paths (the folder `knowledge/`).
"""

import os
import stat
from collections.abc import Mapping, Sequence
from pathlib import Path

from bot.errors import KnowledgeProblems, Problem
from bot.plan.faults import Faults
from bot.plan.golden_file import GOLDEN_FILE, parse_golden
from bot.plan.lexicon import Lexicon
from bot.plan.lexicon_file import lexicon_from
from bot.plan.model import Plan
from bot.plan.plan_file import plan_from
from bot.plan.yaml_tree import MAX_BYTES, compose

LEXICON_FILE = "lexicon.yaml"


def parse_plan(data: bytes, file: str) -> Plan:
    """The plan in `data`; `file` is the name that faults are told with. Raises KnowledgeProblems."""
    faults = Faults(file)
    root = compose(data, faults)
    plan = plan_from(root, faults) if root is not None else None
    if faults or plan is None:
        raise KnowledgeProblems(faults.problems())
    return plan


def parse_lexicon(data: bytes, file: str) -> Lexicon:
    """The lexicon in `data`. Raises KnowledgeProblems."""
    faults = Faults(file)
    root = compose(data, faults)
    lexicon = lexicon_from(root, faults) if root is not None else None
    if faults or lexicon is None:
        raise KnowledgeProblems(faults.problems())
    return lexicon


def parse_files(files: Mapping[str, bytes]) -> tuple[tuple[Plan, ...], Lexicon | None]:
    """Plans (newest year first) and lexicon of one folder or release: file name -> bytes.

    The file named lexicon.yaml is the lexicon, golden.jsonl has golden questions (checked here, read by golden_of),
    every other one is a plan. Raises KnowledgeProblems with the faults of all files.
    """
    plans: list[tuple[str, Plan]] = []
    lexicon: Lexicon | None = None
    problems: list[Problem] = []
    for file, data in files.items():
        try:
            if file == LEXICON_FILE:
                lexicon = parse_lexicon(data, file)
            elif file == GOLDEN_FILE:
                parse_golden(data, file)
            else:
                plans.append((file, parse_plan(data, file)))
        except KnowledgeProblems as refused:
            problems.extend(refused.problems)
    problems.extend(clashes(plans))
    if lexicon:
        problems.extend(_foreign_names(lexicon, plans))
    if problems:
        raise KnowledgeProblems(problems)
    plans.sort(key=lambda named: (-named[1].year, named[0]))
    return tuple(plan for _, plan in plans), lexicon


def clashes(plans: Sequence[tuple[str, Plan]]) -> list[Problem]:
    """What keeps plans (with their file names) from being in service together: one id, or one year of one bureau."""
    problems: list[Problem] = []
    ids: dict[str, str] = {}
    years: dict[tuple[int, frozenset[str]], str] = {}
    for file, plan in plans:
        other = ids.setdefault(plan.id, file)
        if other != file:
            problems.append(Problem(file, 0, f"id“{plan.id}”与 {other} 相同，每份工作要点要有自己的 id"))
        other = years.setdefault((plan.year, frozenset(plan.issuers)), file)
        if other != file:
            problems.append(Problem(file, 0, f"与 {other} 是同一单位同一年（{plan.year}）的工作要点，只能留一份"))
    return problems


def _foreign_names(lexicon: Lexicon, plans: Sequence[tuple[str, Plan]]) -> list[Problem]:
    """A short name that is another department's full name in the same plan: both would be meant by it."""
    return [
        Problem(LEXICON_FILE, 0, f"“{name}”的简称“{word}”是 {file} 里另一个科室的名称，请删去")
        for name, words in lexicon.departments.items()
        for word in words
        for file, plan in plans
        if word in plan.departments and name in plan.departments
    ]


def read_plan(path: Path) -> Plan:
    """The plan in the file. Raises KnowledgeProblems."""
    return parse_plan(read_bytes(path), path.name)


def read_lexicon(path: Path) -> Lexicon:
    """The lexicon in the file. Raises KnowledgeProblems."""
    return parse_lexicon(read_bytes(path), path.name)


def read_folder(directory: Path) -> tuple[tuple[Plan, ...], Lexicon | None]:
    """Every plan of the folder, newest year first, and its lexicon where it has one.

    Raises KnowledgeProblems with the faults of all files, also when the folder has no plan.
    """
    files, problems = _read_all(directory)
    try:
        plans, lexicon = parse_files(files)
    except KnowledgeProblems as refused:
        raise KnowledgeProblems([*problems, *refused.problems]) from refused
    if not plans and not problems:
        problems.append(Problem(str(directory), 0, "文件夹里没有工作要点（如 plan_2023.yaml）"))
    if problems:
        raise KnowledgeProblems(problems)
    return plans, lexicon


def read_files(directory: Path) -> dict[str, bytes]:
    """The folder's files as a release keeps them: plans, lexicon and golden questions, name -> bytes.

    What is in them is for parse_files to check. Raises KnowledgeProblems.
    """
    files, problems = _read_all(directory)
    if problems:
        raise KnowledgeProblems(problems)
    return files


def _read_all(directory: Path) -> tuple[dict[str, bytes], list[Problem]]:
    """What can be read of the folder's files, and why the others can't be."""
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    for path in _knowledge_files(directory):
        try:
            files[path.name] = read_bytes(path)
        except KnowledgeProblems as refused:
            problems.extend(refused.problems)
    return files, problems


def _knowledge_files(directory: Path) -> list[Path]:
    try:
        names = sorted(entry.name for entry in directory.iterdir())
    except OSError as error:
        reason = f"打不开文件夹（{error.strerror}）"
        raise KnowledgeProblems([Problem(str(directory), 0, reason)]) from error
    # A name that begins with a dot is an editor's or macOS's own file.
    visible = [name for name in names if not name.startswith(".")]
    wrong = [name for name in visible if name.lower().endswith((".yaml", ".yml")) and not name.endswith(".yaml")]
    if wrong:  # Passed over silently, a plan would be missing and nobody would know why.
        raise KnowledgeProblems([Problem(name, 0, "文件名请以小写的 .yaml 结尾") for name in wrong])
    wrong = [name for name in visible if name.lower().endswith(".jsonl") and name != GOLDEN_FILE]
    if wrong:
        raise KnowledgeProblems([Problem(name, 0, f"问题集的文件名请写成 {GOLDEN_FILE}") for name in wrong])
    return [directory / name for name in visible if name.endswith((".yaml", ".jsonl"))]


def read_bytes(path: Path, most: int = MAX_BYTES) -> bytes:
    """The bytes of a plain file of at most `most`; a link, a folder, a pipe are refused. Raises KnowledgeProblems.

    Opened first and examined afterwards, so that what was examined is what is read.
    """
    # O_NONBLOCK: opening a named pipe would otherwise wait for a writer for ever.
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    if path.is_symlink():
        raise _refused(path, "是符号链接，请放文件本身")
    try:
        handle = os.open(path, flags)
        try:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise _refused(path, "不是普通文件")
            with os.fdopen(handle, "rb", closefd=False) as file:
                data = file.read(most + 1)
        finally:
            os.close(handle)
    except OSError as error:
        raise _refused(path, f"读不了（{error.strerror}）") from error
    if len(data) > most:
        raise _refused(path, f"文件超过 {most // 1024 // 1024} MiB")
    return data


def _refused(path: Path, reason: str) -> KnowledgeProblems:
    return KnowledgeProblems([Problem(path.name, 0, reason)])
