"""YAML bytes -> a small tree whose every node knows its line; called by bot.plan.reading.

Built from parser events in one loop, not by recursion: a file nested a thousand deep is refused instead of ending in a
RecursionError, and anchors, aliases and tags are seen where they stand. libyaml's parser is used where it is
installed: it reads a large lexicon several times faster.
"""

import re
from dataclasses import dataclass, field

import yaml

from bot.plan.faults import Faults

MAX_BYTES = 2 * 1024 * 1024
MAX_DEPTH = 12
"""A target's value stands 8 deep; more is not a file of ours."""
MAX_NODES = 200_000

_Loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_RESOLVER = yaml.resolver.Resolver()
_KINDS = {"str": "text", "value": "text", "int": "number", "timestamp": "date", "null": "empty"}

FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
"""Control characters, line breaks that editors don't show, and marks that turn the reading direction: what is seen on
the screen must be what is stored. \\r is not among them: Windows editors end lines with it."""

_SYNTAX_HINTS = (
    ("cannot start any token", "这里的字符不能直接开头：缩进请用空格（不要用制表符），含特殊符号的文字请加引号"),
    ("mapping values are not allowed", "一行里有两个冒号，或缩进不齐；含“: ”的文字请加引号"),
    ("could not find expected ':'", "键的后面缺少冒号和空格"),
    ("while scanning a quoted scalar", "引号没有成对"),
    ("unknown escape", "双引号里的反斜杠 \\ 请写成 \\\\"),
    ("block mapping", "缩进不齐，或引号、方括号没有成对"),
    ("block collection", "缩进不齐，或列表项前缺少“- ”"),
    ("flow ", "方括号或花括号没有成对，或缺少逗号"),
)


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value; `kind` is text, number, date, empty or other (true, 1.5: what our files never hold)."""

    line: int
    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Listing:
    """A sequence."""

    line: int
    items: "list[Node]" = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Mapping:
    """A mapping; a key that came twice is kept once, and is already among the faults."""

    line: int
    entries: "dict[str, tuple[int, Node]]" = field(default_factory=dict)
    """Key -> its line and its value."""


@dataclass(frozen=True, slots=True)
class Broken:
    """Stands where a fault has been noted, so that it is not noted again."""

    line: int


Node = Scalar | Listing | Mapping | Broken


@dataclass(slots=True)
class _Open:
    """A collection that is being filled; `key` is the key that waits for its value."""

    node: Listing | Mapping
    key: tuple[int, str] | None = None


def compose(data: bytes, faults: Faults) -> Node | None:
    """The tree of the file's one document; None when it can't be read at all. Everything found goes to `faults`."""
    text = _decode(data, faults)
    if text is None:
        return None
    try:
        root = _build(text, faults)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        faults.add(mark.line + 1 if mark else 0, _syntax_reason(error))
        return None
    except yaml.YAMLError as error:
        faults.add(0, f"不是有效的 YAML（{error}）")
        return None
    if root is None and not faults:
        faults.add(0, "文件是空的")
    return root


def _decode(data: bytes, faults: Faults) -> str | None:
    if len(data) > MAX_BYTES:
        faults.add(0, f"文件超过 {MAX_BYTES // 1024 // 1024} MiB")
        return None
    try:
        text = data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        faults.add(data.count(b"\n", 0, error.start) + 1, "不是 UTF-8 编码，请另存为 UTF-8")
        return None
    found = None
    for found in FORBIDDEN.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        if not faults.add(line, f"有看不见的控制字符 U+{ord(found.group()):04X}，请删去"):
            break
    return None if found else text


def _build(text: str, faults: Faults) -> Node | None:
    root: Node | None = None
    stack: list[_Open] = []
    documents = nodes = 0
    for event in yaml.parse(text, Loader=_Loader):
        line = event.start_mark.line + 1 if event.start_mark else 0
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                faults.add(line, "一个文件只能有一份文档，请删去中间的“---”")
                return None
        if isinstance(event, yaml.CollectionEndEvent):
            stack.pop()
        if not isinstance(event, yaml.NodeEvent):
            continue
        nodes += 1
        if nodes > MAX_NODES:
            faults.add(line, f"条目太多（超过 {MAX_NODES} 个）")
            return None
        node = _node(event, line, faults)
        if stack:
            _attach(stack[-1], node, faults)
        else:
            root = node
        if isinstance(event, yaml.CollectionStartEvent):
            # A refused collection still has to be read to its end, so it is filled too and then dropped.
            stack.append(_Open(node if isinstance(node, Listing | Mapping) else _empty(event, line)))
        if len(stack) > MAX_DEPTH:
            faults.add(line, f"嵌套太深（超过 {MAX_DEPTH} 层）")
            return None
    return root


def _empty(event: yaml.Event, line: int) -> Listing | Mapping:
    return Mapping(line) if isinstance(event, yaml.MappingStartEvent) else Listing(line)


def _node(event: yaml.NodeEvent, line: int, faults: Faults) -> Node:
    if isinstance(event, yaml.AliasEvent):
        faults.add(line, f"不能用 YAML 别名 *{event.anchor}，请把内容写出来")
        return Broken(line)
    if event.anchor is not None:
        faults.add(line, f"不能用 YAML 锚点 &{event.anchor}，请删去")
        return Broken(line)
    tag = getattr(event, "tag", None)
    if tag is not None:
        faults.add(line, f"不能用 YAML 标签 {tag}，请删去")
        return Broken(line)
    if not isinstance(event, yaml.ScalarEvent):
        return _empty(event, line)
    bad = re.search(f"\r|{FORBIDDEN.pattern}", event.value)  # An escape such as "\0" gets past the check of the bytes.
    if bad:
        faults.add(line, f"有看不见的控制字符 U+{ord(bad.group()):04X}，请删去")
        return Broken(line)
    return Scalar(line, event.value, _kind(event))


def _kind(event: yaml.ScalarEvent) -> str:
    if not event.implicit[0]:  # quoted, or a | or > block
        return "text"
    tag: str = _RESOLVER.resolve(yaml.ScalarNode, event.value, (True, False))  # type: ignore[no-untyped-call]
    return _KINDS.get(tag.rpartition(":")[2], "other")


def _attach(parent: _Open, node: Node, faults: Faults) -> None:
    if isinstance(parent.node, Listing):
        parent.node.items.append(node)
    elif parent.key is None:
        parent.key = (node.line, _key(node, faults))
    else:
        line, key = parent.key
        parent.key = None
        if not key:
            return
        if key in parent.node.entries:
            faults.add(line, f"键“{key}”重复，上一次在第 {parent.node.entries[key][0]} 行")
            return
        parent.node.entries[key] = (line, node)


def _key(node: Node, faults: Faults) -> str:
    if isinstance(node, Scalar) and node.text and "\n" not in node.text:
        return node.text
    if not isinstance(node, Broken):
        faults.add(node.line, "键应是一个词")
    return ""


def _syntax_reason(error: yaml.MarkedYAMLError) -> str:
    english = " ".join(part for part in (error.context, error.problem) if part)
    for words, reason in _SYNTAX_HINTS:
        if words in english:
            return f"YAML 格式有误：{reason}"
    return f"YAML 格式有误（{english}）"
