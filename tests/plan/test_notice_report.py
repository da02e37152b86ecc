"""The report on an imported notice: how much was read, and what an admin should look at."""

from pathlib import Path

import pytest

from bot.__main__ import main
from bot.plan.notice import read_notice
from bot.plan.notice_report import report_of
from tests.plan.document_files import as_pdf, as_word
from tests.plan.notices import STANDALONE


def test_the_summary_counts_what_was_read() -> None:
    """Sections, points, departments, targets, and how leads are known, in one line."""
    summary = report_of(read_notice(STANDALONE.encode())).summary
    assert summary == (
        "读出《二〇二五年临江县教育工作要点》：2 个部分，3 条，8 个责任科室，4 个目标（请逐一核对），"
        "3 行没有归入，0 处请核对。写明了牵头。"
    )


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (STANDALONE.encode(), ":21"),
        (as_word(STANDALONE), ":第 21 段"),
        (as_pdf(STANDALONE), ":第 1 页第 19 行"),
    ],
)
def test_a_finding_says_where_it_stands(data: bytes, place: str) -> None:
    """The line of a text, the paragraph of a Word file, page and line of a PDF; and the line's own words."""
    findings = [str(finding) for finding in report_of(read_notice(data)).unplaced]
    assert f"{place}: 没有归入工作要点：附件:任务分解表" in findings


def test_the_command_line_takes_a_word_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The draft goes to the file that is named, the report to standard error."""
    notice, plan = tmp_path / "notice.doc", tmp_path / "plan_2025.yaml"  # the name is wrong, the content counts
    notice.write_bytes(as_word(STANDALONE))
    assert main(["import", str(notice), "-o", str(plan)]) == 0
    assert plan.read_text(encoding="utf-8").startswith("id: plan_2025\n")
    told = capsys.readouterr().err.splitlines()
    assert "3 条" in told[0]
    assert len(told) == 4
