"""What closing a review has to say: what is not done yet."""

from __future__ import annotations

from collections.abc import Mapping

from giamngheo_desktop.domain.numbers import format_integer

CLOSING: dict[str, str] = {
    "step_villages": "{label} ({count} thôn)",
    "unlike": "{count} hộ công nhận khác kết quả rà soát",
    "nameless": "{count} hộ đầu kỳ mới có số theo thôn, chưa có tên và kết quả",
}


def unfinished_text(steps: Mapping[str, int], unlike: int, nameless: int) -> str:
    """The steps not done, each with the number of its villages; the households recognised otherwise
    than found, and those of the opening that are known by number only.
    """
    parts = [
        CLOSING["step_villages"].format(label=label, count=count) if count else label
        for label, count in steps.items()
    ]
    parts += [
        CLOSING[code].format(count=format_integer(count))
        for code, count in (("unlike", unlike), ("nameless", nameless))
        if count
    ]
    return "; ".join(parts)
