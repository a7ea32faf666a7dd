"""Where a review stands: every step with its state, from what is recorded and nothing else."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.review_case import Outcome
from giamngheo_desktop.domain.review_flow import ReviewFacts, ReviewFlow, VillageFacts
from giamngheo_desktop.services.review import review_settings, reviews
from giamngheo_desktop.services.review.present_list import LISTED as LISTED
from giamngheo_desktop.storage import records
from giamngheo_desktop.storage import reviews as stored
from giamngheo_desktop.storage.engine import Connection, Database


def flow(database: Database, definitions: Definitions, review: UUID, today: date) -> ReviewFlow:
    """Every step of a review with its state on `today`."""
    with database.reader() as connection:
        return flow_in(connection, definitions, review, today)


def flow_in(
    connection: Connection, definitions: Definitions, review: UUID, today: date
) -> ReviewFlow:
    """`flow` within a transaction."""
    row = reviews.get(connection, review)
    workflow = definitions.workflow(row["workflow"], row["begun_on"])
    own = review_settings.read(connection, row["closed_on"] or today)
    facts, calendar = facts_of(connection, review), own.calendar(definitions)
    return ReviewFlow(workflow, facts, today, calendar, own.days, own.switched_on)


def facts_of(connection: Connection, review: UUID) -> ReviewFacts:
    """All that the flow of a review follows from."""
    row = reviews.get(connection, review)
    standards = records.find(connection, Kind.REVIEW_STANDARD, review=review)
    marks = records.find(connection, Kind.REVIEW_MARK, review=review)
    of_commune = {item["step"]: item["done_on"] for item in marks if item["village"] is None}
    answered = row["month"] is not None and not records.find(
        connection, Kind.APPLICATION, review=review, outcome=None
    )  # a month whose applications were all refused has no decision
    return ReviewFacts(
        year=row["review_year"],
        begun_on=row["begun_on"],
        standards=tuple(item["standard"] for item in standards),
        decided=frozenset(item["standard"] for item in standards if item["decision"] or answered),
        reported_on=of_commune.get("summarise"),
        closed_on=row["closed_on"],
        marks=of_commune,
        villages=tuple(_villages(connection, row, standards, marks)),
    )


def _villages(
    connection: Connection,
    review: Mapping[str, Any],
    standards: Iterable[Mapping[str, Any]],
    marks: Iterable[Mapping[str, Any]],
) -> Iterable[VillageFacts]:
    uid, year = review["uid"], review["review_year"]
    cases = _by_village(stored.cases(connection, uid))
    surveyors = _by_village(records.find(connection, Kind.SURVEYOR, review=uid))
    postings = _by_village(records.find(connection, Kind.POSTING, review=uid))
    complaints = _by_village(records.find(connection, Kind.COMPLAINT, review=uid))
    meetings = Counter(row["village"] for row in records.find(connection, Kind.MEETING, review=uid))
    populations = {row["area"] for row in records.find(connection, Kind.POPULATION, year=year)}
    # What the next standard finds may stay open: its lists begin next year, its decision waits.
    codes = {item["standard"] for item in standards if item["purpose"] != "next_opening"} or {
        item["standard"] for item in standards
    }
    classes: dict[UUID, dict[str, str]] = defaultdict(dict)
    for result in stored.results(connection, uid):
        if result["household_class"]:
            classes[result["review_case"]][result["standard"]] = result["household_class"]
    last_vote = {row["review_case"]: row for row in stored.votes(connection, uid)}
    own = reviews.main_standard(standards)
    recognised: dict[UUID, str] | None = None  # what its decision says of each household
    if own is not None and own["decision"] is not None:
        decided = stored.recognised(connection, own["decision"], own["standard"])
        recognised = {row["household"]: row["household_class"] for row in decided}
    certified = stored.certified(connection, year, review["begun_on"])
    for village in reviews.villages_of(connection, review):
        own_cases = cases[village]
        reviewed = [row for row in own_cases if row["outcome"] == "reviewed"]
        open_or_reviewed = [row for row in own_cases if row["outcome"] in (None, Outcome.REVIEWED)]
        voted = [last_vote[row["uid"]] for row in open_or_reviewed if row["uid"] in last_vote]
        first = [row for row in postings[village] if row["subject"] == "results"]
        again = [row for row in postings[village] if row["subject"] == "recheck"]
        posted_on = max((row["begun_on"] for row in first), default=None)
        waiting = [row for row in complaints[village] if row["answered_on"] is None]
        changed = [row for row in complaints[village] if row["result"] == "changed"]
        rechecked = {row["review_case"] for row in changed}
        last_again = max((row["begun_on"] for row in again), default=date.min)
        names = {row["uid"]: set(classes[row["uid"]].values()) for row in reviewed}
        found = {
            row["household"]: classes[row["uid"]].get(own["standard"] if own else "")
            for row in reviewed
        }
        if recognised is not None:
            found = {row["household"]: recognised.get(row["household"]) for row in own_cases}
        yield VillageFacts(
            village=village,
            surveyors=len(surveyors[village]),
            has_population=village in populations,
            cases=len(own_cases),
            unscreened=sum(
                row["ground"] == "applied" and row["screened_in"] is None and not row["outcome"]
                for row in own_cases
            ),
            unentered=sum(row["outcome"] is None for row in own_cases),
            unsettled=sum(not codes <= classes[row["uid"]].keys() for row in reviewed),
            unvoted=sum(row["uid"] not in last_vote for row in reviewed),
            outvoted=sum(not agreed(vote) for vote in voted),
            meetings=meetings[village],
            posted_on=posted_on,
            posted_until=max((row["last_day"] for row in first), default=None),
            complained_on=min((row["received_on"] for row in waiting), default=None),
            complaints=len(waiting),
            reposted_until=max((row["last_day"] for row in again), default=None),
            unposted=sum(
                posted_on is not None
                and vote["held_on"] > posted_on
                and vote["review_case"] not in rechecked
                for vote in voted
            ),
            unposted_rechecks=sum(row["rechecked_on"] > last_again for row in changed),
            recognisable=sum(
                row["ground"] in LISTED or not names.get(row["uid"], set()).isdisjoint(LISTED)
                for row in own_cases
            ),
            uncertified=sum(
                name in LISTED and household not in certified for household, name in found.items()
            ),
            marks={row["step"]: row["done_on"] for row in marks if row["village"] == village},
        )


def agreed(vote: Mapping[str, Any]) -> bool:
    """At least half of all who attended (QĐ 24/2021, Điều 4)."""
    return bool(2 * vote["agreed"] >= vote["attendants"])


def _by_village(rows: Iterable[dict[str, Any]]) -> defaultdict[UUID, list[dict[str, Any]]]:
    found: defaultdict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        found[row["village"]].append(row)
    return found
