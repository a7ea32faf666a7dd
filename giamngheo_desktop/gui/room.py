"""Where in the window the user stands, by which an action is found again."""

from __future__ import annotations

from typing import NamedTuple


class Room(NamedTuple):
    """A page by its key, the section that is shown of it ("" where it has none), the year."""

    page: str
    section: str
    year: int

    @property
    def payload(self) -> object:
        """What the page opens."""
        return {"section": self.section} if self.section else None
