"""What a conversation is about: kept by bot.store between messages, read and renewed by bot.answer."""

from dataclasses import dataclass
from typing import Any, Self

from bot.plan.model import PointKey


@dataclass(frozen=True, slots=True)
class Focus:
    """What the last reply was about, for a follow-up such as 目标呢 or 它第几条.

    It belongs to one person in one chat and topic; whoever keeps it forgets it after half an hour.
    """

    points: tuple[PointKey, ...] = ()
    """The points that the last reply cited, best first."""
    intent: str = ""
    """What was asked of them (a value of bot.answer.question.Intent)."""
    departments: tuple[str, ...] = ()
    """The departments that the last question named."""
    led_by: tuple[str, ...] = ()
    """Who leads the first point cited, for 这个部门还牵头哪些."""
    text: str = ""
    """The subject of the last question, for a choice among candidates; never logged."""
    asked: str = ""
    """The words that it asked a value with (几个, 第几轮), for the same question to another year."""

    def to_json(self) -> dict[str, Any]:
        """Plain data that json can write."""
        return {
            "points": [list(key) for key in self.points],
            "intent": self.intent,
            "departments": list(self.departments),
            "led_by": list(self.led_by),
            "text": self.text,
            "asked": self.asked,
        }

    @classmethod
    def from_json(cls, data: object) -> Self | None:
        """The focus that `to_json` wrote; None for anything else (a stored value is not trusted)."""
        if not isinstance(data, dict):
            return None
        try:
            points = tuple(PointKey(str(plan), int(section), int(point)) for plan, section, point in data["points"])
            departments = tuple(str(name) for name in data["departments"])
            led_by = tuple(str(name) for name in data["led_by"])
            return cls(points, str(data["intent"]), departments, led_by, str(data["text"]), str(data.get("asked", "")))
        except (KeyError, TypeError, ValueError):
            return None
