"""Releases: proposed, put into service, taken back; by several admins and processes, on SQLite and PostgreSQL."""

import asyncio
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.answer.knowledge import build_knowledge
from bot.errors import (
    DamagedReleaseError,
    KnowledgeProblems,
    OvertakenError,
    ReleaseMissingError,
    ReleaseStateError,
)
from bot.plan.lexicon import Lexicon
from bot.plan.reading import parse_files, read_files
from bot.store import Change, Person, Release, ReleaseState, Source, Store
from bot.store.release_limits import FILES_LIMIT, SOURCE_LIMIT
from tests.store.conftest import Time

KNOWLEDGE = Path(__file__).resolve().parents[2] / "knowledge"
FIRST = {"lexicon.yaml": b"words\r\n\x00\xff", "plan_2023.yaml": b"2023"}
NEXT = {**FIRST, "plan_2024.yaml": b"2024"}
WANG, LI = Person(5_200_000_001, "王老师"), Person(5_200_000_002, "李老师")
NOTICE = Source("2024年通知.txt", "关于印发……的通知".encode("gb18030"))
DAY = 24 * 3600


async def served(store: Store, *releases: dict[str, bytes]) -> list[int]:
    """Puts one after the other into service; their numbers."""
    numbers: list[int] = []
    for files in releases:
        active = await store.releases.active_number()
        made = await store.releases.propose(files, WANG, "发来文件") if numbers else await store.releases.begin(files)
        if made.state is ReleaseState.CANDIDATE:
            made = await store.releases.activate(made.number, WANG, active)
        numbers.append(made.number)
    return numbers


async def active(store: Store) -> Release:
    found = await store.releases.active()
    assert found is not None
    return found


async def count(store: Store, table: str) -> int:
    async with store._database.session("test") as session:
        return int(await session.scalar(text(f"SELECT count(*) FROM {table}")) or 0)  # noqa: S608 -- our own names


async def test_an_empty_store_has_no_release(store: Store) -> None:
    """Nothing is in service, nothing is listed, nothing leads back."""
    assert await store.releases.active() is None
    assert await store.releases.active_number() is None
    assert await store.releases.previous() is None
    assert (await store.releases.latest(9), await store.releases.history(9)) == ((), ())


async def test_the_first_release_is_made_by_nobody(store: Store, time: Time) -> None:
    """The files of the folder, byte for byte, in service at once, with the note 初始知识."""
    first = await store.releases.begin(FIRST)
    assert (first.number, first.made, first.by, first.note) == (1, time.now, None, "初始知识")
    assert (first.state, first.files, first.source) == (ReleaseState.ACTIVE, FIRST, None)
    assert [(event.change, event.by) for event in first.history] == [(Change.PROPOSED, None), (Change.ACTIVATED, None)]
    assert await active(store) == first


async def test_a_later_start_serves_the_store_and_not_the_folder(store: Store) -> None:
    """A folder that differs from the release in service changes nothing."""
    first, second = await served(store, FIRST, NEXT)
    again = await store.releases.begin(FIRST)
    assert (again.number, again.files) == (second, NEXT)
    assert [release.number for release in await store.releases.latest(9)] == [second, first]


async def test_processes_that_start_at_once_make_one_first_release(url: str | None, tmp_path: Path) -> None:
    """Four processes on an empty database: each serves release 1, and there is no other."""
    starting = """
import asyncio, sys
from pathlib import Path
from bot.store import Store
async def main():
    store = await Store.open(Path(sys.argv[1]), sys.argv[2] or None)
    print((await store.releases.begin({"plan.yaml": sys.argv[3].encode()})).files["plan.yaml"].decode())
    print(len(await store.releases.latest(9)))
    await store.close()
asyncio.run(main())
"""
    started = [
        await asyncio.create_subprocess_exec(
            sys.executable, "-c", starting, str(tmp_path), url or "", str(number), stdout=asyncio.subprocess.PIPE
        )
        for number in range(4)
    ]
    outputs = {(await process.communicate())[0].decode() for process in started}
    assert [process.returncode for process in started] == [0] * 4
    assert len(outputs) == 1
    assert outputs.pop().split()[1] == "1"


