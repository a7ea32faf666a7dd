"""How every table is built: one metadata, and the columns that recorded things have in common."""

from __future__ import annotations

import sqlalchemy as sa

from giamngheo_desktop.domain.changes import Kind

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def recorded(kind: Kind, *columns: sa.Column[object] | sa.Index) -> sa.Table:
    return sa.Table(
        kind.value,
        metadata,
        sa.Column("uid", sa.Uuid, primary_key=True),
        sa.Column("removed", sa.Boolean, nullable=False, server_default=sa.false()),
        *columns,
    )


def reference(kind: Kind, name: str = "", *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(
        name or kind.value, sa.Uuid, sa.ForeignKey(f"{kind.value}.uid"), nullable=nullable
    )


def same_kind(kind: Kind, name: str) -> sa.Column[object]:
    """Points at another record of its own kind, which may be written after it."""
    key = sa.ForeignKey(f"{kind.value}.uid", deferrable=True, initially="DEFERRED")
    return sa.Column(name, sa.Uuid, key)


def text(name: str, *, required: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Text, nullable=not required)


def integer(name: str, *, required: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Integer, nullable=not required)


def money(name: str, *, required: bool = False) -> sa.Column[object]:
    """Whole đồng."""
    return sa.Column(name, sa.BigInteger, nullable=not required)


def day(name: str, *, required: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Date, nullable=not required)


def flag(name: str, *, required: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Boolean, nullable=not required)


def validity() -> tuple[sa.Column[object], sa.Column[object]]:
    return day("valid_from", required=True), day("valid_to")
