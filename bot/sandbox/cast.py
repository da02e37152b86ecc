"""The people, the bot and the chats of the sandbox, as plain data.

`default_cast` is what the runner and the tests start with; a test that needs other people builds its own `Cast`.
"""

from dataclasses import dataclass
from typing import Any, Literal

ChatKind = Literal["private", "supergroup"]

# Larger than 32 bits, as new Telegram accounts are: a bot that stores ids in 32 bits fails here too.
STAFF_ID = 5_200_000_001
ADMIN_ID = 5_200_000_002
FORUM_ID = -1_001_700_000_001
GROUP_ID = -1_001_700_000_002
DEFAULT_TOKEN = "7000000001:AAsandbox-not-a-secret"  # noqa: S105 - it opens nothing but this sandbox


@dataclass(frozen=True)
class Person:
    """Somebody who chats: a Telegram user that is not a bot."""

    id: int
    first_name: str
    username: str | None = None
    language_code: str = "zh-hans"

    def json(self) -> dict[str, Any]:
        """The user as the Bot API's `User`."""
        body: dict[str, Any] = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        if self.username:
            body["username"] = self.username
        body["language_code"] = self.language_code
        return body


@dataclass(frozen=True)
class BotProfile:
    """The bot's account. `reads_all` is getMe's can_read_all_group_messages."""

    id: int
    first_name: str
    username: str
    reads_all: bool = True

    def json(self) -> dict[str, Any]:
        return {"id": self.id, "is_bot": True, "first_name": self.first_name, "username": self.username}


@dataclass(frozen=True)
class Chat:
    """A chat as it is set up. `privacy` is the delivery rule a group begins with; `topics` make it a forum."""

    id: int
    kind: ChatKind
    title: str
    members: tuple[Person, ...]
    administrators: tuple[int, ...] = ()
    privacy: bool = False
    topics: tuple[str, ...] = ()

    @property
    def is_forum(self) -> bool:
        return bool(self.topics)

    def json(self) -> dict[str, Any]:
        """The chat as the Bot API's `Chat`."""
        if self.kind == "private":
            person = self.members[0]
            body: dict[str, Any] = {"id": self.id, "type": "private", "first_name": person.first_name}
            if person.username:
                body["username"] = person.username
            return body
        body = {"id": self.id, "type": self.kind, "title": self.title}
        if self.is_forum:
            body["is_forum"] = True
        return body


@dataclass(frozen=True)
class Cast:
    """Everybody who takes part."""

    bot: BotProfile
    people: tuple[Person, ...]
    chats: tuple[Chat, ...]

    def person(self, person_id: int) -> Person | None:
        return next((person for person in self.people if person.id == person_id), None)


def default_cast(
    token: str = DEFAULT_TOKEN,
    *,
    staff_id: int = STAFF_ID,
    admin_id: int = ADMIN_ID,
    bot_username: str = "workplan_sandbox_bot",
    reads_all: bool = True,
) -> Cast:
    """A member of staff and an admin, each with a private chat; a forum in privacy mode; an open group.

    In Telegram privacy mode is one setting of the bot, but a changed setting reaches a group only when the bot is added
    to it again. So a bot may say can_read_all_group_messages=true (`reads_all`) and yet be in a group where the old
    rule holds: that is the forum here.
    """
    staff = Person(staff_id, "陈老师", "chen_laoshi")
    admin = Person(admin_id, "林主任", "lin_zhuren")
    both = (staff, admin)
    head, _, _ = token.partition(":")
    bot = BotProfile(int(head) if head.isdigit() else 7_000_000_001, "工作要点助手", bot_username, reads_all)
    return Cast(
        bot=bot,
        people=both,
        chats=(
            Chat(staff.id, "private", staff.first_name, (staff,)),
            Chat(admin.id, "private", admin.first_name, (admin,)),
            Chat(FORUM_ID, "supergroup", "工作要点讨论区", both, (admin.id,), True, ("学位建设", "课后服务")),
            Chat(GROUP_ID, "supergroup", "教育局工作群", both, (admin.id,), False),
        ),
    )
