"""Migrations reach the schema of the tables, whole or not at all, and keep what is in the file."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from giamngheo_desktop import paths
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.issued import IssuedKind
from giamngheo_desktop.reports import make
from giamngheo_desktop.services import issuing, undo
from giamngheo_desktop.services.exchange import book
from giamngheo_desktop.services.issuing import NewIssue
from giamngheo_desktop.services.programme import entries
from giamngheo_desktop.storage import (
    areas,
    audit,
    exchange,
    tables,
    upgrade,
)
from giamngheo_desktop.storage import areas as areas_storage
from giamngheo_desktop.storage.engine import Database
from giamngheo_desktop.storage.schema import HEAD
from tests.harness.register import (
    TODAY,
    dump,
    make_register,
)
from tests.harness.tables import definitions

YEAR = 2026


def tables_of(database: Database) -> dict[str, str]:
    query = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name"
    with database.reader() as connection:
        return dict(connection.exec_driver_sql(query).all())


def test_from_empty_the_migrations_make_exactly_the_tables(tmp_path: Path) -> None:
    database = Database(tmp_path / "new.db")
    upgrade.upgrade(database)
    with database.reader() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, tables.metadata) == []
        assert upgrade.stored_revision(connection, database.path) == HEAD
    database.close()


def test_the_schema_of_the_program_is_the_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(paths.migrations()).replace("%", "%%"))
    scripts = ScriptDirectory.from_config(config)
    assert scripts.get_heads() == [HEAD]
    revisions = [script.revision for script in scripts.walk_revisions()]
    # Told apart by comparing texts, so that Alembic need not be loaded to open a file.
    assert revisions == sorted(revisions, reverse=True)
    assert all(len(revision) == 4 and revision.isdigit() for revision in revisions)


def test_a_closed_year_of_an_older_file_is_the_first_edition(tmp_path: Path) -> None:
    database = Database(tmp_path / "old.db")
    upgrade.upgrade(database, "0001")
    register = make_register(database)
    home = register.household("Một", "Hai")
    village, commune = register.villages["A"].hex, register.commune.hex
    with database.writer() as connection:
        connection.exec_driver_sql(
            "INSERT INTO review_round (uid, removed, area, review_year, standard, kind, closed_on)"
            f" VALUES ('1', 0, '{commune}', 2025, '2022', 'periodic', '2025-12-31')"
        )
        connection.exec_driver_sql(
            "INSERT INTO review_result (uid, removed, round, household, standard, review_year,"
            " recognised, village, household_class, average_living, persons)"
            f" VALUES ('2', 0, '1', '{home.uid.hex}', '2022', 2025, 1, '{village}', 'poor', 0, 2)"
        )
        tables_before = {
            name: connection.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar_one()
            for name in sa.inspect(connection).get_table_names()
        }
    upgrade.upgrade(database)
    with database.reader() as connection:
        for name, count in tables_before.items():
            found = connection.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar_one()
            assert found == count, name
        row = connection.exec_driver_sql("SELECT edition_from, edition_to FROM review_result")
        assert row.all() == [(1, None)]
        round_ = connection.exec_driver_sql("SELECT uid, review FROM review_round").all()
        assert round_ == [("1", None)]
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
    database.close()


def test_a_package_of_an_older_file_has_no_file_and_its_action_is_told(tmp_path: Path) -> None:
    database = Database(tmp_path / "old.db")
    upgrade.upgrade(database, "0007")
    register = make_register(database)
    with database.writer() as connection:
        (group,) = connection.exec_driver_sql("SELECT max(uid) FROM audit_group").one()
        connection.exec_driver_sql(
            "UPDATE audit_group SET op = 'send_package' WHERE uid = ?", (group,)
        )
        package = "1" * 32
        connection.exec_driver_sql(
            "INSERT INTO package (uid, removed, area, kind, direction, sha256, note)"
            f" VALUES ('{package}', 0, '{register.commune.hex}', 'up', 'sent', 'abc', 'province')"
        )
        connection.exec_driver_sql(
            'INSERT INTO audit_change (uid, "group", kind, record, field)'
            f" VALUES ('{'2' * 32}', '{group}', 'package', '{package}', '')"
        )
    upgrade.upgrade(database)
    (entry,) = book.entries(database)
    assert entry.is_sent
    assert [(one.name, one.sha256, one.note) for one in entry.files] == [("", "abc", "province")]
    assert (entry.households, entry.has_report) == (None, False)
    with database.reader() as connection:
        assert connection.exec_driver_sql("SELECT content FROM package").all() == [(None,)]
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
    database.close()


def test_a_population_of_an_older_file_counts_in_every_edition(tmp_path: Path) -> None:
    database = Database(tmp_path / "old.db")
    upgrade.upgrade(database, "0003")
    register = make_register(database)
    village = register.villages["A"]
    with database.writer() as connection:
        connection.exec_driver_sql(
            "INSERT INTO population (uid, removed, area, year, households, persons)"
            f" VALUES ('{'1' * 32}', 0, '{village.hex}', {YEAR}, 100, 400)"
        )
    upgrade.upgrade(database)
    with database.reader() as connection:
        for edition in (None, 1, 7):
            row = areas.population_of(connection, YEAR, edition)[village]
            assert (row["households"], row["persons"], row["counted_by"]) == (100, 400, None)
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
    twin = (
        "INSERT INTO population (uid, removed, area, year, edition_to)"
        f" VALUES ('{{}}', 0, '{village.hex}', {YEAR}, {{}})"
    )
    with database.writer() as connection:
        connection.exec_driver_sql(twin.format("2" * 32, 3))  # what counted before a correction
    with pytest.raises(sa.exc.IntegrityError), database.writer() as connection:
        connection.exec_driver_sql(twin.format("3" * 32, "NULL"))
    database.close()


def test_a_year_closed_before_causes_and_children_were_kept_stays_without(tmp_path: Path) -> None:
    database = Database(tmp_path / "old.db")
    upgrade.upgrade(database, "0003")
    register = make_register(database)
    home = register.household("Một", "Hai")
    person = home.members[0].uid.hex
    village, commune = register.villages["A"].hex, register.commune.hex
    with database.writer() as connection:
        connection.exec_driver_sql(
            "INSERT INTO review_round (uid, removed, area, review_year, standard, kind, closed_on)"
            f" VALUES ('1', 0, '{commune}', 2025, '2022', 'periodic', '2025-12-31')"
        )
        connection.exec_driver_sql(
            "INSERT INTO review_result (uid, removed, round, household, standard, review_year,"
            " recognised, village, household_class, average_living, persons, deprived_bits)"
            f" VALUES ('2', 0, '1', '{home.uid.hex}', '2022', 2025, 1, '{village}', 'poor', 0, 2,"
            " 7)"
        )
        connection.exec_driver_sql(
            "INSERT INTO review_result_person (uid, removed, result, person)"
            f" VALUES ('3', 0, '2', '{person}')"
        )
    upgrade.upgrade(database)
    with database.reader() as connection:
        query = "SELECT deprived_bits, causes, children, most_children_uninsured FROM review_result"
        assert connection.exec_driver_sql(query).all() == [(7, None, None, None)]
        people = "SELECT result, person, counted_as FROM review_result_person"
        assert connection.exec_driver_sql(people).all() == [("2", person, None)]
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
    doc = make.make(database, definitions(), "BC11", year=2025)
    row = doc.tables[0].rows[0]
    assert {cell.missing for cell in row.cells[:4]} == {"closed_before"}
    database.close()


def test_an_older_file_gets_an_empty_book_of_issued_papers(tmp_path: Path) -> None:
    database = Database(tmp_path / "old.db")
    upgrade.upgrade(database, "0004")
    register = make_register(database)
    home = uuid4()
    with database.writer() as connection:
        connection.exec_driver_sql(
            f"INSERT INTO household (uid, removed, code) VALUES ('{home.hex}', 0, 'ST-1')"
        )
    before = dump_of(database, "household")
    upgrade.upgrade(database)
    assert dump_of(database, "household") == before
    assert issuing.issued(database) == []
    new = NewIssue(
        kind=IssuedKind.REPORT, code="BC1", title="Biểu", year=YEAR, issued_on=TODAY,
        household=home, asked="", document="",
    )  # fmt: skip
    issuing.issue(database, register.context, new)
    with database.reader() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
    with pytest.raises(sa.exc.IntegrityError):
        issuing.issue(database, register.context, replace(new, document="x", household=uuid4()))
    database.close()


def test_the_audit_of_an_older_file_stays_whole_and_names_no_other_copy(tmp_path: Path) -> None:
    database = Database(tmp_path / "old.db")
    upgrade.upgrade(database, "0006")
    register = make_register(database)
    household = register.household("Hoàng Thị Bích")
    before = [dump_of(database, name) for name in ("audit_group", "household")]
    changes = dump_of(database, "audit_change")
    upgrade.upgrade(database)
    assert [dump_of(database, name) for name in ("audit_group", "household")] == before
    assert [row[:-2] for row in dump_of(database, "audit_change")] == changes
    with database.reader() as connection:
        assert audit.broken_link(connection) is None
        history = exchange.read(connection, {household.uid: Kind.HOUSEHOLD})
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
    assert [edit.field for edit in history.edits.values()] == [audit.CREATED]
    database.close()


def test_what_villages_were_given_stays_and_belongs_to_no_plan(tmp_path: Path) -> None:
    database = Database(tmp_path / "old.db")
    upgrade.upgrade(database, "0011")
    register = make_register(database)
    village = register.villages["A"]
    with database.writer() as connection:
        connection.exec_driver_sql(
            "INSERT INTO village_target (uid, removed, area, year, poor_decrease, "
            f"near_poor_decrease) VALUES ('{uuid4().hex}', 0, '{village.hex}', {YEAR}, 3, -1)"
        )
    upgrade.upgrade(database)
    with database.reader() as connection:
        row = areas_storage.targets_of(connection, YEAR)[village]
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
    assert (row["poor_decrease"], row["near_poor_decrease"], row["document"]) == (3, -1, None)
    with database.writer() as connection, pytest.raises(sa.exc.IntegrityError):  # one a year
        connection.exec_driver_sql(
            "INSERT INTO village_target (uid, removed, area, year) "
            f"VALUES ('{uuid4().hex}', 0, '{village.hex}', {YEAR})"
        )
    database.close()


def test_of_an_officer_of_an_older_file_nobody_says_the_work(tmp_path: Path) -> None:
    database = Database(tmp_path / "old.db")
    upgrade.upgrade(database, "0012")
    register = make_register(database)
    home = register.household("Một")
    with database.writer() as connection:
        connection.exec_driver_sql(
            "INSERT INTO officer (uid, removed, area, full_name, poverty_officer, valid_from)"
            f" VALUES ('{'1' * 32}', 0, '{register.commune.hex}', 'Thu', 1, '2024-01-01')"
        )
        connection.exec_driver_sql(
            "INSERT INTO assignment (uid, removed, household, area, officer, valid_from) VALUES"
            f" ('{'2' * 32}', 0, '{home.uid.hex}', '{register.commune.hex}', '{'1' * 32}',"
            " '2024-01-01')"
        )
    helped = dump_of(database, "assignment")
    upgrade.upgrade(database)
    with database.reader() as connection:
        query = "SELECT full_name, poverty_officer, information_officer FROM officer"
        assert connection.exec_driver_sql(query).all() == [("Thu", 1, None)]
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
    assert dump_of(database, "assignment") == helped
    form = definitions().records[Kind.OFFICER]
    (uid, values), *_ = entries.entries(database, form).items()
    entries.save(database, register.context, form, {**values, "information_officer": True}, uid)
    (told,) = entries.entries(database, form).values()
    assert told == {**values, "information_officer": True}
    undo.undo(database, register.context, undo.next_step(database).group)
    assert entries.entries(database, form) == {uid: values}
    database.close()


def dump_of(database: Database, table: str) -> list[tuple[object, ...]]:
    with database.reader() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(f"SELECT * FROM {table}").all()]


# --- a further migration -------------------------------------------------------------------------

NEXT = f'''
import sqlalchemy as sa
from alembic import op

revision = "0999"
down_revision = "{HEAD}"
branch_labels = None
depends_on = None

def upgrade():
{{body}}
'''


def scripts_with(folder: Path, *body: str) -> Path:
    """The program's migrations and one more."""
    shutil.copytree(paths.migrations(), folder / "migrations")
    text = NEXT.format(body="\n".join(f"    {line}" for line in body))
    (folder / "migrations" / "versions" / "0999_next.py").write_text(text, encoding="utf-8")
    return folder / "migrations"


