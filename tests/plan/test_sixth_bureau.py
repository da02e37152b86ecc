"""A notice written without sight of the importer, as text, web page and Word file, against a clerk's reading."""

import json
from pathlib import Path

import pytest

from bot.plan.notice import read_notice

FOLDER = Path(__file__).resolve().parents[1] / "data" / "sixth_bureau"
TRUTH = json.loads((FOLDER / "truth.json").read_text("utf-8"))
ANNEX_ROWS = 8


@pytest.mark.parametrize("file", ["notice_2025.txt", "notice_2025.html", "notice_2025.docx"])
def test_every_point_department_and_lead(file: str) -> None:
    """Points, departments and leads are those of the truth; the annex's table is a section of its own."""
    plan = read_notice((FOLDER / file).read_bytes()).plan
    read = {(key.section, key.point): (set(point.departments), set(point.leads)) for key, point in plan.main_points()}
    assert read == {
        (point["section"], point["number"]): (set(point["departments"]), set(point["leads"]))
        for point in TRUTH["points"]
    }
    assert plan.document_number == TRUTH["document_number"]
    assert str(plan.issued) == TRUTH["issued"]
    assert set(plan.issuers) == set(TRUTH["issuers"])
    assert [len(section.points) for section in plan.sections if section.is_annex] == [ANNEX_ROWS]
