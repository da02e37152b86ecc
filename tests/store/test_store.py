"""What the store keeps: conversations for half an hour, the journal without people, replies for a month."""

import asyncio
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from bot.answer.focus import Focus
from bot.answer.model import Answer, Citation, Outcome
from bot.errors import StoreError
from bot.plan.model import PointKey
from bot.store import Place, Question, Reply, Store, new_id
from tests.store.conftest import Time

KEY = PointKey("plan_2023", 3, 11)
PLACE = Place(-1_001_700_000_001, 7, 5_200_000_001)
FOCUS = Focus((KEY,), "target", ("教育科",), text="学位")
QUESTION = Question(PLACE.chat, 41, 1_800_000_000.0, "d" * 64, PLACE.person)
ANSWER = Answer(Outcome.ANSWER, "6个", citations=(Citation(KEY, "原文"),))


async def test_a_conversation_is_remembered(store: Store) -> None:
    """The focus comes back as it was kept; the last one counts."""
    assert await store.conversations.focus(PLACE) is None
    await store.conversations.keep(PLACE, Focus())
    await store.conversations.keep(PLACE, FOCUS)
    assert await store.conversations.focus(PLACE) == FOCUS


async def test_a_conversation_belongs_to_one_person_in_one_chat_and_topic(store: Store) -> None:
    """Another person, chat or topic knows nothing of it."""
    await store.conversations.keep(PLACE, FOCUS)
    for other in (PLACE._replace(person=1), PLACE._replace(chat=1), PLACE._replace(thread=0)):
        assert await store.conversations.focus(other) is None


async def test_a_conversation_is_forgotten_after_half_an_hour(store: Store, time: Time) -> None:
    """Thirty minutes still count, one second more does not."""
    await store.conversations.keep(PLACE, FOCUS)
    time.now += 30 * 60
    assert await store.conversations.focus(PLACE) == FOCUS
    time.now += 1
    assert await store.conversations.focus(PLACE) is None


async def test_a_conversation_can_be_forgotten_at_once(store: Store) -> None:
    """None in place of a focus."""
    await store.conversations.keep(PLACE, FOCUS)
    await store.conversations.keep(PLACE, None)
    await store.conversations.keep(PLACE, None)
    assert await store.conversations.focus(PLACE) is None


async def test_the_journal_has_the_question_and_its_answer(store: Store, time: Time) -> None:
    """Time, place, text, outcome, points and feedback; the newest first; the last feedback counts."""
    first = await store.journal.write("今年竣工几个", "group", ANSWER)
    await store.journal.write("你好" * 5000, "private", Answer(Outcome.DECLINE, "要点里没有"))
    await store.journal.judge(first, useful=False)
    await store.journal.judge(first, useful=True)
    newest, oldest = await store.journal.latest(2)
    assert (newest.outcome, newest.useful, len(newest.question)) == ("decline", None, 500)
    assert (oldest.id, oldest.asked, oldest.where) == (first, time.now, "group")
    assert (oldest.question, oldest.outcome, oldest.points, oldest.useful) == ("今年竣工几个", "answer", (KEY,), True)
    assert await store.journal.latest(0) == []


async def test_a_reply_is_found_by_id_question_and_message(store: Store) -> None:
    """By its buttons' id, by the question when that is edited, and by its messages when somebody replies to it."""
    reply = Reply(new_id(), QUESTION, journal=5, point=KEY, choices=("甲", "乙"), focus=FOCUS)
    await store.replies.keep(reply)
    await store.replies.sent(reply, [43, 42])
    assert await store.replies.by_id(reply.id) == reply
    assert await store.replies.to(QUESTION.chat, QUESTION.message, QUESTION.asked) == reply
    assert await store.replies.holding(QUESTION.chat, 42) == reply
    assert await store.replies.messages(reply) == (42, 43)
    assert await store.replies.by_id(reply.id + 1) is None
    assert await store.replies.holding(QUESTION.chat, 44) is None


async def test_a_reply_changes_with_its_question(store: Store) -> None:
    """What is kept again takes the place of what was there, its messages too."""
    reply = Reply(new_id(), QUESTION, choices=("甲",))
    await store.replies.keep(reply)
    await store.replies.sent(reply, [42, 43])
    changed = replace(reply, choices=(), point=KEY)
    await store.replies.keep(changed)
    await store.replies.sent(changed, [42])
    assert await store.replies.by_id(reply.id) == changed
    assert await store.replies.messages(reply) == (42,)