REBUILD = (
    'with op.batch_alter_table("household", recreate="always") as batch:',
    '    batch.add_column(sa.Column("extra", sa.Text, server_default="x"))',
    'with op.batch_alter_table("area", recreate="always") as batch:',
    '    batch.alter_column("level", new_column_name="rank")',
)


def test_batch_mode_keeps_the_children_and_the_keys_come_back_on(
    database: Database, tmp_path: Path
) -> None:
    """Recreating a parent with enforced keys would empty tables that cascade."""
    with database.migrating() as connection:
        connection.exec_driver_sql(
            "CREATE TABLE child (uid TEXT PRIMARY KEY, home TEXT NOT NULL"
            " REFERENCES household (uid) ON DELETE CASCADE)"
        )
    register = make_register(database)
    home = register.household("Một", "Hai")
    with database.writer() as connection:
        connection.exec_driver_sql(f"INSERT INTO child VALUES ('1', '{home.uid.hex}')")
    before = dump(database)
    upgrade.upgrade(database, scripts=scripts_with(tmp_path, *REBUILD))
    with database.reader() as connection:
        count = "SELECT count(*) FROM "
        assert connection.exec_driver_sql(count + "child").scalar_one() == 1
        for kind, rows in before.items():
            found = connection.exec_driver_sql(f'{count} "{kind.value}"').scalar_one()
            assert found == len(rows), kind
        assert connection.exec_driver_sql("SELECT extra FROM household").scalar_one() == "x"
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1
    with pytest.raises(sa.exc.IntegrityError), database.writer() as connection:
        connection.exec_driver_sql("INSERT INTO child VALUES ('2', 'nobody')")
    with database.writer() as connection:
        connection.exec_driver_sql("DELETE FROM child")


