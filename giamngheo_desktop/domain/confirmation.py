"""What can be confirmed of a household."""

from __future__ import annotations

from enum import StrEnum


class What(StrEnum):
    """The statement of a giấy xác nhận."""

    POOR = "poor"
    NEAR_POOR = "near_poor"
    NEW_ESCAPE = "new_escape"
    AVERAGE_LIVING = "average_living"
