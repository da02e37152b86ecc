"""A question taken apart, as plain data: made by bot.answer.reading, looked at by every rule of answering."""

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.answer.about import Aspect
from bot.answer.asked import AskedValue
from bot.answer.cues import Cue
from bot.answer.figures import Figure
from bot.answer.selecting import Selection


class Intent(StrEnum):
    """What kind of fact a question asks for."""

    LEAD = "lead"
    DEPARTMENTS = "departments"
    TARGET = "target"
    CONTENT = "content"
    DEPARTMENT_ITEMS = "department_items"
    COUNT = "count"
    ITEM = "item"
    SECTION = "section"
    LOCATE = "locate"
    NOTICE = "notice"
    STEP = "step"
    RANKING = "ranking"


class Role(StrEnum):
    """In which part a department is asked about."""

    LEAD = "lead"
    PARTNER = "partner"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Question:
    """A question as read. `text` is normalised and corrected; `subject` is what remains for search."""

    text: str
    subject: str
    intent: Intent | None
    """None: the message names a subject and asks nothing of its own."""
    check: bool
    """Asks whether something is so."""
    role: Role | None
    asked: AskedValue | None
    departments: tuple[str, ...]
    unknown_departments: tuple[str, ...]
    claims: tuple[Figure, ...]
    """Figures that the question itself states."""
    items: tuple[int, ...]
    """Numbered points asked for."""
    section: int | None
    aspect: Aspect | None
    """What is asked of the notice itself."""
    selection: Selection
    """Which points a list or a count takes: 四家单位一起负责的, 前三个部分里的."""
    excepted: tuple[int, ...]
    """Numbered points that a list leaves out (除了第7条); 0 is the one in focus (除了这条), -1 all that were listed."""
    cues: frozenset[Cue]
    rule: str = ""
    """The rule of bot.answer.intent that decided the intent."""
    chatter: frozenset[str] = frozenset()
    """Words of the subject that name no matter of the field: 明明, 同事, 列表."""
    step: int = 0
    """-1 for 上一条, 1 for 下一条."""


_EMPTY_WORDS: tuple[str, ...] = (
    # Bidding and courtesy: 请列出来, 给我看看.
    "请 要 给 给我 把 只 只要 想知道 列 列给我 列出来 报 查 看 看看 说 讲 提 写 问 准备 材料 "
    "汇报 记得 印象 叫 好 好的 嗯 哦 噢 喔 再说一遍 "
    "一下 来着 不要 连 留 往 翻 进去 分 太 用 会 开 做 干 搞 抓 忙",
    # Who speaks and who is spoken of.
    "我 我们 咱 咱们 你们 他们 它 别人 区 市 局里 区里 教育局 新来 新来的 刚来 领导 主任 科里 办里 中心里 学校里",
    # The plan and its parts: 要点里的各条.
    "今年 本年 去年 前年 明年 上年 年度 年底 工作 要点 部分 标题 大标题 正文 条目 条 项 块 括号 "
    "上 上面 下 下面 前 前面 后 后面 里 里面 中",
    # Departments and their parts in it.
    "科室 部门 单位 配合 参与 参加 牵头 负责 管 归 由 排 序 序号 算 作为 身份 名下 头上 手上 手里 "
    "自己 其他 别的 一家 独家 单独",
    # How much of it: 全部列出来, 一个不漏.
    "一共 合计 合起来 合在一起 加起来 一起 一块 一块儿 总共 条数 编号 顺序 全部 全 所有 统统 完整 "
    "剩下 剩 其余 余下 一条条 一项项 一个个 挨条 "
    "不漏 一个不漏 含 算上 加上 除了 不少 很多 许多 "
    "好多 数量 几 多少 多 主要 具体",
    # What every task has: 完成期限.
    "任务 事 事情 活 活儿 承担 安排 打算 措施 举措 做法 要求 内容 计划 完成 落实 期限 时限 指标 "
    "时间要求 最晚 最迟 确定 依据",
    # Questions and particles.
    "什么 是什么 怎么 怎么说 怎么写 怎么讲 哪 谁 为什么 凭什么 到底 究竟 好像 应该 吗 呢 啊 呀 吧 么 嘛 的 了 在 是 "
    "都 有 和 与 跟 共 及 或 这 那 个 按 各 还 又 也 不 不会 "
    "就 只 光 仅 还是 自己 啥 咋 出来 没 没有 挂",
)
"""Words that name no subject, by what they do in a message."""
_EMPTY_SUBJECT = re.compile(
    "|".join(sorted(map(re.escape, " ".join(_EMPTY_WORDS).split()), key=len, reverse=True))
    + r"|2\d{3}年?|[两二三四五六七八九十](?:类|种|个|项|者|样|块|家)|_"
)


def is_bare(question: Question) -> bool:
    """Whether a question names no subject of its own: 谁牵头, 德育科牵头哪几项, 目标呢."""
    subject = question.subject
    for name in question.unknown_departments:
        subject = subject.replace(name, " ")
    empty_first = _without(_EMPTY_SUBJECT.sub(" ", subject), question.chatter)
    chatter_first = _without(subject, question.chatter)
    return any(not re.search(r"\w", _EMPTY_SUBJECT.sub("", rest)) for rest in (empty_first, chatter_first))


def _without(text: str, words: frozenset[str]) -> str:
    for word in sorted(words, key=len, reverse=True):
        text = text.replace(word, " ")
    return text