def test_the_keys_are_off_only_on_the_connection_that_migrates(database: Database) -> None:
    with database.migrating() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 0
        with database.reader() as other:
            assert other.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1
    for _ in range(3):  # whichever connection of the pool comes back
        with database.writer() as connection:
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ((*REBUILD, 'op.execute("INSERT INTO nowhere VALUES (1)")'), sa.exc.OperationalError),
        ((*REBUILD, 'raise RuntimeError("half way")'), RuntimeError),
        (
            (
                *REBUILD,
                "op.execute(\"UPDATE household_place SET household = 'gone'\")",
            ),
            AppError,
        ),
    ],
)
def test_a_failing_migration_leaves_the_old_file(
    database: Database, tmp_path: Path, body: tuple[str, ...], error: type[Exception]
) -> None:
    make_register(database).household("Một")
    before, schema = dump(database), tables_of(database)
    scripts = scripts_with(tmp_path, *body)
    with pytest.raises(error):
        upgrade.upgrade(database, scripts=scripts)
    assert tables_of(database) == schema
    assert dump(database) == before
    assert not upgrade.needs_upgrade(database)
    with database.writer() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1


def test_an_upgraded_file_is_newer_for_this_program(database: Database, tmp_path: Path) -> None:
    upgrade.upgrade(database, scripts=scripts_with(tmp_path, "pass"))
    with pytest.raises(AppError) as refused:
        upgrade.needs_upgrade(database)
    assert refused.value.code == "database_newer"
    assert refused.value.params["revision"] == "0999"


# --- another database, and the plan of this one --------------------------------------------------
