"""Which printed sentences say that something is not known: each is told before issuing."""

from __future__ import annotations

import re

from giamngheo_desktop.texts.narrative import MOVED, SITUATION
from giamngheo_desktop.texts.narrative_deeds import PROGRESS
from giamngheo_desktop.texts.poverty_analysis import ANALYSIS_LINES

_TEMPLATES = (
    *(ANALYSIS_LINES[name] for name in ("not_known", "unknown_all")),
    *(SITUATION[name] for name in ("none", "nothing", "ends_without_now", "no_population")),
    MOVED["none"],
    PROGRESS["no_plan"],
)


def _pattern(template: str) -> str:
    """Any words in place of what is filled in; the last of these may be none."""
    parts = re.split(r"\{\w+\}", template)
    return ".*".join(map(re.escape, parts)).replace(r"\ .*", r".*")


_LACKING = re.compile("(?:- )?(?:{})".format("|".join(map(_pattern, _TEMPLATES))))


def says_unknown(sentence: str) -> bool:
    return _LACKING.fullmatch(sentence) is not None
