"""`giamngheo import-answers`: the answers of one form a JSON line in, what follows a line out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from giamngheo_desktop.cli.json_lines import read_object, refuse, shown, text_of
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.services.review.answer_import import find_case, import_answers, unanswered
from giamngheo_desktop.services.review.case_sheet import decided_class, possible_classes
from giamngheo_desktop.storage.engine import Database
from giamngheo_desktop.texts import CLASS_WORDS, CLI, error_text

_KEYS = ("round", "household", "answers")
_NAMED = 10  # questions of a form, in a sentence
_UNREAD = "\N{REPLACEMENT CHARACTER}"  # bytes that are no UTF-8 come so
_NOTHING = " \t\r\n\f\v\N{ZERO WIDTH NO-BREAK SPACE}"  # a lone BOM says nothing either


def import_lines(
    lines: Iterable[str], database: Database, context: Context, definitions: Definitions
) -> Iterator[dict[str, Any]]:
    """One answer for each line, with its number; each good line is saved by itself, a bad one
    changes nothing, a blank one says nothing, a file without any line is an error.

    A line is `{"round": "2026", "household": "…", "answers": {"house_area": "32,5",
    "1.health_insurance": true, "members": {"2": {"job_status": "?"}},
    "2027.waste_treatment": "Không"}}`; see `services.answer_import` for names and values. An
    answer is `{"line", "household", "changed", "results": {standard: {"class", "possible"}},
    "open": {…}, "unanswered": ["1.health_insurance", …]}` or `{"line", "error": sentence}`.
    """
    number, found = 0, False
    for number, line in enumerate(lines, start=1):
        if not line.strip(_NOTHING):
            continue
        try:
            yield {"line": number, **_imported(line, database, context, definitions)}
        except AppError as error:
            yield {"line": number, "error": error_text(error)}
        found = True
    if not found:
        yield {"line": number, "error": error_text(AppError("import_empty"))}


def import_line(answer: Mapping[str, Any]) -> str:
    """One answer as a sentence."""
    if "error" in answer:
        return CLI["import_error"].format(line=answer["line"], error=answer["error"])
    classes = [
        f"{standard}: {CLASS_WORDS.get(found['class'] or '', CLI['import_unsettled'])}"
        for standard, found in answer["results"].items()
    ]
    key = "import_saved" if answer["changed"] else "import_same"
    said = {"line": answer["line"], "household": answer["household"]}
    left = [
        CLI[f"left_{what}"].format(count=count, names=_some(answer["unanswered"]))
        for what, count in answer["open"].items()
        if count
    ]
    lines = [CLI[key].format(**said, classes="; ".join(classes))]
    if left:
        lines.append(CLI["import_left"].format(parts=", ".join(left)))
    return " ".join(lines)


def _some(names: list[str]) -> str:
    return ", ".join(names[:_NAMED]) + (", …" if len(names) > _NAMED else "")


def _imported(
    line: str, database: Database, context: Context, definitions: Definitions
) -> dict[str, Any]:
    if _UNREAD in line:
        refuse("import_not_utf8")
    record = read_object(line, _KEYS)
    household, review = text_of(record, "household"), record.get("round")
    named = str(review) if type(review) is int else text_of(record, "round")
    case = find_case(database, named, household)
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
        "unanswered": unanswered(sheet),
    }


def _flat(answers: object) -> dict[str, object]:
    """`{"members": {"1": {"sex": …}}}` says the same as `"1.sex"`."""
    if not isinstance(answers, dict):
        refuse("import_answers")
    found = {shown(key): value for key, value in answers.items() if key != "members"}
    members = answers.get("members", {})
    if not isinstance(members, dict):
        refuse("import_answers")
    for person, given in members.items():
        if not isinstance(given, dict):
            refuse("import_answers")
        named = {shown(f"{person}.{code}"): value for code, value in given.items()}
        if named.keys() & found.keys():
            refuse("cli_key_twice")
        found |= named
    return found
