"""`giamngheo import-answers`: the answers of one form a JSON line in, what follows a line out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from giamngheo_desktop.cli.json_lines import read_object, refuse, text_of
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.services.review.answer_import import find_case, import_answers
from giamngheo_desktop.services.review.case_sheet import decided_class, possible_classes
from giamngheo_desktop.storage.engine import Database
from giamngheo_desktop.texts import error_text

_KEYS = ("round", "household", "answers")


def import_lines(
    lines: Iterable[str], database: Database, context: Context, definitions: Definitions
) -> Iterator[dict[str, Any]]:
    """One answer for each line; each good line is saved by itself, a bad one changes nothing, a
    blank one says nothing.

    A line is `{"round": "2026", "household": "…", "answers": {"house_area": "32,5",
    "1.health_insurance": true, "members": {"2": {"job_status": "?"}},
    "2027.waste_treatment": "Không"}}`; see `services.answer_import` for names and values. An
    answer is `{"household", "changed", "results": {standard: {"class", "possible"}}, "open": {…}}`
    or `{"error": sentence}`.
    """
    for line in filter(str.strip, lines):
        try:
            yield _imported(line, database, context, definitions)
        except AppError as error:
            yield {"error": error_text(error)}


def _imported(
    line: str, database: Database, context: Context, definitions: Definitions
) -> dict[str, Any]:
    record = read_object(line, _KEYS)
    household = text_of(record, "household")
    case = find_case(database, text_of(record, "round"), household)
    done = import_answers(database, context, definitions, case, _flat(record.get("answers")))
    sheet = done.value
    return {
        "household": household,
        "changed": bool(done.changes.touched),
        "results": {
            item.standard.code: {
                "class": decided_class(item),
                "possible": list(possible_classes(item)),
            }
            for item in sheet.assessments
        },
        "open": sheet.blockers().counts,
    }


def _flat(answers: object) -> dict[str, object]:
    """`{"members": {"1": {"sex": …}}}` says the same as `"1.sex"`."""
    if not isinstance(answers, dict):
        refuse("import_answers")
    found = {key: value for key, value in answers.items() if key != "members"}
    members = answers.get("members", {})
    if not isinstance(members, dict):
        refuse("import_answers")
    for person, given in members.items():
        if not isinstance(given, dict):
            refuse("import_answers")
        named = {f"{person}.{code}": value for code, value in given.items()}
        if named.keys() & found.keys():
            refuse("cli_key_twice")
        found |= named
    return found
