"""The fields of a request to the control API, read by name and kind.

`control.py` and `inspection.py` read through it, so that a missing or wrong field is told by its name.
"""

import json
from dataclasses import dataclass
from typing import Any


class GivenError(ValueError):
    """A field that is missing or of the wrong kind; its text names it."""


@dataclass(frozen=True)
class Given:
    """Fields by name: from a JSON object, a form or a query string."""

    fields: dict[str, Any]

    def text(self, name: str) -> str:
        value = self.fields.get(name)
        if value is None:
            raise GivenError(f"missing field: {name}")
        return str(value)

    def number(self, name: str) -> int:
        return _number(name, self.text(name))

    def optional_number(self, name: str) -> int | None:
        value = self.fields.get(name)
        return None if value is None or value == "" else _number(name, str(value))

    def flag(self, name: str) -> bool:
        return self.fields.get(name) in (True, "true", "1")


def read_json(body: bytes) -> Given:
    """The fields of a JSON body; an empty body has none."""
    try:
        fields = json.loads(body or b"{}")
    except ValueError as error:
        raise GivenError("the body is not JSON") from error
    if not isinstance(fields, dict):
        raise GivenError("the body must be an object")
    return Given(fields)


def _number(name: str, value: str) -> int:
    try:
        return int(value)
    except ValueError:
        raise GivenError(f"{name} must be a whole number") from None
