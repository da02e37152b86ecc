"""Writing a plan: what is written is read back, and people can edit it."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.plan.model import LeadRule, Plan, Point, Section, Target
from bot.plan.reading import parse_plan
from bot.plan.writing import write_plan
from bot.plan.yaml_tree import FORBIDDEN
from tests.plan.files import PLAN

# Texts that YAML would read as something else are as likely as any other.
TRICKY = [
    "yes",
    "null",
    "~",
    "1",
    "2030",
    "1.5",
    "2030-01-01",
    "=",
    "<<",
    "- a",
    "a: b",
    "#",
    "'",
    '"',
    "\\n",
    "*a",
    "&a",
]
CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\r\n").filter(
    lambda c: not FORBIDDEN.match(c)
)
LINE = st.one_of(st.sampled_from(TRICKY), st.text(CHARACTERS, max_size=60).map(str.strip).filter(bool))
TEXT = st.lists(LINE, min_size=1, max_size=3).map("\n".join)


@st.composite
def targets(draw: st.DrawFn, text: str) -> tuple[Target, ...]:
    """Targets whose quotes are cut from the text."""
    found: dict[str, Target] = {}
    for what in draw(st.lists(LINE, max_size=3)):
        quote = draw(st.sampled_from([part for part in text.split("\n") if part.strip() == part]))
        found[what] = Target(what, quote, quote, draw(st.sampled_from([None, quote])))
    return tuple(found.values())


@st.composite
def points(draw: st.DrawFn, rule: LeadRule, departments: list[str]) -> tuple[Point, ...]:
    """Points that keep the rules of a plan's file."""
    made = []
    for number in draw(st.lists(st.integers(1, 999), min_size=1, max_size=3, unique=True)):
        title = draw(LINE)
        rest = draw(st.one_of(st.just(""), TEXT))
        text = f"{title}\n{rest}" if rest else title
        chosen = draw(st.lists(st.sampled_from(departments), unique=True, max_size=4)) if departments else []
        leads = chosen[: draw(st.integers(0, 2))] if rule is LeadRule.STATED else []
        asked = draw(st.lists(LINE, unique=True, max_size=2))
        made.append(Point(number, title, text, tuple(chosen), tuple(leads), draw(targets(text)), tuple(asked)))
    return tuple(made)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Plans that keep the rules of a plan's file."""
    rule = draw(st.sampled_from(LeadRule))
    departments = draw(st.lists(LINE, unique=True, max_size=5))
    numbers = sorted(draw(st.sets(st.integers(1, 999), min_size=1, max_size=3)))
    optional = st.one_of(st.none(), LINE)
    return Plan(
        id=draw(st.from_regex(r"[A-Za-z0-9_-]{1,32}", fullmatch=True)),
        title="工作要点" + draw(LINE).translate({ord(digit): "数" for digit in "0123456789"}),
        year=draw(st.integers(1990, 2100)),
        lead_rule=rule,
        sections=tuple(Section(number, draw(LINE), draw(points(rule, departments))) for number in numbers),
        departments=tuple(departments),
        document_number=draw(optional),
        index_number=draw(optional),
        notice_title=draw(optional),
        particulars=tuple(f"说明{place}:{value}" for place, value in enumerate(filter(None, (draw(optional),)))),
        issuers=tuple(draw(st.lists(LINE, unique=True, max_size=2))),
        issued=None,
        addressees=draw(st.one_of(st.none(), TEXT)),
        preamble=draw(st.one_of(st.none(), TEXT)),
    )


@given(plans())
@settings(deadline=None, max_examples=25)
def test_every_plan_is_read_back_as_it_was(plan: Plan) -> None:
    """Whatever its texts hold, a plan that is written and read is the same plan."""
    assert parse_plan(write_plan(plan), "plan.yaml") == plan


def test_a_date_is_read_back() -> None:
    """The day of issue survives."""
    plan = parse_plan(PLAN.encode(), "plan.yaml")
    assert parse_plan(write_plan(plan), "plan.yaml") == plan
    assert plan.issued == date(2030, 3, 2)


def test_the_file_is_made_for_people() -> None:
    """Keys in the order of the design, Chinese as it is, lists indented, no aliases."""
    text = write_plan(parse_plan(PLAN.encode(), "plan.yaml")).decode()
    keys = [line.split(":")[0] for line in text.splitlines() if not line.startswith(" ")]
    assert keys == ["id", "title", "year", "issuers", "issued", "lead_rule", "departments", "sections"]
    assert "\n  - number: 1\n    title: 统筹发展\n    points:\n      - number: 1\n" in text
    assert "&" not in text
    assert "*" not in text


def test_a_long_text_stays_on_one_line() -> None:
    """A paragraph of a thousand characters is one quoted line, so that a search in the file finds it."""
    paragraph = "建设。" * 400 + '“引号” "和" \' 与 # : \\'
    plan = Plan("p", "要点", 2030, LeadRule.FIRST_LISTED, (Section(1, "一", (Point(1, "建设", paragraph),)),))
    written = write_plan(plan)
    assert len([line for line in written.decode().splitlines() if "建设。建设" in line]) == 1
    assert parse_plan(written, "plan.yaml") == plan
