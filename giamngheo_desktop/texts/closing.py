"""What closing a review has to say: what is not done yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from giamngheo_desktop.domain.numbers import format_integer

_NAMED = 10  # names that a sentence still bears

CLOSING: dict[str, str] = {
    "step_villages": "{label} ({count} thôn)",
    "unlike": "{count} hộ công nhận khác kết quả rà soát",
    "unclassed": "{count} hộ chưa có kết quả theo {standard}: {names}.",
    "unclassed_many": "{count} hộ chưa có kết quả theo {standard}: {names} và {more} hộ khác.",
    "month": "đợt tháng {month}/{year} còn {count} giấy đề nghị chưa trả lời",
    "month_unfinished": "đợt tháng {month}/{year} ({steps})",
    "unanswered": "{count} giấy đề nghị của năm chưa trả lời",
    "nameless": "{count} hộ đầu kỳ mới có số theo thôn, chưa có tên và kết quả",
}


def unfinished_text(
    steps: Mapping[str, int],
    *,
    months: Mapping[int, Mapping[str, int]] = MappingProxyType({}),
    year: int = 0,
    **counts: int,
) -> str:
    """The steps not done, each with the number of its villages; those of the months that are still
    open in the year; then what is counted by the codes of `CLOSING`.
    """
    parts = _steps(steps)
    parts += [
        CLOSING["month_unfinished"].format(month=month, year=year, steps=", ".join(_steps(own)))
        for month, own in months.items()
        if own
    ]
    parts += [
        CLOSING[code].format(count=format_integer(count)) for code, count in counts.items() if count
    ]
    return "; ".join(parts)


def _steps(steps: Mapping[str, int]) -> list[str]:
    return [
        CLOSING["step_villages"].format(label=label, count=count) if count else label
        for label, count in steps.items()
    ]


def months_text(waiting: Mapping[int, int], year: int) -> str:
    """The months of a year whose applications wait for an answer, with how many."""
    return "; ".join(
        CLOSING["month"].format(month=month, year=year, count=format_integer(count))
        for month, count in waiting.items()
    )


def unclassed_text(standard: str, names: Sequence[str]) -> str:
    """The households of whom a decision says nothing; empty where it says something of all."""
    if not names:
        return ""
    more = len(names) - _NAMED
    return CLOSING["unclassed_many" if more > 0 else "unclassed"].format(
        standard=standard,
        count=format_integer(len(names)),
        names=", ".join(names[:_NAMED]),
        more=format_integer(more),
    )
