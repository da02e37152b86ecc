"""One spelling for every way of writing: width, script, case, emoji; called on questions and on plan text alike."""

import re
import unicodedata
from functools import cache, lru_cache

import opencc

_MENTION = re.compile(r"@(?:[A-Za-z0-9_]{3,}|[\u4e00-\u9fff]{1,6}?(?:助手|机器人|小助理|bot))\s?")
_PUNCTUATION = str.maketrans(
    {
        "，": ",",
        "；": ";",
        "：": ":",
        "？": "?",
        "！": "!",
        "（": "(",
        "）": ")",
        "、": "、",
        "．": ".",
        "～": "~",
        "「": "“",
        "」": "”",
        "『": "“",
        "』": "”",
    }
)
_KEPT_SYMBOLS = frozenset("%+-/_.,;:?!()<>=&#'\"“”‘’《》〈〉【】〔〕、。…·—~ \n")


@cache
def _to_simplified() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def simplify(text: str) -> str:
    """Traditional script to simplified (OpenCC's t2s table)."""
    return str(_to_simplified().convert(text))


def strip_mentions(text: str) -> str:
    """Without tags such as @haicang_plan_bot or @要点助手, wherever they stand."""
    return _MENTION.sub(" ", text)


def _is_kept(character: str) -> bool:
    return character in _KEPT_SYMBOLS or unicodedata.category(character)[0] in "LN"


_MISTYPED = (("部份", "部分"), ("部们", "部门"))
"""Words of questions that a pinyin keyboard makes, in which every character is too common to look wrong."""


@lru_cache(maxsize=8192)
def normalise(text: str) -> str:
    """Half width, simplified script, lower case, one space between words, no emoji or control characters.

    The plan's sentences come again with every question, so the last results are kept.

    >>> normalise("Ｄｅａｄｌｉｎｅ 是啥時候😂")
    'deadline 是啥时候'
    """
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")  # half a pair is no character
    text = unicodedata.normalize("NFKC", text).translate(_PUNCTUATION)
    text = simplify(text).lower()
    for typed, meant in _MISTYPED:
        text = text.replace(typed, meant)
    text = "".join(c if _is_kept(c) else " " for c in text)
    return re.sub(r"\s+", " ", text).strip()
