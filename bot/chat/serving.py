"""The knowledge in service: loaded at start and again by /reload, off the event loop, swapped by one assignment."""

import asyncio
from pathlib import Path

from bot.answer.knowledge import Knowledge, load_knowledge


class Serving:
    """Holds the one value that every handler reads once per question."""

    def __init__(self, directory: Path, knowledge: Knowledge) -> None:
        self._directory = directory
        self._knowledge = knowledge
        self._loading = asyncio.Lock()

    @classmethod
    async def load(cls, directory: Path) -> "Serving":
        """Loads the folder for the first time; raises KnowledgeProblems."""
        return cls(directory, await asyncio.to_thread(load_knowledge, directory))

    @property
    def knowledge(self) -> Knowledge:
        """What is in service now."""
        return self._knowledge

    async def reload(self) -> Knowledge:
        """Loads the folder anew and puts it into service; whatever it raises leaves the old knowledge there.

        Two admins at once are served one after the other. Raises KnowledgeProblems.
        """
        async with self._loading:
            self._knowledge = await asyncio.to_thread(load_knowledge, self._directory)
            return self._knowledge
