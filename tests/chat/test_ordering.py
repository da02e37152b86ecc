"""One person's updates are handled one after the other, different people's at once."""

import asyncio

from telegram import Update

from bot.chat.ordering import InOrder


def update(number: int, person: int) -> Update:
    sender = {"id": person, "is_bot": False, "first_name": "x"}
    query = {"id": "1", "from": sender, "chat_instance": "1", "data": "x"}
    return Update.de_json({"update_id": number, "callback_query": query}, None)


async def test_one_person_waits_for_their_own_answer_only() -> None:
    """The first person's second message waits; the second person's first does not."""
    processor, done, hold = InOrder(), list[str](), asyncio.Event()

    async def work(name: str, waits: bool) -> None:
        if waits:
            await hold.wait()
        done.append(name)

    tasks = [
        asyncio.create_task(processor.process_update(update(number, person), work(name, waits)))
        for number, (person, name, waits) in enumerate([(1, "a1", True), (1, "a2", False), (2, "b1", False)])
    ]
    await asyncio.sleep(0.01)
    assert done == ["b1"]
    hold.set()
    await asyncio.gather(*tasks)
    assert done == ["b1", "a1", "a2"]


async def test_an_error_lets_the_next_one_through_and_leaves_nothing_behind() -> None:
    """The order survives a handler that fails, and memory does not grow with people."""
    processor, done = InOrder(), list[int]()

    async def fail() -> None:
        raise ValueError

    async def work() -> None:
        done.append(1)

    await asyncio.gather(
        processor.process_update(update(1, 1), fail()),
        processor.process_update(update(2, 1), work()),
        return_exceptions=True,
    )
    assert done == [1]
    assert not processor._turns
    assert not processor._waiting


async def test_a_crowd_of_one_does_not_take_all_places() -> None:
    """Somebody who sends hundreds of messages keeps nobody else waiting."""
    processor, hold = InOrder(), asyncio.Event()
    tasks = [asyncio.create_task(processor.process_update(update(number, 1), hold.wait())) for number in range(500)]
    await asyncio.sleep(0.01)
    other = asyncio.create_task(processor.process_update(update(501, 2), asyncio.sleep(0)))
    await asyncio.wait_for(other, 1)
    hold.set()
    await asyncio.gather(*tasks)
