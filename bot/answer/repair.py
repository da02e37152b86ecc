"""Takes back what a person takes back: 说错了,不是第12条,是第21条 becomes 我问的是第21条.

The field calls this repair (Schegloff, Jefferson, Sacks 1977: "The preference for self-correction").
"""

import re

REPAIRED = "我问的是"
"""How a repaired question begins; bot.answer.cues knows it as a correction."""

_HESITATION = r"(?:[啊哎呀哦噢额呃嗯欸诶喔,。!~… ]|没有?(?=没|,)|不好意思|对不起|抱歉|等等|等一下|等下|慢着)*"
_SLIP = (
    r"(?:(?:是)?我?(?:刚才|刚刚|前面)?(?:又)?(?:说|问|打|搞|弄|写|看|记|发|讲|打字)(?:错|岔|反|混|偏|串|差|叉)(?:字|了|啦|咯|掉)*"
    r"|(?:口误)+|错了)"
)
_OTHER_THING = r"(?!说|吗|这样|的)(?:(?!怎|谁|什么|哪|几|多少|吗)[^,。?!]){1,16}?(?<![吧么嘛])"
_REJECTED = rf"(?:不是|不要|别管|不问|没问)(?:光|只|仅)?(?:要|问|说|指|看|查)?{_OTHER_THING}"
_MEANT = (
    r"(?:我)?(?:其实|本来)?(?:是)?(?:想|要)?(?:问|说|指|看|查|找|打听)(?:的)?(?:其实)?(?:是)?|"
    r"要(?!求)|(?:我的)?(?:意思)?(?:应该|而)?是|(?:换成|改成|应为)"
)
_COMMA = r"[,。;! ]+"
_SLIPPED = re.compile(
    rf"^{_HESITATION}(?:{_SLIP}(?:{_COMMA}|(?=我|是|应该))|(?:不对|错了|不是)+{_COMMA})+(?:{_REJECTED}{_COMMA})?(?:{_MEANT})?(?P<meant>.*\w.*)$"
)
_REPLACED = re.compile(
    rf"^{_HESITATION}(?:{_REJECTED}{_COMMA}(?:我(?:其实|本来)?(?:是)?(?:想|要)?(?:问|说|指|打听)(?:的)?(?:其实)?(?:是)?|"
    rf"(?:我的)?(?:意思)?(?:应该|而)?是(?:想|要)?(?:问|说)?(?:的)?|换成|改成)|不要{_OTHER_THING}{_COMMA}要)(?P<meant>.*\w.*)$"
)
"""Only in a conversation: 不是本地户口,要怎么报名 begins one."""
_MEANT_ONLY = re.compile(
    rf"^{_HESITATION}我(?:(?:其实|本来)?(?:是)?(?:想|要)?(?:问|说|指|看|查)的(?:其实)?是|"
    r"(?:其实|本来)?是(?:想|要)?(?:问|说|指)(?!一?下))(?P<meant>.*\w.*)$"
)

_CONTRAST = re.compile(r"(?<=.{2})[,]?(?:而)?不是[^,。?!吗吧]{1,12}$")
"""The end of 我问的是初中,不是高中."""


_DENIED = re.compile(
    rf"{_HESITATION}(?:不是|不要|别管|不问|没问)(?:要|问|说|指|看|查)?(?P<denied>[^,。?!]{{2,8}}?)的?[,。;! ]"
)
_MODIFIER = re.compile(r"([\u4e00-\u9fff]{2,4})的(?=[\u4e00-\u9fff])")
_ASKED_ELSE = re.compile(r"几|多少|谁|哪|什么|怎|吗|吧")


def substituted(text: str, repaired: str, before: str) -> str:
    """The last question's subject with the word replaced that was taken back, where the new word alone says little.

    >>> substituted("不是竣工,我问开工的", "我问的是开工的", "竣工的高中")
    '我问的是开工的高中'
    """
    meant = repaired.removeprefix(REPAIRED)
    if meant == repaired or _ASKED_ELSE.search(meant) or len(meant) > _LONGEST_WORD:
        return repaired
    denied = _DENIED.match(text)
    if denied and denied["denied"] in before:
        return REPAIRED + before.replace(denied["denied"], meant.removesuffix("的"))
    modifier = _MODIFIER.search(before)
    if meant.endswith("的") and modifier:
        return REPAIRED + before[: modifier.start()] + meant + before[modifier.end() :]
    return repaired


_LONGEST_WORD = 6


_THAT_FOR_WHICH = re.compile(r"(?<=[是在归由找属问用])那(?=[个家张条所几些种本份位款科][^,。?!]{0,6}[?。! ]*$)")
_OTHER_QUESTION = re.compile(r"[吗呢吧么谁哪几何]|什么|啥|怎|咋|多少|是不是|有没有|能不能|对不对")


_MISTYPED_NUMBER = re.compile(
    r"(?:少|多|漏|错)(?:打|写|输)?了?(?:个|一个)?\d*[,。 ]*(?:应该)?(?:是)?(?:第)?(\d{1,2})(?:条)?[。!~ ]*"
)


def meant_number(text: str) -> str:
    """第17条 for 少打个1,17; any other message as it is."""
    found = _MISTYPED_NUMBER.fullmatch(text)
    return f"第{found[1]}条" if found else text


def which_for_that(text: str) -> str:
    """哪 where a message that asks nothing else ends in 在那个街道, as a pinyin keyboard writes 哪.

    >>> which_for_that("续建的那所初中在那个街道"), which_for_that("那个谁负责")
    ('续建的那所初中在哪个街道', '那个谁负责')
    """
    return text if _OTHER_QUESTION.search(text) else _THAT_FOR_WHICH.sub("哪", text)


def repair(text: str, in_conversation: bool = True) -> str:
    """A normalised message without what it takes back; any other message as it is.

    >>> repair("哎不是文明校园,是智慧校园"), repair("不是说要减负吗,谁负责")
    ('我问的是智慧校园', '不是说要减负吗,谁负责')
    """
    found = _SLIPPED.match(text) or (_REPLACED.match(text) if in_conversation else None) or _MEANT_ONLY.match(text)
    return REPAIRED + _CONTRAST.sub("", found["meant"]).strip(",。 ") if found else text
