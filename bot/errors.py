"""Every error that the bot raises on purpose; what the person is told is decided where it is shown.

WorkPlanError
├── SettingError          a setting is missing or malformed; names it and what to write
├── KnowledgeError        a file of knowledge can't be put into service
│   ├── KnowledgeProblems     what the checks found: file, line, reason, each with what is expected
│   └── NoticeError           a notice can't be read (not text, too large, no points in it)
└── StoreError            the store can't be read or written
"""

from collections.abc import Sequence
from dataclasses import dataclass


class WorkPlanError(Exception):
    """The root of every error raised on purpose."""


class SettingError(WorkPlanError):
    """A setting that can't be used.

    `name` is the environment variable, `expected` says in Chinese what to write there. The value is never shown: it
    may be a secret.
    """

    def __init__(self, name: str, expected: str) -> None:
        super().__init__(f"{name}:{expected}")
        self.name = name
        self.expected = expected


class KnowledgeError(WorkPlanError):
    """A file of knowledge that can't be put into service."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault in a file: `line` counts from 1 (0: the whole file); `reason` says what is expected, in Chinese."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.reason}"


class KnowledgeProblems(KnowledgeError):  # noqa: N818 -- it holds several, each a Problem
    """The faults that the checks found, in the order of the files' lines."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)


class NoticeError(KnowledgeError):
    """A notice that can't be read; the message says why and what to send instead, in Chinese."""


class StoreError(WorkPlanError):
    """The store can't be read or written; the message names the operation, never its data."""