async def test_a_proposed_release_is_kept_but_not_in_service(store: Store, time: Time) -> None:
    """All of it can be read: the files and the notice byte for byte, when, by whom and what."""
    await served(store, FIRST)
    made = await store.releases.propose(NEXT, WANG, "发来文件 plan_2024.yaml", NOTICE)
    assert made == await store.releases.get(made.number)
    assert (made.state, made.files, made.source) == (ReleaseState.CANDIDATE, NEXT, NOTICE)
    assert (made.by, made.made, made.note) == (WANG, time.now, "发来文件 plan_2024.yaml")
    assert list(made.files) == sorted(NEXT)
    assert (await active(store)).files == FIRST


async def test_a_release_put_into_service_leaves_the_former_one_kept(store: Store, time: Time) -> None:
    """The new one answers from now on; the old one is there, with its history."""
    (first,) = await served(store, FIRST)
    made = await store.releases.propose(NEXT, WANG, "发来文件")
    time.now += 60
    put = await store.releases.activate(made.number, LI, first)
    assert put == await active(store)
    assert (put.state, put.files) == (ReleaseState.ACTIVE, NEXT)
    assert [(event.change, event.by, event.at) for event in put.history] == [
        (Change.PROPOSED, WANG, time.now - 60),
        (Change.ACTIVATED, LI, time.now),
    ]
    former = await store.releases.get(first)
    assert (former.state, former.files) == (ReleaseState.FORMER, FIRST)


async def test_the_list_shows_releases_without_their_bytes(store: Store) -> None:
    """The newest first, as many as asked for; sizes, digests, states, and who put them into service."""
    first, second = await served(store, FIRST, NEXT)
    third = (await store.releases.propose(FIRST, LI, "发来文件", NOTICE)).number
    newest, middle, oldest = await store.releases.latest(9)
    assert [release.number for release in (newest, middle, oldest)] == [third, second, first]
    assert [release.state for release in (newest, middle, oldest)] == ["candidate", "active", "former"]
    assert [(file.name, file.size) for file in newest.files] == [("lexicon.yaml", 9), ("plan_2023.yaml", 4)]
    assert newest.files == oldest.files
    assert (newest.source_name, newest.activated) == (NOTICE.name, None)
    assert middle.activated is not None
    assert (middle.activated.by, middle.activated.release) == (WANG, second)
    assert len(await store.releases.latest(1)) == 1
    assert [event.release for event in await store.releases.history(2)] == [third, second]


async def test_of_two_admins_at_once_the_second_is_told_who_was_first(url: str | None, tmp_path: Path) -> None:
    """Two processes put two candidates into service at the same moment: one succeeds, the other is overtaken."""
    stores = [await Store.open(tmp_path, url) for _ in range(2)]
    (first,) = await served(stores[0], FIRST)
    made = [
        (await stores[0].releases.propose({"plan.yaml": str(number).encode()}, WANG, "")).number for number in range(8)
    ]
    people = [Person(number, f"管理员{number}") for number in made]
    outcomes = await asyncio.gather(
        *(stores[number % 2].releases.activate(number, by, first) for number, by in zip(made, people, strict=True)),
        return_exceptions=True,
    )
    (winner,) = [outcome for outcome in outcomes if isinstance(outcome, Release)]
    losers = [outcome for outcome in outcomes if isinstance(outcome, OvertakenError)]
    assert len(losers) == 7
    assert {(error.active, error.expected, error.by) for error in losers} == {
        (winner.number, first, f"管理员{winner.number}")
    }
    assert f"第{winner.number}版（由管理员{winner.number}投入使用）" in str(losers[0])
    assert await active(stores[1]) == winner
    for store in stores:
        await store.close()


async def test_a_discarded_candidate_never_comes_into_service(store: Store) -> None:
    """Neither by a late tap nor twice; the refusal says who discarded it."""
    (first,) = await served(store, FIRST)
    made = await store.releases.propose(NEXT, WANG, "发来文件")
    await store.releases.discard(made.number, LI)
    for late in (store.releases.activate(made.number, WANG, first), store.releases.discard(made.number, WANG)):
        with pytest.raises(ReleaseStateError, match="放弃") as refused:
            await late
        assert (refused.value.number, refused.value.state, refused.value.by) == (made.number, "discarded", "李老师")
    assert (await store.releases.get(made.number)).state is ReleaseState.DISCARDED
    assert (await active(store)).number == first


