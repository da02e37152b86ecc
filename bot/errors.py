"""Every error that the bot raises on purpose; what the person is told is decided where it is shown.

WorkPlanError
├── SettingError          a setting is missing or malformed; names it and what to write
├── KnowledgeError        a file of knowledge can't be put into service
│   ├── KnowledgeProblems     what the checks found: file, line, reason, each with what is expected
│   └── NoticeError           a notice can't be read (not text, too large, no points in it)
├── StoreError            the store can't be read or written
│   ├── StoreNotWritableError the disk is full, or the store may only be read; what is stored stays as it was
│   ├── DamagedContentError   stored bytes are not those that were written
│   └── DamagedReleaseError   a release has such bytes; names the release and the file
└── ReleaseError          a release can't be changed as asked; nothing has changed
    ├── ReleaseMissingError   there is no release with this number
    ├── ReleaseStateError     it is discarded, or in service already, or was; says by whom and when
    └── OvertakenError        another release was put into service in between; says by whom and when
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


class StoreNotWritableError(StoreError):
    """The disk is full or the store is read-only; what was there before is still there and can be read."""


class DamagedContentError(StoreError):
    """Stored bytes that are missing, or are not those that were written under this digest."""

    def __init__(self, digest: str) -> None:
        super().__init__(f"数据库里有内容损坏（SHA-256 {digest[:12]}…）")
        self.digest = digest


class DamagedReleaseError(StoreError):
    """A release with a file whose stored bytes are damaged."""

    def __init__(self, number: int, file: str) -> None:
        super().__init__(f"第{number}版的文件 {file} 在数据库里已损坏，不能使用；请改用其他版本，或重新发送这个文件")
        self.number = number
        self.file = file


class ReleaseError(WorkPlanError):
    """A release can't be changed as asked; the message says why, in Chinese."""


class ReleaseMissingError(ReleaseError):
    """There is no release with this number: it never was, or was a candidate that is pruned by now."""

    def __init__(self, number: int) -> None:
        super().__init__(f"没有第{number}版（没投入使用的版本只留30天）")
        self.number = number


class ReleaseStateError(ReleaseError):
    """The release's state does not allow it; `state` is the release's, `by` and `at` say who brought it there."""

    def __init__(self, number: int, state: str, by: str | None, at: float, words: str) -> None:
        super().__init__(f"第{number}版{words}")
        self.number = number
        self.state = state
        self.by = by
        self.at = at


class OvertakenError(ReleaseError):
    """Another release is in service than the report was made against; `by` was first, at `at` (seconds since 1970)."""

    def __init__(self, active: int | None, expected: int | None, by: str | None, at: float | None) -> None:
        now = f"第{active}版" if active is not None else "没有任何版本"
        who = f"（由{by}投入使用）" if by else ""
        super().__init__(f"现在使用的已经是{now}{who}，请重新查看差异后再决定")
        self.active = active
        self.expected = expected
        self.by = by
        self.at = at
