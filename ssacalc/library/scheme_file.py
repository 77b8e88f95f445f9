"""Version 1 of the file format of a scheme: the form of each of its parts."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from ssacalc.domain.case import Branch, PeriodKind
from ssacalc.domain.money import Per, Rounding
from ssacalc.domain.rules import Payment
from ssacalc.domain.scheme import ConditionKind, CountingKind, Maturity
from ssacalc.domain.units import Remainder, Unit
from ssacalc.library.formula_file import AnyBlock, BlockFile, Name, RoundingFile, rounding
from ssacalc.library.instrument_file import CountryCode, Identifier, SourceFile, Status
from ssacalc.models import Day, FileModel, Number

FORMAT = "ssacalc-scheme/1"
SERIES_FORMAT = "ssacalc-series/1"


class Cited(FileModel):
    """What every datum of the law says of itself: its place, where that was read, and how well."""

    article: str = ""
    source: str | None = None
    status: Status | None = None
    note: str = ""


class SchemeSourceFile(SourceFile):
    """Where a law or figure was read; ``short`` is how citations name it."""

    short: str = ""


class CountingFile(FileModel):
    """How the scheme counts its own dated periods."""

    kind: CountingKind
    remainder: Remainder = Remainder.UP
    month_days: int = Field(default=30, ge=30, le=31)
    since_age: int | None = Field(default=None, ge=0, le=120)
    until_age: int | None = Field(default=None, ge=0, le=120)
    counted_from: Day | None = None
    yearly_cap: Number | None = None
    kinds: tuple[PeriodKind, ...] = ()
    days_per_week: Literal[5, 6, 7] | None = None


class ValidFile(Cited):
    """A datum with its days in force and the birth dates it is for."""

    since: Day | None = None
    until: Day | None = None
    born_since: Day | None = None
    born_until: Day | None = None


class ValueFile(ValidFile):
    """One value of a figure."""

    value: Number


class CurrencyFile(ValidFile):
    """The currency of the scheme's amounts through time."""

    value: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]


class RowsFile(ValidFile):
    """One edition of a table: rows of the number from which, and the value."""

    rows: tuple[tuple[Number, Number], ...] = Field(min_length=1)


class FigureFile(Cited):
    """A named figure through time. What it says of its place holds for values that say nothing."""

    name: Name
    unit: str
    values: tuple[ValueFile, ...] = Field(min_length=1)


class TableFile(Cited):
    """A named table through time."""

    name: Name
    unit: str
    values: tuple[RowsFile, ...] = Field(min_length=1)


class SeriesFile(Cited):
    """A named yearly series, in the scheme's file or in a file beside it."""

    name: Name
    unit: str = ""
    values: dict[int, Number] = Field(default_factory=dict)
    file: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9.-]*\.toml$")] | None = None


class SeriesDataFile(Cited):
    """A yearly series in a file of its own."""

    format: Literal["ssacalc-series/1"]
    title: str = ""
    unit: str = ""
    values: dict[int, Number] = Field(min_length=1)


class ConditionFile(Cited):
    """What the scheme asks for before it pays."""

    kind: ConditionKind
    figure: str
    window: str | None = None
    abroad: bool | None = None
    remainder: Remainder = Remainder.EXACT
    branches: tuple[Branch, ...] = ()
    sex: Literal["F", "M"] | None = None
    route: str = ""
    by_month: bool = False
    calendar_years: bool = False
    at_entry: bool = False


class SurvivorFile(Cited):
    """What survivors of one role get of the amount of the formula; all but the role are figures."""

    role: Name
    share: str
    divided: bool = False
    cap: str | None = None
    from_age: str | None = None
    until_age: str | None = None
    disabled_until_age: str | None = None


class AbroadFile(Cited):
    """How national law pays abroad."""

    payment: Payment
    after_months: int | None = None
    unless_units: str | None = None
    unit: Unit | None = None
    nationals: bool | None = None
    places: tuple[CountryCode, ...] = ()


def _dated_currency(given: object) -> object:
    return [{"value": given}] if isinstance(given, str) else given


class SchemeFile(FileModel):
    """A scheme: what it counts, asks for, pays and where all of that stands."""

    format: Literal["ssacalc-scheme/1"]
    id: Identifier
    country: CountryCode
    title: str
    branch: Branch
    unit: Unit
    per: Per
    maturity: Maturity
    status: Status | None = None
    checked: Day | None = None
    note: str = ""
    article: str = ""
    source: str | None = None
    residence_based: bool = False
    facts: tuple[Name, ...] = ()
    currency: Annotated[
        tuple[CurrencyFile, ...], BeforeValidator(_dated_currency), Field(min_length=1)
    ]
    sources: tuple[SchemeSourceFile, ...] = Field(min_length=1)
    counting: CountingFile
    figures: tuple[FigureFile, ...] = ()
    tables: tuple[TableFile, ...] = ()
    series: tuple[SeriesFile, ...] = ()
    conditions: tuple[ConditionFile, ...] = ()
    blocks: tuple[AnyBlock, ...] = ()
    amount: str | None = None
    parts: dict[str, str] = Field(default_factory=dict)
    minimum_amount: str | None = None
    qualifying: str | None = None
    full_career: str | None = None
    rounding: RoundingFile | None = None
    abroad: tuple[AbroadFile, ...] = ()
    also: tuple[Branch, ...] = ()
    survivors: tuple[SurvivorFile, ...] = ()
    survivors_cap: str | None = None
    under: str | None = None

    def amount_rounding(self) -> Rounding | None:
        """Return the rounding of the amount; ``None`` where the law names none."""
        return rounding(self.rounding)

    def cited(self) -> Iterator[tuple[str, Cited | BlockFile]]:
        """Yield every datum that names a source, with its place."""
        for kind in ("figures", "tables", "currency"):
            for number, entry in enumerate(getattr(self, kind), 1):
                yield f"{kind}[{number}]", entry
                for index, value in enumerate(getattr(entry, "values", ()), 1):
                    yield f"{kind}[{number}].values[{index}]", value
        for kind in ("series", "conditions", "blocks", "abroad", "survivors"):
            for number, entry in enumerate(getattr(self, kind), 1):
                yield f"{kind}[{number}]", entry