async def test_a_message_id_that_comes_again_is_another_message(store: Store) -> None:
    """A Bot API server that was set up anew counts from one again; the time tells them apart."""
    await store.replies.keep(Reply(new_id(), QUESTION))
    assert await store.replies.to(QUESTION.chat, QUESTION.message, QUESTION.asked + 1) is None
    again = Reply(new_id(), replace(QUESTION, asked=QUESTION.asked + 1))
    for reply in (Reply(new_id(), QUESTION), again):
        await store.replies.keep(reply)
        await store.replies.sent(reply, [42])
    assert await store.replies.holding(QUESTION.chat, 42) == again


async def test_a_neighbour_s_message_is_not_the_answer(store: Store) -> None:
    """An edit of the question changes the answer, not what was turned over from it."""
    await store.replies.keep(Reply(new_id(), QUESTION, browsing=True))
    assert await store.replies.to(QUESTION.chat, QUESTION.message, QUESTION.asked) is None


async def test_everything_survives_a_restart_until_it_is_out_of_date(tmp_path: Path, time: Time) -> None:
    """What is opened again knows it all; a month later the replies are gone and the journal is not."""
    reply = Reply(new_id(), QUESTION)
    for days, known in ((0, True), (29, True), (31, False)):
        time.now = QUESTION.asked + days * 24 * 3600
        store = await Store.open(tmp_path, clock=time)
        if days == 0:
            await store.replies.keep(reply)
            await store.replies.sent(reply, [42])
            await store.journal.write("问", "private", ANSWER)
        assert (await store.replies.by_id(reply.id) is not None) is known
        assert (await store.replies.holding(QUESTION.chat, 42) is not None) is known
        assert len(await store.journal.latest(9)) == 1
        await store.close()


async def test_many_write_at_once(tmp_path: Path) -> None:
    """Two processes on one file, fifty writes each: none is refused, none lost."""
    stores = [await Store.open(tmp_path), await Store.open(tmp_path)]
    writes = [store.journal.write(f"问{number}", "group", ANSWER) for number in range(50) for store in stores]
    focuses = [store.conversations.keep(PLACE, FOCUS) for _ in range(20) for store in stores]
    await asyncio.gather(*writes, *focuses)
    assert len(await stores[0].journal.latest(200)) == 100
    for store in stores:
        await store.close()


async def test_replicas_may_start_at_once(tmp_path: Path) -> None:
    """Several processes find an empty database and create its tables."""
    opening = "import asyncio, sys; from pathlib import Path; from bot.store import Store\n" + (
        "async def main():\n  await (await Store.open(Path(sys.argv[1]))).close()\nasyncio.run(main())"
    )
    started = [await asyncio.create_subprocess_exec(sys.executable, "-c", opening, str(tmp_path)) for _ in range(4)]
    assert [await process.wait() for process in started] == [0] * 4


async def test_a_folder_that_can_t_be_made_is_named(tmp_path: Path) -> None:
    """DATA_DIR below a file."""
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(StoreError, match="DATA_DIR"):
        await Store.open(tmp_path / "file" / "data")


async def test_a_file_that_is_no_database_is_named_and_left_alone(tmp_path: Path) -> None:
    """One line with the file; its bytes stay."""
    file = tmp_path / "bot.db"
    file.write_bytes(b"no database" * 500)
    with pytest.raises(StoreError) as refused:
        await Store.open(tmp_path)
    assert "bot.db" in str(refused.value)
    assert "\n" not in str(refused.value)
    assert file.read_bytes() == b"no database" * 500


async def test_a_database_elsewhere_is_never_shown(tmp_path: Path) -> None:
    """A server that is not there: the setting is named, its password is not."""
    with pytest.raises(StoreError, match="DATABASE_URL") as refused:
        await Store.open(tmp_path, "postgresql+asyncpg://u:hidden@127.0.0.1:9/db")
    assert "hidden" not in str(refused.value)


async def test_errors_name_the_operation_and_no_value(tmp_path: Path) -> None:
    """A file that broke while it was open: what was to be written stays out of the message."""
    store = await Store.open(tmp_path)
    await store.close()
    (tmp_path / "bot.db").write_bytes(b"broken" * 1000)
    with pytest.raises(StoreError, match="写入问答记录") as refused:
        await store.journal.write("天王盖地虎", "private", ANSWER)
    assert "天王盖地虎" not in str(refused.value)
    await store.close()
