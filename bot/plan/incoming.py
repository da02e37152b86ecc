"""A file that an admin sends -> the files of a candidate; called by bot.chat when a document arrives.

A plan, a lexicon or golden questions take the place of the file they renew; anything else is read as a notice, whose
draft becomes a plan.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.errors import KnowledgeProblems, NoticeError, Problem
from bot.plan.documents import shown_name
from bot.plan.golden_file import GOLDEN_FILE, parse_golden
from bot.plan.model import Plan
from bot.plan.notice import Draft, read_notice
from bot.plan.reading import LEXICON_FILE, parse_lexicon, parse_plan
from bot.plan.writing import write_plan

_FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,60}\.yaml")
_YAML = re.compile(r"\.ya?ml", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Incoming:
    """What a file makes of the knowledge in service."""

    files: Mapping[str, bytes]
    """The whole candidate: what parse_files takes."""
    changed: str
    """The name of the file that is new or renewed."""
    draft: Draft | None = None
    """What the import understood, where a notice was sent."""


def take_in(name: str, data: bytes, files: Mapping[str, bytes]) -> Incoming:
    """The candidate that `data`, sent under `name`, makes of the `files` in service.

    The name is never used as a path. Reading a notice takes seconds: call it in a thread. Raises KnowledgeProblems or
    NoticeError.
    """
    shown = shown_name(name)
    lowered = shown.lower()
    if lowered == LEXICON_FILE:
        parse_lexicon(data, shown)
        return _renewed(files, LEXICON_FILE, data)
    if lowered.endswith(".jsonl"):
        parse_golden(data, shown)
        return _renewed(files, GOLDEN_FILE, data)
    if _YAML.search(lowered[-5:]):
        return _renewed(files, _place_of(parse_plan(data, shown), shown, files), data)
    draft = read_notice(data)
    written = write_plan(draft.plan)
    file = f"{draft.plan.id}.yaml"
    try:
        checked = parse_plan(written, file)
    except KnowledgeProblems as refused:
        reasons = "；".join(problem.reason for problem in refused.problems[:3])
        raise NoticeError(f"读出来的内容不合要求（{reasons}），请把通知另存为纯文本（.txt）核对后再发") from refused
    made = _renewed(files, _place_of(checked, file, files), written)
    return Incoming(made.files, made.changed, draft)


def _renewed(files: Mapping[str, bytes], name: str, data: bytes) -> Incoming:
    return Incoming({**files, name: data}, name)


def _place_of(plan: Plan, name: str, files: Mapping[str, bytes]) -> str:
    """The file that the plan renews (the one with its id, else the one of its bureau and year), or a name of its own.

    A plan in service always can be read; where one can't, its name is kept out of the way.
    """
    same_year: str | None = None
    for file, data in files.items():
        if file in (LEXICON_FILE, GOLDEN_FILE):
            continue
        try:
            other = parse_plan(data, file)
        except KnowledgeProblems:
            continue
        if other.id == plan.id:
            return file
        if other.year == plan.year and set(other.issuers) == set(plan.issuers):
            same_year = file
    if same_year is not None:
        return same_year
    wanted = name if _FILE_NAME.fullmatch(name) and name not in (LEXICON_FILE, GOLDEN_FILE) else f"{plan.id}.yaml"
    if wanted in files:
        raise KnowledgeProblems([Problem(name, 0, f"{wanted} 已经是另一份工作要点，请换一个文件名")])
    return wanted
