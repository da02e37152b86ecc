"""A file that an admin sends -> the files of a candidate; called by bot.chat when a document arrives.

A plan, a lexicon or golden questions take the place of the file they renew; anything else is read as a notice, whose
draft becomes a plan.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace

from bot.errors import KnowledgeProblems, NoticeError, Problem
from bot.plan.documents import shown_name
from bot.plan.golden_file import GOLDEN_FILE, parse_golden
from bot.plan.model import Plan
from bot.plan.notice import Draft, read_notice
from bot.plan.reading import LEXICON_FILE, parse_lexicon, parse_plan
from bot.plan.writing import write_plan

_FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,60}\.yaml")
_PLAN = "plan"
_PLAN_KEYS = re.compile(r"^(?:sections|lead_rule|year)[ ]*:", re.MULTILINE)
_LEXICON_KEYS = re.compile(r"^(?:topics|synonyms|other_departments|departments)[ ]*:", re.MULTILINE)
_LOOKED_AT = 200_000
"""Bytes of a file that are looked at to tell what it is."""


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
    kind = _kind_of(shown, data)
    if kind == LEXICON_FILE:
        parse_lexicon(data, shown)
        return _renewed(files, LEXICON_FILE, data)
    if kind == GOLDEN_FILE:
        parse_golden(data, shown)
        return _renewed(files, GOLDEN_FILE, data)
    if kind == _PLAN:
        return _renewed(files, _place_of(parse_plan(data, shown), shown, files), data)
    draft = read_notice(data)
    plan = _with_free_id(draft.plan, files)
    written = write_plan(plan)
    file = f"{plan.id}.yaml"
    try:
        checked = parse_plan(written, file)
    except KnowledgeProblems as refused:
        reasons = "；".join(problem.reason for problem in refused.problems[:3])
        raise NoticeError(f"读出来的内容不合要求（{reasons}），请把通知另存为纯文本（.txt）核对后再发") from refused
    made = _renewed(files, _place_of(checked, file, files), written)
    return Incoming(made.files, made.changed, draft)


def _kind_of(name: str, data: bytes) -> str | None:
    """What a file is by what stands in it, however a phone or an editor renamed it (lexicon (1).yaml, plan.yaml.txt).

    None: a notice.
    """
    lowered = name.lower()
    if ".jsonl" in lowered:
        return GOLDEN_FILE
    start = data[:_LOOKED_AT].decode("utf-8-sig", "ignore")
    if _LEXICON_KEYS.search(start) and not _PLAN_KEYS.search(start):
        return LEXICON_FILE
    if _PLAN_KEYS.search(start):
        return _PLAN
    if ".yaml" in lowered or ".yml" in lowered:
        return LEXICON_FILE if lowered.startswith("lexicon") else _PLAN
    return None


def _with_free_id(plan: Plan, files: Mapping[str, bytes]) -> Plan:
    """The plan of another bureau gets an id of its own: the importer knows the year only."""
    others = [other for _, other in _plans_in(files) if set(other.issuers) != set(plan.issuers)]
    taken = {other.id for other in others}
    number, free = 2, plan.id
    while free in taken:
        free, number = f"{plan.id}_{number}", number + 1
    return replace(plan, id=free)


def _plans_in(files: Mapping[str, bytes]) -> Iterator[tuple[str, Plan]]:
    """The plans in service by file; one that can't be read is passed over (it is checked elsewhere)."""
    for file, data in files.items():
        if file not in (LEXICON_FILE, GOLDEN_FILE):
            with suppress(KnowledgeProblems):
                yield file, parse_plan(data, file)


def _renewed(files: Mapping[str, bytes], name: str, data: bytes) -> Incoming:
    return Incoming({**files, name: data}, name)


def _place_of(plan: Plan, name: str, files: Mapping[str, bytes]) -> str:
    """The file that the plan renews (the one with its id, else of its bureau and year), or a name of its own."""
    for file, other in _plans_in(files):
        if other.id == plan.id:
            return file
    for file, other in _plans_in(files):
        if other.year == plan.year and set(other.issuers) == set(plan.issuers):
            return file
    wanted = name if _FILE_NAME.fullmatch(name) and name not in (LEXICON_FILE, GOLDEN_FILE) else f"{plan.id}.yaml"
    if wanted in files:
        raise KnowledgeProblems([Problem(name, 0, f"{wanted} 已经是另一份工作要点，请换一个文件名")])
    return wanted
