"""The knowledge in service: plans, lexicon and indexes as one immutable value that is swapped as a whole."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.answer.departments import DepartmentNames
from bot.answer.figures import MEASURES
from bot.answer.numerals import to_chinese
from bot.errors import KnowledgeProblems, Problem
from bot.plan.lexicon import Lexicon
from bot.plan.model import Plan, Point, PointKey
from bot.plan.reading import LEXICON_FILE, parse_files, read_folder, read_lexicon
from bot.search.index import PlanIndex
from bot.search.normalising import normalise
from bot.search.spelling import Speller
from bot.search.stopwords import STOPWORDS
from bot.search.topics import TopicFinder
from bot.search.words import Tokeniser, general_frequency

OWN_KNOWLEDGE = Path(__file__).resolve().parents[2] / "knowledge"
"""The project's own folder; its lexicon serves folders of plans that bring none."""

ASKING_WORDS = tuple(
    """
    帮我 帮忙 教育局 牵头 负责 科室 部门 单位 处室 哪个 哪些 哪几个 哪家 多少 几个 几所 几名 几项 几条 几轮
    几期 几家 第几轮 第几条 第几期 什么时候 什么 怎么 配合 参与 涉及 名字 目标 截止 时间 是谁 谁管 找谁 归口
    主抓 原文 内容 要求 哪几项 哪几条 一共 总共 全部 列出 条目 清单 文号 印发 发文 日期 今年 明年 去年 谁牵头
    谁负责 责任单位 责任科室 牵头科室 牵头部门 牵头单位 配合单位 怎么样 如何 请假条 工作要点 对吗 对不对 对吧
    是不是 有没有 数量 索引号 标题 附件 括号 名单 校名 部分 第一部分 第二部分 第三部分 第四部分 第五部分 第六部分
    完成 建设 学校 老师 教师 学生 家长 校长 幼儿园 高中 小学 初中
    """.split()  # noqa: SIM905 -- a hundred words read better as text
)
"""Words of questions rather than of plans, which people misspell as well (铅头, 几锁)."""


NUMBERED = tuple(f"第{to_chinese(number)}条" for number in range(1, 61))
"""What people type in pinyin as well (di shiqi tiao)."""
MEASURED = tuple(
    f"{start}{measure}" for measure in re.sub(r"\(.*?\)", "", MEASURES).split("|") for start in ("几", "第几")
)
"""几届 is as right as 几节, whichever of them the lexicon has."""
COMMON_FROM = 700
"""A word of two characters that is this frequent in general Chinese (晚上, 占用) is no target of corrections."""


@dataclass(frozen=True, slots=True)
class PlanInService:
    """One plan with what is made from it to answer questions."""

    plan: Plan
    index: PlanIndex
    names: DepartmentNames
    speller: Speller
    text: str
    """All that the notice says, normalised: its head, its preamble and its points."""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Everything that answers come from; newest plan first."""

    in_service: tuple[PlanInService, ...]
    lexicon: Lexicon

    @property
    def plans(self) -> tuple[Plan, ...]:
        """The plans, newest year first."""
        return tuple(serving.plan for serving in self.in_service)

    @property
    def newest(self) -> Plan:
        """The plan that answers a question which names no year."""
        return self.in_service[0].plan

    def serving(self, plan_id: str) -> PlanInService | None:
        """The plan of this id with its index; None where none is in service."""
        return next((serving for serving in self.in_service if serving.plan.id == plan_id), None)

    def point(self, key: PointKey) -> Point | None:
        """The point that stands at `key`; None where there is none (a key from a button is not trusted)."""
        serving = self.serving(key.plan)
        return serving.index.by_key.get(key) if serving else None

    def neighbour(self, key: PointKey, step: int) -> PointKey | None:
        """The key of the point `step` places further on; None before the first and after the last."""
        serving = self.serving(key.plan)
        keys = list(serving.index.keys) if serving else []
        if key not in keys:
            return None
        place = keys.index(key) + step
        return keys[place] if 0 <= place < len(keys) else None


def load_knowledge(directory: Path) -> Knowledge:
    """Read, check and index every plan of a folder. Takes seconds of CPU. Raises KnowledgeProblems."""
    plans, lexicon = read_folder(directory)
    return build_knowledge(plans, lexicon or _own_lexicon())


def knowledge_of(files: Mapping[str, bytes]) -> Knowledge:
    """Check and index the files of a release. Takes seconds of CPU. Raises KnowledgeProblems."""
    plans, lexicon = parse_files(files)
    return build_knowledge(plans, lexicon or _own_lexicon())


def _own_lexicon() -> Lexicon:
    own = OWN_KNOWLEDGE / LEXICON_FILE
    return read_lexicon(own) if own.is_file() else Lexicon()


def build_knowledge(plans: Sequence[Plan], lexicon: Lexicon) -> Knowledge:
    """Index plans (newest first) with the field's lexicon. Raises KnowledgeProblems where there is no plan."""
    if not plans:
        raise KnowledgeProblems([Problem("knowledge", 0, "没有一份工作要点")])
    terms = [normalise(term) for topic in lexicon.topics for term in topic.terms]
    names_of_departments = [name for plan in plans for name in plan.departments]
    names_of_departments += [*lexicon.departments, *lexicon.other_departments]
    tokeniser = Tokeniser([*terms, *names_of_departments, *_quoted(plans)])
    finder = TopicFinder(lexicon.topics, tokeniser, STOPWORDS)
    words = {*finder.vocabulary(), *names_of_departments, *(word for group in lexicon.synonyms for word in group)}
    return Knowledge(tuple(_put_into_service(plan, lexicon, tokeniser, finder, words) for plan in plans), lexicon)


def _put_into_service(
    plan: Plan, lexicon: Lexicon, tokeniser: Tokeniser, finder: TopicFinder, field_words: Iterable[str]
) -> PlanInService:
    names = DepartmentNames(plan.departments, lexicon.departments, lexicon.other_departments)
    points = "\n".join(normalise(point.text) for _, point in plan.numbered_points())
    head = normalise(" ".join((plan.title, *plan.issuers, plan.preamble or "")))
    own = set(tokeniser.search_words(points))
    of_topics = (normalise(term) for topic in lexicon.topics for term in topic.terms)
    pieces = (piece for phrase in (*of_topics, *_quoted([plan])) for piece in _hanzi(phrase))
    others = {name for name in lexicon.other_departments if name not in points}
    known = (word for word in (*field_words, *own) if word not in others)
    rare = (word for word in known if len(word) > 2 or general_frequency(word) < COMMON_FROM)
    terms = {*pieces, *names.vocabulary(), *ASKING_WORDS, *rare}
    return PlanInService(
        plan,
        PlanIndex(plan, lexicon, tokeniser, finder),
        names,
        Speller(
            terms,
            {*own, *field_words, *NUMBERED, *MEASURED},
            tokeniser,
            preferred=(*ASKING_WORDS, *names.vocabulary()),
            text=points,
            names=plan.departments,
        ),
        f"{head}\n{points}",
    )


def _quoted(plans: Iterable[Plan]) -> Iterator[str]:
    """The names in quotation marks and book marks: “书香海沧 教师领航”."""
    for plan in plans:
        for _, point in plan.numbered_points():
            for piece in re.findall(r"[“《]([^”》]{2,20})[”》]", point.text):
                yield normalise(piece)


def _hanzi(text: str) -> list[str]:
    """The runs of Chinese characters in a term: 书香海沧 教师领航 gives two."""
    return re.findall(r"[\u4e00-\u9fff]{2,12}", text)
