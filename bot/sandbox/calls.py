"""The calls that the bot made, as the tests read them. The token is in none of them.

`api.py` records; the control API reads.
"""

import time
from dataclasses import asdict, dataclass
from typing import Any

KEPT = 5_000


@dataclass(frozen=True)
class Call:
    """One call: `number` grows from 1; `status` 0 means that the connection was dropped; `fault` the planted fault."""

    number: int
    method: str
    params: dict[str, Any]
    status: int
    description: str = ""
    fault: str | None = None
    unknown: bool = False
    at: float = 0.0

    def json(self) -> dict[str, Any]:
        return asdict(self)


class CallLog:
    """The last calls, oldest first."""

    def __init__(self) -> None:
        self._calls: list[Call] = []
        self._count = 0

    def record(
        self,
        method: str,
        params: dict[str, Any],
        status: int,
        description: str = "",
        *,
        fault: str | None = None,
        unknown: bool = False,
    ) -> None:
        self._count += 1
        self._calls.append(Call(self._count, method, params, status, description, fault, unknown, time.time()))
        del self._calls[:-KEPT]

    def after(self, number: int = 0, method: str | None = None) -> list[Call]:
        return [
            call
            for call in self._calls
            if call.number > number and (method is None or call.method.lower() == method.lower())
        ]

    def clear(self) -> None:
        self._calls.clear()
