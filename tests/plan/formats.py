"""Which notice is tried in which format every day; the other formats are left to CI, for each takes a process."""

from collections.abc import Callable, Collection, Iterable

import pytest

Made = Callable[[str], bytes]


def in_formats(names: Iterable[str], formats: Collection[Made], tables: Collection[str] = ()) -> list[object]:
    """Each name with each format, for parametrize(("name", "made"), ...).

    Every day every other name in one format, in turn; `tables` are the names without a PDF.
    """
    found: list[object] = []
    for index, name in enumerate(names):
        possible = [made for made in formats if not (made.__name__ == "as_pdf" and name in tables)]
        for place, made in enumerate(possible):
            marks = [] if index % 2 == 0 and place == index // 2 % len(possible) else [pytest.mark.rare]
            found.append(pytest.param(name, made, id=f"{name}-{made.__name__}", marks=marks))
    return found
