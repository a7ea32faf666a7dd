"""What closing a review has to say: what is not done yet."""

from __future__ import annotations

from collections.abc import Mapping

from giamngheo_desktop.domain.numbers import format_integer

CLOSING: dict[str, str] = {
    "step_villages": "{label} ({count} thôn)",
    "unlike": "{count} hộ công nhận khác kết quả rà soát",
}


def unfinished_text(steps: Mapping[str, int], unlike: int) -> str:
    """The steps not done, each with the number of its villages, and the households recognised
    otherwise than found.
    """
    parts = [
        CLOSING["step_villages"].format(label=label, count=count) if count else label
        for label, count in steps.items()
    ]
    if unlike:
        parts.append(CLOSING["unlike"].format(count=format_integer(unlike)))
    return "; ".join(parts)
