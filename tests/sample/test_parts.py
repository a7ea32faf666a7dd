"""The small parts the sample is drawn with: shares that add up, kin, names."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giamngheo_desktop import paths
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.sample import make_sample, seeded_contexts
from giamngheo_desktop.sample.chance import Pool, apportion, count_of, heaviest, parts
from giamngheo_desktop.sample.families import LARGEST, Families
from giamngheo_desktop.sample.material import read_material
from giamngheo_desktop.sample.people import People, relation
from tests.harness.register import empty_database

DAY = date(2026, 6, 1)
SEEDS = st.integers(0, 1_000_000)
MATERIAL = read_material(paths.resources() / "sample")


@given(st.integers(0, 20_000), st.lists(st.integers(0, 500), min_size=1, max_size=20))
def test_shares_add_up_and_stay_within_one_of_the_exact_share(total: int, weights: list[int]):
    shares = apportion(total, weights)
    whole = sum(weights)
    assert sum(shares) == (total if whole else 0)
    for share, weight in zip(shares, weights, strict=True):
        assert not whole or abs(share * whole - total * weight) < whole


def test_shares_of_the_printed_sum_are_the_printed_numbers():
    printed = [village.poor for village in MATERIAL.villages]
    assert apportion(51, printed) == printed


@given(st.integers(0, 40), st.integers(0, 12), st.integers(1, 6), SEEDS)
def test_sizes_add_up(total: int, count: int, highest: int, seed: int):
    sizes = parts(Random(seed), total, count, highest)
    assert len(sizes) == count
    assert all(1 <= size <= highest for size in sizes)
    assert sum(sizes) == max(count, min(total, count * highest))


def test_pool_reads_weights():
    pool = Pool.from_text("Văn 3, Thị Thu 2, Bá")
    assert pool.words == ("Văn", "Thị Thu", "Bá")
    assert pool.cumulative == (3, 5, 6)


def test_draws_respect_nought():
    random = Random(1)
    assert count_of(random, 0.0) == 0
    assert {count_of(random, 2.5) for _ in range(50)} == {2, 3}
    assert heaviest(random, ["a", "b"], [0.0, 1.0], 2) == ["b"]


@given(st.integers(1, LARGEST), st.sampled_from(["elder", "poor", "common"]), SEEDS)
def test_families_have_their_size_and_named_kin(size: int, kind: str, seed: int):
    people = People(Random(seed), MATERIAL.names)
    members = Families(people).make(min(size, 2) if kind == "elder" else size, kind, DAY)
    assert len(members) == (min(size, 2) if kind == "elder" else size)
    head = members[0]
    assert head.age(DAY) >= 18
    ties = [relation(head, member) for member in members]
    assert ties.count("head") == 1
    assert "other" not in ties
    for member in members:
        assert member.full_name.split()[-1] == member.given_name
        assert member.birth.earliest <= member.born <= member.birth.latest
        for parent in member.parents:
            assert (member.born - parent.born).days // 365 >= 17
        if member.father is not None and member.father in members:
            assert member.family == member.father.family


def test_who_is_what_to_whom():
    people = People(Random(3), MATERIAL.names)

    def person(sex: str, age: int, **kin: object):
        return people.person(sex, age, DAY, group="01", **kin)

    grandmother = person("female", 70)
    man, woman = person("male", 45, mother=grandmother), person("female", 42)
    man.spouse, woman.spouse = woman, man
    son = person("male", 22, father=man, mother=woman)
    bride = person("female", 21)
    son.spouse, bride.spouse = bride, son
    baby = person("female", 0, father=son, mother=bride)
    brother = person("male", 40, mother=grandmother)
    everybody = (man, woman, grandmother, son, bride, baby, brother)
    assert [relation(man, one) for one in everybody] == [
        "head", "wife", "mother", "child", "daughter_in_law", "grandchild", "sibling",
    ]  # fmt: skip
    assert [relation(woman, one) for one in everybody[:4]] == ["husband", "head", "mother", "child"]
    assert [relation(son, one) for one in everybody[:3]] == ["father", "mother", "grandmother"]
    assert relation(son, brother) == "other"


def test_stopping_half_way_writes_no_half_year(tmp_path, definitions: Definitions):
    class EnoughError(Exception):
        pass

    def stop(done: int, steps: int) -> None:
        assert 0 < done <= steps
        if done == steps - 3:
            raise EnoughError

    with empty_database(tmp_path / "a.db") as database:
        with pytest.raises(EnoughError):
            make_sample(
                database, seeded_contexts(1, "x"), definitions, households=60, seed=1, progress=stop
            )
        with database.reader() as connection:
            rounds = connection.exec_driver_sql("SELECT count(*) FROM review_round").scalar()
            groups = connection.exec_driver_sql("SELECT count(*) FROM audit_group").scalar()
    assert (rounds, groups) == (5, 5)


@pytest.mark.parametrize("size", [1, 5, 60])
def test_small_registers(tmp_path, definitions: Definitions, size: int):
    with empty_database(tmp_path / "a.db") as database:
        make_sample(database, seeded_contexts(1, "x"), definitions, households=size, seed=1)
        with database.reader() as connection:
            here = connection.exec_driver_sql(
                "SELECT count(*) FROM household_place WHERE valid_to IS NULL"
            ).scalar()
    assert here == size
