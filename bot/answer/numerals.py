"""Chinese and Arabic numerals to numbers and back."""

import re

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2, "廿": 20}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10_000, "亿": 100_000_000}

_LONGEST = 12
"""Digits of a numeral that a plan or a question about one can mean."""
CHINESE = "〇零一二两三四五六七八九十百千万亿"
NUMERAL = rf"(?:\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?|[{CHINESE}]+)"
"""A regular expression for one numeral, Arabic or Chinese."""


def parse_number(text: str) -> float | None:
    """The number that a numeral means; None where it is none.

    >>> parse_number("二十一"), parse_number("8,280"), parse_number("百"), parse_number("二〇二三")
    (21, 8280, 100, 2023)
    """
    text = text.replace(",", "")
    if len(text) > _LONGEST:
        return None
    if re.fullmatch(r"\d+(\.\d+)?", text):
        return float(text) if "." in text else int(text)
    if not text or any(c not in CHINESE for c in text):
        return None
    if len(text) > 1 and all(c in _DIGITS for c in text):
        return int("".join(str(_DIGITS[c]) for c in text))
    return _positional(text)


def _positional(text: str) -> int:
    total = section = digit = 0
    for c in text:
        if c in _DIGITS:
            digit = _DIGITS[c]
        elif c in _UNITS:
            section += (digit or 1) * _UNITS[c]
            digit = 0
        else:
            total = (total + section + digit or 1) * _LARGE[c]
            section = digit = 0
    return total + section + digit


def to_chinese(number: int) -> str:
    """A number below 100 in Chinese numerals: 1 -> 一, 11 -> 十一, 25 -> 二十五."""
    digits = "零一二三四五六七八九"
    if number < 10:
        return digits[number]
    tens, ones = divmod(number, 10)
    return ("" if tens == 1 else digits[tens]) + "十" + (digits[ones] if ones else "")
