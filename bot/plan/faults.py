"""Collects the faults of one file, so that its author sees all of them at once; used by the readers of bot.plan."""

from bot.errors import Problem

MAX_FAULTS = 200
"""Nobody reads more; a hostile file must not fill a chat or a log."""


class Faults:
    """The faults of one file, in the order of its lines when they are raised."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._problems: list[Problem] = []
        self._seen: set[Problem] = set()

    def __bool__(self) -> bool:
        return bool(self._problems)

    def add(self, line: int, reason: str) -> bool:
        """Note a fault once (line 0: the file as a whole); False when no more are taken."""
        problem = Problem(self.file, line, reason)
        if len(self._problems) < MAX_FAULTS and problem not in self._seen:
            self._seen.add(problem)
            self._problems.append(problem)
        return len(self._problems) < MAX_FAULTS

    def problems(self) -> list[Problem]:
        """What was noted, by line; a last entry says so when the list was cut short."""
        ordered = sorted(self._problems, key=lambda problem: problem.line)
        if len(ordered) >= MAX_FAULTS:
            ordered.append(Problem(self.file, 0, f"问题太多，只列出前 {MAX_FAULTS} 个"))
        return ordered
