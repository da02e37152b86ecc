"""Admins reload the knowledge from the chat: atomically, and with a reason when it can't be."""

from pathlib import Path

from tests.e2e.processes import People, marked
from tests.e2e.test_private import TEXTS


def test_a_good_file_goes_into_service(people: People, knowledge: Path) -> None:
    """The admin is told what is in service now; the next answer comes from it."""
    plan = knowledge / "plan_2023.yaml"
    before = plan.read_text(encoding="utf-8")
    try:
        plan.write_text(before.replace("提升课后延时服务品质。完善", "提升课后托管品质。完善"), encoding="utf-8")
        plan.write_text(
            plan.read_text(encoding="utf-8").replace("title: 提升课后延时服务品质", "title: 提升课后托管品质"),
            encoding="utf-8",
        )
        report = people.ask("/reload", person=people.admin)["text"]
        assert "6 部分，25 条，11 个科室" in report
        assert "课后托管品质" in people.ask("/item 10")["text"]
    finally:
        plan.write_text(before, encoding="utf-8")
        people.ask("/reload", person=people.admin)


def test_a_broken_file_leaves_the_old_knowledge(people: People, knowledge: Path) -> None:
    """The admin gets file, line and reason; everybody else gets answers as before."""
    plan = knowledge / "plan_2023.yaml"
    before = plan.read_text(encoding="utf-8")
    lines = before.splitlines()
    number = next(index for index, line in enumerate(lines, 1) if line.startswith("year:"))
    lines[number - 1] = "year: 明年"
    try:
        plan.write_text("\n".join(lines), encoding="utf-8")
        report = people.ask("/reload", person=people.admin)["text"]
        assert f"plan_2023.yaml:{number}:" in report
        assert "没有载入" in report
        assert marked(people.ask("/item 10"), "expandable_blockquote") == [TEXTS[10]]
    finally:
        plan.write_text(before, encoding="utf-8")


def test_others_may_not_reload(people: People) -> None:
    """A member of staff is told so, in private and in a group."""
    assert "只有管理员" in people.ask("/reload")["text"]
    assert "只有管理员" in people.ask("/reload", people.group)["text"]


def test_commands_are_offered(people: People) -> None:
    """Everybody is offered the commands, admins /reload as well; the descriptions are Chinese."""

    def offered(person: int) -> set[str]:
        listed = people.get("commands", chat_id=person, person_id=person)["commands"]
        return {command["command"] for command in listed}

    assert offered(people.staff) == {"item", "depts", "help"}
    assert offered(people.admin) == {"item", "depts", "help", "reload"}
    assert "工作要点" in people.get("state")["bot"]["description"]
