"""The tree of lexicon.yaml -> Lexicon; called by bot.plan.reading."""

from bot.plan.faults import Faults
from bot.plan.fields import Fields, Text, text_of, unlike
from bot.plan.lexicon import Lexicon, Topic
from bot.plan.yaml_tree import Broken, Listing, Node


def lexicon_from(root: Node, faults: Faults) -> Lexicon:
    """The lexicon; worth something only when nothing was added to `faults`."""
    keys = ("departments", "other_departments", "synonyms", "topics")
    fields = Fields(root, "词库", faults, optional=keys)
    departments = _departments(fields, faults)
    others = fields.texts("other_departments")
    for other in others:
        if other.value in departments:
            faults.add(other.line, f"“{other.value}”已在 departments 里，不要再列入 other_departments")
    return Lexicon(
        departments=departments,
        other_departments=unlike(others, "other_departments", faults),
        synonyms=_synonyms(fields, faults),
        topics=_topics(fields, faults),
    )


def _departments(fields: Fields, faults: Faults) -> dict[str, tuple[str, ...]]:
    """Full name -> short names; a short name belongs to one department, or a question would be answered of either."""
    departments: dict[str, tuple[str, ...]] = {}
    owners: dict[str, str] = {}
    entries = fields.mapping("departments")
    for name, (line, node) in entries.items():
        words = unlike(_list(node, f"“{name}”的简称", faults), f"“{name}”的简称", faults)
        for word in words:
            if word in entries:
                faults.add(
                    line, f"简称“{word}”是另一个科室的全称" if word != name else f"简称“{word}”与全称相同，请删去"
                )
            elif owners.setdefault(word, name) != name:
                faults.add(line, f"简称“{word}”已属于“{owners[word]}”")
        departments[name] = words
    return departments


def _synonyms(fields: Fields, faults: Faults) -> tuple[tuple[str, ...], ...]:
    """The groups; a word stands in one group, else two groups would silently become one."""
    groups: list[tuple[str, ...]] = []
    seen: dict[str, int] = {}
    for node in fields.items("synonyms"):
        words = _list(node, "synonyms 的一组", faults)
        group = unlike(words, "synonyms 的一组", faults)
        if len(group) == 1:
            faults.add(node.line, "synonyms 的一组至少要有两个词")
        for word in group:
            if seen.setdefault(word, node.line) != node.line:
                faults.add(node.line, f"“{word}”已在第 {seen[word]} 行的一组里，请合并")
        groups.append(group)
    return tuple(groups)


def _topics(fields: Fields, faults: Faults) -> tuple[Topic, ...]:
    topics: list[Topic] = []
    for node in fields.items("topics"):
        topic = Fields(node, "话题（topics）", faults, required=("terms", "asked"))
        terms = unlike(topic.texts("terms"), "terms", faults)
        asked = unlike(topic.texts("asked"), "asked", faults)
        for key in ("terms", "asked"):
            if topic.is_empty_list(key):
                faults.add(topic.line_of(key), f"话题的 {key} 是空的")
        topics.append(Topic(terms, asked))
    return tuple(topics)


def _list(node: Node, what: str, faults: Faults) -> list[Text]:
    if isinstance(node, Listing):
        return [text_of(item, what, faults) for item in node.items]
    if not isinstance(node, Broken):
        faults.add(node.line, f"{what} 应是列表，如 [进修学校, 进修校]")
    return []
