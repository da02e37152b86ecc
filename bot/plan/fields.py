"""Reads one mapping of a file key by key, noting every fault with its line; used by the readers of plans and lexicons.

A field that is missing or wrong reads as an empty value, so that reading goes on to find the other faults; nothing that
is built from it leaves the room, because the faults are raised at the end.
"""

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from rapidfuzz import fuzz, process

from bot.plan.faults import Faults
from bot.plan.yaml_tree import Broken, Listing, Mapping, Node, Scalar

MAX_NUMBER = 999
_KINDS = {"number": "数字", "date": "日期", "empty": "空值", "other": "YAML 的特殊值"}


class Text(NamedTuple):
    """A text and the line it stands on; empty where the field is absent or wrong."""

    value: str
    line: int


def text_of(node: Node, what: str, faults: Faults, *, lines: bool = False) -> Text:
    """A scalar as text; `lines` allows it to have several. Refuses numbers, empty text and blanks around it."""
    line = node.line
    if isinstance(node, Broken):
        return Text("", line)
    if not isinstance(node, Scalar):
        faults.add(line, f"{what} 应是文字，不是{'列表' if isinstance(node, Listing) else '键和值'}")
    elif node.kind == "empty" or (node.kind == "text" and not node.text.strip()):
        faults.add(line, f"{what} 是空的，请填写，或删去这一行")
    elif node.kind != "text":
        faults.add(line, f"{what} 应是文字，写的是{_KINDS[node.kind]}，请给 {node.text} 加引号")
    elif node.text != node.text.strip():
        faults.add(line, f"{what} 的首尾有空白或换行，请删去（| 请改成 |-）")
    elif "\n" in node.text and not lines:
        faults.add(line, f"{what} 应写成一行")
    else:
        return Text(node.text, line)
    return Text("", line)


def unlike(words: Sequence[Text], what: str, faults: Faults) -> tuple[str, ...]:
    """The values, each of which may stand only once."""
    seen: dict[str, int] = {}
    for word in words:
        if not word.value:
            continue
        if word.value in seen:
            faults.add(word.line, f"{what} 里“{word.value}”重复，上一次在第 {seen[word.value]} 行")
        seen.setdefault(word.value, word.line)
    return tuple(seen)


def nearest(word: str, known: Sequence[str]) -> str | None:
    """The known word that `word` is most likely a misspelling of."""
    found = process.extractOne(word, known, scorer=fuzz.ratio, score_cutoff=60)
    return found[0] if found else None


class Fields:
    """The fields of one mapping; `name` says what it is in the messages (“条”, “目标”)."""

    def __init__(
        self, node: Node, name: str, faults: Faults, *, required: Sequence[str] = (), optional: Sequence[str] = ()
    ) -> None:
        self.line = node.line
        self._faults = faults
        self._entries: dict[str, tuple[int, Node]] = {}
        if isinstance(node, Mapping):
            self._entries = node.entries
            self._check_keys(name, required, (*required, *optional))
        elif not isinstance(node, Broken):
            faults.add(node.line, f"{name}应写成“键: 值”，可用的键：{'、'.join((*required, *optional))}")

    def _check_keys(self, name: str, required: Sequence[str], known: Sequence[str]) -> None:
        for key, (line, _) in self._entries.items():
            if key not in known:
                hint = nearest(key, known)
                advice = f"是不是 {hint}？" if hint else f"可用的键：{'、'.join(known)}"
                self._faults.add(line, f"{name}里没有“{key}”这个键，{advice}")
        for key in required:
            if key not in self._entries:
                self._faults.add(self.line, f"{name}缺少 {key}")

    def is_empty_list(self, key: str) -> bool:
        """Whether the key is written with a list that has nothing in it."""
        node = self._entries[key][1] if key in self._entries else None
        return isinstance(node, Listing) and not node.items

    def line_of(self, key: str) -> int:
        """The line of the key, else of the mapping."""
        return self._entries[key][0] if key in self._entries else self.line

    def text(self, key: str, *, lines: bool = False) -> Text:
        """The field as text."""
        if key not in self._entries:
            return Text("", self.line)
        return text_of(self._entries[key][1], key, self._faults, lines=lines)

    def optional_text(self, key: str, *, lines: bool = False) -> str | None:
        """The field as text; None where it is not written."""
        return self.text(key, lines=lines).value or None

    def texts(self, key: str, *, or_one: bool = False) -> list[Text]:
        """The field as a list of texts; `or_one` allows a single text instead."""
        if or_one and key in self._entries and isinstance(self._entries[key][1], Scalar):
            return [self.text(key)]
        return [text_of(item, key, self._faults) for item in self.items(key)]

    def items(self, key: str) -> list[Node]:
        """The field as a list of nodes; an absent one is an empty list."""
        if key not in self._entries:
            return []
        node = self._entries[key][1]
        if isinstance(node, Listing):
            return node.items
        if not isinstance(node, Broken):
            self._faults.add(node.line, f"{key} 应是列表，每项一行，以“- ”开头；没有就写 [] 或删去")
        return []

    def mapping(self, key: str) -> dict[str, tuple[int, Node]]:
        """The field as keys and values; an absent one is empty."""
        if key not in self._entries:
            return {}
        node = self._entries[key][1]
        if isinstance(node, Mapping):
            return node.entries
        if not isinstance(node, Broken):
            self._faults.add(node.line, f"{key} 应写成“键: 值”；没有就写 {{}} 或删去")
        return {}

    def number(self, key: str, *, most: int = MAX_NUMBER) -> int:
        """The field as a whole number from 1 to `most`; 0 where it is absent or wrong."""
        if key not in self._entries:
            return 0
        node = self._entries[key][1]
        if isinstance(node, Broken):
            return 0
        # Not int(): YAML 1.1 reads 010 as 8, 1_0 as 10 and 1:30 as 90.
        if isinstance(node, Scalar) and node.kind == "number" and re.fullmatch(r"[1-9][0-9]{0,5}", node.text):
            value = int(node.text)
            if value <= most:
                return value
        self._faults.add(node.line, f"{key} 应是 1 到 {most} 的整数，不加引号")
        return 0

    def date(self, key: str) -> date | None:
        """The field as a date (2023-03-02, quoted or not); None where it is absent or wrong."""
        if key not in self._entries:
            return None
        node = self._entries[key][1]
        if isinstance(node, Broken):
            return None
        if (
            isinstance(node, Scalar)
            and node.kind in {"date", "text"}
            and re.fullmatch(r"\d{4}-\d{2}-\d{2}", node.text, re.ASCII)
        ):
            try:
                return date.fromisoformat(node.text)
            except ValueError:
                pass  # 2023-02-30: said below
        self._faults.add(node.line, f"{key} 应是日期，如 2023-03-02")
        return None
