"""Faults on demand: what the next calls of a method shall meet.

The control API plants them; `api.py` takes them before (or after) a call is carried out.
"""

from dataclasses import asdict, dataclass, replace
from typing import Any, Literal, get_args

from bot.sandbox.given import GivenError

FaultKind = Literal["flood", "error", "drop", "drop_after", "delay", "delay_after"]
ANY_METHOD = "*"


@dataclass(frozen=True)
class Fault:
    """For the next `times` calls of `method` ("*": any but getUpdates).

    flood: 429 with `retry_after` seconds. error: `status` and `description`, nothing is done. drop: the connection is
    closed, nothing is done. drop_after: the call is carried out, then the connection is closed. delay: the call is
    carried out `seconds` late. delay_after: the call is carried out at once and answered `seconds` late.
    """

    method: str
    kind: FaultKind
    times: int = 1
    retry_after: int = 1
    status: int = 500
    description: str = "Internal Server Error"
    seconds: float = 1.0

    def json(self) -> dict[str, Any]:
        return asdict(self)


def read_fault(body: dict[str, Any]) -> Fault:
    """A fault from the control API's JSON; raises `GivenError` with what is wrong."""
    unknown = set(body) - set(Fault.__dataclass_fields__)
    if unknown:
        raise GivenError(f"unknown fields: {', '.join(sorted(unknown))}")
    if body.get("kind") not in get_args(FaultKind):
        raise GivenError(f"kind must be one of {', '.join(get_args(FaultKind))}")
    if not isinstance(body.get("method"), str):
        raise GivenError('method must be a method\'s name or "*"')
    for name, kind in (("times", int), ("retry_after", int), ("status", int), ("seconds", (int, float))):
        if name in body and not isinstance(body[name], kind):
            raise GivenError(f"{name} must be a number")
    return Fault(**body)


class FaultPlan:
    """The faults that are still to come, oldest first."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def plant(self, fault: Fault) -> None:
        self._faults.append(fault)

    def clear(self) -> None:
        self._faults.clear()

    def pending(self) -> list[Fault]:
        return list(self._faults)

    def take(self, method: str) -> Fault | None:
        """The fault that this call meets; it counts one time less from now on."""
        for index, fault in enumerate(self._faults):
            if fault.method.lower() == method.lower() or (fault.method == ANY_METHOD and method != "getUpdates"):
                if fault.times > 1:
                    self._faults[index] = replace(fault, times=fault.times - 1)
                else:
                    del self._faults[index]
                return fault
        return None
