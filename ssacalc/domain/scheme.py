"""National schemes: figures, conditions and a formula composed of a closed set of blocks."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

from ssacalc.domain.agreement import Source
from ssacalc.domain.blocks import FormulaBlock, Series, Table
from ssacalc.domain.case import Branch
from ssacalc.domain.dated import Dated
from ssacalc.domain.money import Per, Rounding
from ssacalc.domain.rules import Payment
from ssacalc.domain.trace import Citation
from ssacalc.domain.units import Remainder, Unit


class CountingKind(StrEnum):
    """How a scheme turns dated periods into its units when no duration was certified."""

    DAYS = "days"
    """Every day, both ends counted."""
    CALENDAR_MONTHS = "calendar-months"
    """Every calendar month with at least one day of insurance is a whole month."""
    MONTHS_AND_DAYS = "months-and-days"
    """Whole months from date to date, the odd days added up at so many days a month."""
    CALENDAR_WEEKS = "weeks"
    """Seven days are a week."""
    CALENDAR_QUARTERS = "calendar-quarters"
    """Every calendar quarter with at least one day of insurance is a whole quarter."""
    CALENDAR_YEARS = "calendar-years"
    """Every calendar year with at least one day of insurance is a whole year."""


@dataclass(frozen=True, slots=True)
class Counting:
    """A scheme's rule for counting its own dated periods.

    ``since_age`` and ``until_age`` bound the years of life that count (residence schemes);
    ``counted_from`` the first day that counts at all; ``yearly_cap`` the most units a calendar
    year can give; ``month_days`` how many odd days make a month (30 or
    31: with fewer, more time could count for less); ``remainder`` what happens to
    days left over after the final addition. ``kinds`` (empty = all) are the kinds of period the
    scheme counts: a residence scheme counts residence, an insurance scheme does not.
    """

    kind: CountingKind
    remainder: Remainder = Remainder.UP
    month_days: int = 30
    since_age: int | None = None
    until_age: int | None = None
    counted_from: date | None = None
    yearly_cap: Fraction | None = None
    kinds: tuple[str, ...] = ()
    days_per_week: int | None = None


class ConditionKind(StrEnum):
    """What a scheme asks for before it pays (a closed set)."""

    AGE = "age"
    """Having reached an age (years, or months after them, by birth cohort)."""
    UNITS = "units"
    """So many units in all."""
    UNITS_IN_WINDOW = "units-in-window"
    """So many units within so many years before the claim."""
    YEARLY_AVERAGE = "yearly-average"
    """So many units a year on average since entry into insurance."""
    FULLY_INSURED = "fully-insured"
    """As many quarters as calendar years elapsed since 21 (42 USC 414(a))."""
    AGE_OR_LESS = "age-at-entry"
    """First insured at or below an age."""
    OWN_UNITS = "own-units"
    """So many units of the scheme's own, never foreign ones."""
    INSURED_AT_EVENT = "insured-at-event"
    """Insured on the day of the claim, or within a window of years before it."""
    BORN = "born"
    """Born within bounds: tells which of two schemes a person belongs to."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of a scheme, with the figures that quantify it.

    ``figure`` names the threshold among the scheme's figures; ``window`` the figure that bounds
    the time looked at. ``abroad`` confines the condition to claimants living abroad (``True``)
    or at home (``False``); ``None`` = everybody. ``branches`` (empty = all) are the benefits that
    the condition is for; ``sex`` (``None`` = both) the sex that the law asks it of.
    Conditions that name a ``route`` are one of several ways to the right: all of one route suffice.
    ``by_month``: an age is looked at by calendar months, reached on the first day of its month.
    ``calendar_years``: the window is of calendar years, the last that of the event or claim.
    ``at_entry``: the threshold is that of the day on which the person was first insured here.
    """

    kind: ConditionKind
    figure: str
    law: Citation
    window: str | None = None
    abroad: bool | None = None
    remainder: Remainder = Remainder.EXACT
    branches: tuple[Branch, ...] = ()
    sex: str | None = None
    route: str = ""
    by_month: bool = False
    calendar_years: bool = False
    at_entry: bool = False