async def test_what_was_in_service_can_not_be_discarded(store: Store) -> None:
    """Neither the release in service nor a former one; nor is one put into service that is there already."""
    first, second = await served(store, FIRST, NEXT)
    for number in (first, second):
        with pytest.raises(ReleaseStateError, match="不能放弃"):
            await store.releases.discard(number, WANG)
    with pytest.raises(ReleaseStateError, match="已经在使用"):
        await store.releases.activate(second, WANG, second)


async def test_going_back_leads_to_the_release_before(store: Store) -> None:
    """The same bytes under the same number, as a new line of the history; a second time leads one further back."""
    first, second, third = await served(store, FIRST, NEXT, {"plan.yaml": b"3"})
    for target, files in ((second, NEXT), (first, FIRST)):
        previous = await store.releases.previous()
        assert previous is not None
        assert previous.number == target
        back = await store.releases.rollback(LI, (await active(store)).number)
        assert (back.number, back.files, back.state) == (target, files, ReleaseState.ACTIVE)
        assert (back.history[-1].by, back.history[-1].note) == (LI, f"退回到第{target}版")
    assert await store.releases.previous() is None
    with pytest.raises(ReleaseStateError, match="退不回去"):
        await store.releases.rollback(LI, first)
    assert (await store.releases.activate(third, WANG, first)).number == third
    assert [event.release for event in await store.releases.history(3)] == [third, first, second]


async def test_two_admins_who_go_back_at_once_go_back_one_step(store: Store) -> None:
    """The second is told that another release is in service by now."""
    numbers = await served(store, FIRST, NEXT, {"plan.yaml": b"3"})
    tries = [store.releases.rollback(by, numbers[2]) for by in (WANG, LI)]
    outcomes = await asyncio.gather(*tries, return_exceptions=True)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["OvertakenError", "Release"]
    assert await store.releases.active_number() == numbers[1]


async def test_equal_bytes_are_stored_once(store: Store) -> None:
    """Ten releases with the same lexicon hold it once."""
    await served(store, *({"lexicon.yaml": b"same", "plan.yaml": str(number).encode()} for number in range(10)))
    assert await count(store, "contents") == 11


@pytest.mark.parametrize("damage", ["UPDATE contents SET data = :bytes WHERE digest = :digest", "DELETE FROM contents"])
async def test_a_damaged_release_is_refused_by_name(store: Store, damage: str) -> None:
    """Bytes that changed or vanished: the release and the file are named; sending the file again mends it."""
    (first,) = await served(store, FIRST)
    made = await store.releases.propose({"plan.yaml": b"2024"}, WANG, "发来文件")
    (stored,) = (await store.releases.latest(1))[0].files
    async with store._database.session("test") as session:
        await session.execute(text(damage), {"bytes": b"2042", "digest": stored.digest})
    for reading in (store.releases.get(made.number), store.releases.activate(made.number, WANG, first)):
        with pytest.raises(DamagedReleaseError) as refused:
            await reading
        assert (refused.value.number, refused.value.file) == (made.number, "plan.yaml")
    assert await store.releases.active_number() == first
    assert (await store.releases.latest(1))[0].number == made.number
    await store.releases.propose({"plan.yaml": b"2024"}, WANG, "发来文件")
    assert (await store.releases.activate(made.number, WANG, first)).files == {"plan.yaml": b"2024"}


async def test_candidates_are_forgotten_after_a_month(url: str | None, tmp_path: Path, time: Time) -> None:
    """With the bytes that only they have, and never their number; what was in service is kept for ever."""
    store = await Store.open(tmp_path, url, clock=time)
    first, second = await served(store, FIRST, NEXT)
    dropped = (await store.releases.propose({"plan.yaml": b"x"}, WANG, "", NOTICE)).number
    late = (await store.releases.propose({"plan.yaml": b"y"}, WANG, "")).number
    await store.releases.discard(dropped, WANG)
    time.now += 30 * DAY
    await store.releases.tidy()
    assert len(await store.releases.latest(9)) == 4
    time.now += 1
    await store.close()
    store = await Store.open(tmp_path, url, clock=time)
    assert [release.number for release in await store.releases.latest(9)] == [second, first]
    assert (await count(store, "contents"), await count(store, "release_events")) == (3, 4)
    assert (await store.releases.get(first)).files == FIRST
    for gone in (dropped, late):
        with pytest.raises(ReleaseMissingError, match=f"没有第{gone}版"):
            await store.releases.activate(gone, WANG, second)
    assert (await store.releases.propose(NEXT, WANG, "")).number == late + 1
    await store.close()


