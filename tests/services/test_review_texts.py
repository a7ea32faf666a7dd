"""Everything a review can lack, and every way a case stands, has words."""

from __future__ import annotations

import ast
import inspect
import string

from giamngheo_desktop import texts
from giamngheo_desktop.domain import review_flow
from giamngheo_desktop.domain.changes import Op
from giamngheo_desktop.domain.review_case import NOT_MET, FormState, Ground, Outcome
from giamngheo_desktop.domain.review_flow import COMMUNE_RULES, VILLAGE_RULES, Missing, Status
from giamngheo_desktop.services import settings
from giamngheo_desktop.services.review import recognition, review_settings
from giamngheo_desktop.services.review.complaints import Result
from giamngheo_desktop.services.review.postings import Subject
from giamngheo_desktop.texts.review_steps import LACKING
from tests.harness.review import shipped


def codes() -> set[str]:
    """The codes that the rules of the flow can give, read from their source."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(inspect.getsource(review_flow))):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
            continue
        first = node.args[0] if node.args else None
        if node.func.id == "Missing" and isinstance(first, ast.Constant):
            found.add(first.value)
        elif node.func.id == "_counted":
            found |= {word.arg for word in node.keywords if word.arg}
        elif node.func.id == "_marked" and isinstance(first, ast.Constant):
            found.add(f"{first.value}_not_confirmed")
    return found


def test_every_code_of_the_flow_has_a_sentence() -> None:
    assert {"unentered", "outvoted", "no_surveyor", "report_not_confirmed"} <= codes()
    assert codes() == set(texts.STEP_MISSING)
    for code, sentence in texts.STEP_MISSING.items():
        assert sentence.endswith("."), code
        fields = {name for _, name, _, _ in string.Formatter().parse(sentence) if name}
        assert fields <= {"count"}
    assert texts.missing_text(Missing("unentered", 1234)) == "Còn 1.234 hộ chưa rà soát xong."


def test_what_a_decision_passes_over_can_be_said() -> None:
    blocking = set()
    for node in ast.walk(ast.parse(inspect.getsource(review_flow))):
        if isinstance(node, ast.FunctionDef) and node.name in {
            VILLAGE_RULES[step].__name__ for step in recognition._STEPS
        }:
            for call in ast.walk(node):
                if isinstance(call, ast.Call) and isinstance(call.func, ast.Name):
                    if call.func.id == "Missing" and isinstance(call.args[0], ast.Constant):
                        blocking.add(call.args[0].value)
                    blocking |= {word.arg for word in call.keywords if word.arg}
    assert blocking | {"unsettled"} == set(LACKING)
    said = texts.lacking_text([Missing("unentered", 3), Missing("complaints")])
    assert said == "3 hộ chưa rà soát xong; 1 khiếu nại chưa trả lời"


def test_every_state_has_a_word() -> None:
    assert set(texts.STEP_STATUSES) == set(Status)
    assert set(texts.CASE_GROUNDS) == set(Ground)
    assert set(texts.CASE_OUTCOMES) == {None, *Outcome}
    assert set(texts.CASE_KEPT) == NOT_MET
    assert set(texts.FORM_STATES) == set(FormState)
    assert set(texts.RECHECK_RESULTS) == set(Result)
    assert set(texts.POSTING_SUBJECTS) == set(Subject)
    assert set(texts.OPERATIONS) == set(Op)


def test_every_limit_that_can_be_set_has_a_label() -> None:
    limits = {
        step.limit.setting
        for versions in shipped().workflows.values()
        for workflow in versions
        for step in workflow.steps
        if step.limit and step.limit.setting
    }
    assert limits == set(review_settings.DAYS)
    others = {"days_off", "working_days", "opinion_step", *settings.RULES}
    assert limits | others == set(texts.REVIEW_SETTINGS)
    assert set(COMMUNE_RULES) >= {review_settings.OPINION}