@dataclass(frozen=True, slots=True)
class AbroadRule:
    """How national law pays a person living abroad, before any instrument.

    ``payment`` is the rule; ``after_months`` the stay abroad after which it bites;
    ``unless_units`` the figure that names the time which lifts it. Of a scheme's rules the first
    that speaks of the person decides: ``nationals`` of the State (``True``), others (``False``) or
    everybody; people living in ``places`` (empty = anywhere).
    """

    payment: Payment
    law: Citation
    after_months: int | None = None
    unless_units: str | None = None
    unit: Unit | None = None
    note: str = ""
    nationals: bool | None = None
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SurvivorShare:
    """B16: what survivors of one role get of the amount that the scheme's formula gives.

    All but the role are names of figures. ``share`` is what each claimant of the role gets, or,
    where it is ``divided``, what all of them get together in equal parts; ``cap`` the most that
    all of the role get. ``from_age`` and ``until_age`` are ages in years, which are not asked of a
    disabled claimant; ``disabled_until_age`` is. Of the rows of a role the first that takes a
    claimant does.
    """

    role: str
    share: str
    law: Citation
    divided: bool = False
    cap: str | None = None
    from_age: str | None = None
    until_age: str | None = None
    disabled_until_age: str | None = None


class Maturity(StrEnum):
    """How far a scheme's coding has come."""

    VERIFIED = "verified"
    DRAFT = "draft"
    CERTIFIED_ONLY = "certified-only"
    """No formula: amounts are those the institution certified."""


@dataclass(frozen=True, slots=True)
class Scheme:
    """One national scheme for one branch, and those (``also``) that it pays by the same formula.

    ``figures`` are its dated numbers by name. ``qualifying`` names the figure that is the
    minimum qualifying period and ``full_career`` the one that gives the full benefit; ``None``
    = the law knows none. ``amount`` names the block whose result is the pension and ``parts``
    the blocks that are parts of it and may follow different methods. ``facts`` are the numbers
    beside periods and earnings that the formula or a condition asks a case for. ``survivors``
    divides the amount among survivors; ``survivors_cap`` names the most they get together.
    """

    id: str
    country: str
    title: str
    branch: Branch
    unit: Unit
    per: Per
    counting: Counting
    maturity: Maturity
    figures: dict[str, Dated[Fraction]]
    currency: Dated[str]
    conditions: tuple[Condition, ...] = ()
    tables: dict[str, Dated[Table]] = field(default_factory=dict)
    series: dict[str, Series] = field(default_factory=dict)
    series_law: dict[str, Citation] = field(default_factory=dict)
    blocks: tuple[FormulaBlock, ...] = ()
    amount: str | None = None
    parts: tuple[tuple[str, str], ...] = ()
    minimum_amount: str | None = None
    qualifying: str | None = None
    full_career: str | None = None
    rounding: Rounding | None = None
    abroad: tuple[AbroadRule, ...] = ()
    residence_based: bool = False
    sources: tuple[Source, ...] = ()
    law: Citation | None = None
    note: str = ""
    checked_on: date | None = None
    facts: tuple[str, ...] = ()
    also: tuple[Branch, ...] = ()
    survivors: tuple[SurvivorShare, ...] = ()
    survivors_cap: str | None = None
    under: str | None = None

    @property
    def named(self) -> str:
        """The name by which instruments, periods and earnings speak of the scheme.

        A law whose invalidity and survivors' pensions have formulas of their own is one scheme to
        them: those are schemes ``under`` the name of the first.
        """
        return self.under or self.id

    def meant_by(self, name: str | None) -> bool:
        """Tell whether a name means the scheme."""
        return name in (self.id, self.named)

    def pays(self, branch: Branch) -> bool:
        """Tell whether the scheme pays benefits of a branch."""
        return branch is self.branch or branch in self.also