@pytest.mark.parametrize("number", [0, -1, 99, 2**31, 2**70])
async def test_a_number_that_nobody_gave_is_refused(store: Store, number: int) -> None:
    """Numbers come from buttons and commands, which are not trusted."""
    (first,) = await served(store, FIRST)
    for asked in (
        store.releases.get(number),
        store.releases.activate(number, WANG, first),
        store.releases.discard(number, WANG),
    ):
        with pytest.raises(ReleaseMissingError):
            await asked
    with pytest.raises(OvertakenError):
        await store.releases.activate(first, WANG, number)


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({}, "没有文件"),
        ({"plan.yaml": b"x" * (2 * 1024 * 1024 + 1)}, "plan.yaml: 文件超过 2 MiB"),
        ({f"plan_{number}.yaml": b"" for number in range(FILES_LIMIT + 1)}, "最多 40 个文件"),
        ({f"plan_{number}.yaml": b"x" * (2 * 1024 * 1024) for number in range(17)}, "合计最多 32 MiB"),
        ({"../plan.yaml": b""}, "文件名不能用"),
        ({".hidden": b""}, "文件名不能用"),
        ({"计" * 86: b""}, "文件名不能用"),
        ({"plan\0\ud800.yaml": b""}, "文件名不能用"),
    ],
)
async def test_what_can_not_be_a_release_is_refused(store: Store, files: dict[str, bytes], reason: str) -> None:
    """Too many, too large, names that are no file's: told by name, and nothing is stored."""
    with pytest.raises(KnowledgeProblems, match=reason):
        await store.releases.propose(files, WANG, "发来文件")
    with pytest.raises(KnowledgeProblems, match="原件超过 20 MiB"):
        await store.releases.propose(FIRST, WANG, "发来文件", Source("通知.docx", b"x" * (SOURCE_LIMIT + 1)))
    assert await store.releases.latest(9) == ()


async def test_notes_and_names_are_one_printable_line(store: Store) -> None:
    """A name on Telegram may hold anything; no database takes all of it."""
    odd = Person(7, "王\0\n\u202e老师\ud800" + "长" * 200)
    made = await store.releases.propose(FIRST, odd, "第一行\r\n第二行\0" + "长" * 300, Source("a\0b", b""))
    assert made.by is not None
    assert made.by.name.startswith("王 老师 长")
    assert (made.note[:8], len(made.note), len(made.by.name)) == ("第一行 第二行 ", 200, 130)
    assert made.source == Source("a b", b"")


async def test_a_database_of_the_former_version_gets_the_new_tables(url: str | None, tmp_path: Path) -> None:
    """Its questions stay, and releases begin."""
    store = await Store.open(tmp_path, url)
    async with store._database.session("test") as session:
        await session.execute(text("INSERT INTO journal VALUES (1, 0, 'group', '问', 'answer', '[]', NULL)"))
        for table in ("releases", "release_files", "contents", "release_events", "service"):
            await session.execute(text(f"DROP TABLE {table}"))
    await store.close()
    store = await Store.open(tmp_path, url)
    assert await served(store, FIRST, NEXT) == [1, 2]
    assert [entry.question for entry in await store.journal.latest(9)] == ["问"]
    await store.close()


async def test_knowledge_is_built_from_a_release(store: Store) -> None:
    """What the folder of the project holds comes back from the store fit to answer from."""
    release = await store.releases.begin(await asyncio.to_thread(read_files, KNOWLEDGE))
    plans, lexicon = parse_files(release.files)
    assert lexicon is not None
    assert build_knowledge(plans, Lexicon()).newest.id == "plan_2023"
