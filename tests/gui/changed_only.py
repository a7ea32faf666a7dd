"""What typing a pile of forms costs in presses of keys, against typing every answer of them.

The pile is typed in the order of its list, each household to its end (F8) and on to the next form
(Enter); the baseline is the characters of each answer on the paper and Enter.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from uuid import UUID

from giamngheo_desktop.domain.answers import AnswerState
from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.domain.form import FieldKind
from giamngheo_desktop.domain.indicators import Answer
from giamngheo_desktop.domain.point_picks import joined
from giamngheo_desktop.gui.review.pile_page import PilePage
from giamngheo_desktop.gui.review.pile_place import PilePlace
from giamngheo_desktop.services import assessment, households
from giamngheo_desktop.services.review import case_entry, reviews
from giamngheo_desktop.services.review.reviews import NewReview, ReviewStandard
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.storage import records
from tests.gui import hands
from tests.gui.cases import BEGUN, THEN
from tests.gui.clerk import Clerk, text_of
from tests.gui.commune import VILLAGES, YEAR, World, make_world
from tests.gui.paper_forms import Paper, differences, field_of, last_year, paper_of
from tests.gui.points import give_points

_SURVEYED = date(YEAR, 6, 1)
_A_DAY = 8  # households that somebody surveys on one day
_PICKS = {
    "dependants": ("3-5",),
    "assets": ("motorbike", "fridge"),
    "land": ("rice",),
    "animals": (),
    "aquaculture": ("none",),
}


@dataclass(frozen=True)
class Pile:
    """`both`: also the standard of next year; `first`: it asks what nobody has asked before;
    `points`: Phiếu B1 scores itself.
    """

    name: str
    both: bool = False
    first: bool = False
    points: bool = False


PILES = (
    Pile("chuẩn 2022"),
    Pile("chuẩn 2022 và 2027", both=True),
    Pile("chuẩn 2022 và 2027, câu của 2027 hỏi lần đầu", both=True, first=True),
    Pile("chuẩn 2022, có bảng điểm B1", points=True),
    Pile("chuẩn 2022 và 2027, có bảng điểm B1", both=True, points=True),
)


@dataclass
class Count:
    """What was counted over a pile of forms."""

    pile: Pile
    forms: int = 0
    answers: int = 0
    new: int = 0  # of them nobody was asked before
    changed: int = 0  # of the others, beside the days of the survey
    wrong: int = 0
    unconfirmed: int = 0
    open: list[str] = field(default_factory=list)  # households that could not be closed
    presses: int = 0
    typed: int = 0
    new_presses: int = 0  # for what nobody was asked before
    new_typed: int = 0

    @property
    def ratio(self) -> float:
        return self.presses / self.typed

    @property
    def old_ratio(self) -> float:
        """Of the answers that stood there last year."""
        return (self.presses - self.new_presses) / (self.typed - self.new_typed)

    @property
    def share(self) -> float:
        return self.changed / (self.answers - self.new)

    def __str__(self) -> str:
        first = f" (không kể câu hỏi lần đầu: {self.old_ratio:.1%})" if self.pile.first else ""
        return (
            f"{self.pile.name}: {self.forms} phiếu, {self.answers} câu, đổi {self.share:.1%}: "
            f"{self.presses} phím, gõ hết {self.typed} phím, {self.ratio:.1%}{first}; "
            f"sai {self.wrong} câu, chưa kết thúc {len(self.open)} hộ"
        )


def type_pile(folder: Path, pile: Pile, forms: int, seed: int = 3) -> Count:
    """Type a pile; half of the households have changed, in 30 % of their answers."""
    rng = Random(seed)
    homes = tuple((0, f"Hộ {n}", rng.randint(2, 5), "poor", "poor") for n in range(forms))
    world = make_world(folder, villages=VILLAGES, homes=homes)
    _answer_last_year(world, pile, rng)
    if pile.points:
        give_points(world)
    page, count = _open_pile(world, pile), Count(pile)
    desk, view = world.desk, page.view
    clerk = Clerk(view)
    while (case := view.case) is not None:
        hands.until(lambda: view.form.seen)  # it is on the screen
        sheet = case_entry.open_case(desk.database, desk.definitions, case, desk.context.today())
        surveyed = _SURVEYED + timedelta(days=count.forms // _A_DAY)
        paper = paper_of(sheet, 0.3 if count.forms % 2 else 0, surveyed, rng)
        clerk.answer_form(paper)
        clerk.press(hands.Key.Key_F8)
        after = case_entry.open_case(desk.database, desk.definitions, case, desk.context.today())
        _add(count, after, paper)
        if after.case["outcome"] is None:
            count.open.append(view.header.waiting.text())
        clerk.press(hands.Key.Key_Return)
    count.presses, count.new_presses = clerk.presses, clerk.first
    page.close()
    page.deleteLater()
    world.close()
    return count


def _add(count: Count, after: case_entry.CaseSheet, paper: Paper) -> None:
    assert set(after.answers) == set(paper.values)
    count.forms += 1
    count.answers += len(paper.values)
    count.new += len(paper.new & paper.values.keys())
    count.changed += sum(code != "surveyed_on" for _, code in paper.changed - paper.new)
    count.wrong += len(differences(after, paper))
    confirmed = AnswerState.CONFIRMED
    count.unconfirmed += sum(state is not confirmed for state in after.answers.states.values())
    for key, value in paper.values.items():
        is_money = field_of(after, key).kind is FieldKind.MONEY  # all digits stand on the paper
        cost = len(str(value) if is_money else text_of(field_of(after, key), value)) + 1
        count.typed += cost
        count.new_typed += cost * (key in paper.new)


def _answer_last_year(world: World, pile: Pile, rng: Random) -> None:
    """Everything is answered that was asked a year ago."""
    for uid in world.homes:
        home = households.get(world.database, uid, THEN)
        full = last_year(home, rng, YEAR)
        if not pile.both or pile.first:
            full = replace(full, income=None)
        households.save(world.database, world.context, full, day=THEN, base=home)
        if pile.both and not pile.first:
            standard = world.desk.definitions.standards.get("2027")
            by_hand = [item.code for item in standard.indicators if item.test is None]
            ticks = {code: Answer(rng.random() < 0.3) for code in by_hand}
            assessment.save_answers(world.database, world.context, full, "2027", ticks)
    if pile.points:
        _pick_last_year(world)


def _pick_last_year(world: World) -> None:
    review = _begin(world, YEAR - 1, ["2022"])
    with write_unit(world.database, world.context, Op.ENTER_ANSWERS) as work:
        for row in records.find(work.connection, Kind.CASE, review=review):
            picks = joined(_PICKS)
            work.update(Kind.CASE, row["uid"], outcome="reviewed", b1_options=picks)


def _begin(world: World, year: int, standards: list[str]) -> UUID:
    purposes = zip(standards, ("movement", "next_opening"), strict=False)
    new = NewReview(
        year=year,
        begun_on=BEGUN.replace(year=year),
        reference_day=BEGUN.replace(year=year),
        standards=tuple(ReviewStandard(code=code, purpose=why) for code, why in purposes),
    )
    args = (world.database, world.context, world.desk.definitions, new)
    return reviews.begin(*args, commune=world.commune).value


def _open_pile(world: World, pile: Pile) -> PilePage:
    """The pile of the village, in list order, on its first form."""
    review = _begin(world, YEAR, ["2022", "2027"] if pile.both else ["2022"])
    village = world.villages[0]
    reviews.mark(world.database, world.context, review, "list", village=village, day=BEGUN)
    page = PilePage(world.desk)
    page.resize(1150, 690)
    page.show()
    hands.turn_to(page)
    place = PilePlace(review=review, village=village, in_order=True)
    page.begin(place, YEAR, {village: VILLAGES[0][0]})
    return page
