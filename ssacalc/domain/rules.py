"""What coded clauses tell the engine: the typed parameters of the clauses it computes with."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from ssacalc.domain.overlap import OverlapRegime, Reducible
from ssacalc.domain.units import Duration, Remainder, Unit


class ConversionKind(StrEnum):
    """How foreign time becomes time of the scheme asked for (clause T03)."""

    RATIO = "ratio"
    """So many foreign units are so many of the scheme's."""
    YEAR_CONTAINING = "year-containing"
    """A calendar year with at least so much foreign time is so much of the scheme's time."""
    SAME = "same"
    """A foreign period counts as if completed here: its dates are counted by the scheme's rule."""
    TABLE = "table"
    """By a table of unit lengths per day type (Reg. (EC) 987/2009, art. 13)."""
    NONE = "none"
    """Foreign time of this source does not count at all."""


class Basis(StrEnum):
    """Over what a conversion, with its one treatment of the remainder, is made."""

    AGGREGATE = "aggregate"
    CALENDAR_YEAR = "calendar-year"
    PERIOD = "period"


class Placing(StrEnum):
    """Where units credited for foreign time are placed in the calendar."""

    NOWHERE = "nowhere"
    """They are a number only."""
    HOME_QUARTERS_FREE = "home-quarters-free"
    """From the quarter a period begins, in order, never in a quarter with home coverage."""


class Months(StrEnum):
    """Which months of dated time a text counts."""

    TOUCHED = "touched"
    """Every calendar month with a day of it."""
    COMPLETE = "complete"
    """Calendar months that lie in it whole."""
    FROM_DATE = "from-date"
    """Whole months from date to date; odd days are added up, thirty to a month."""


@dataclass(frozen=True, slots=True)
class Conversion:
    """One row of a conversion clause.

    ``source`` is a scheme, a country or ``*``. ``count`` of ``unit`` there gives ``gives`` of
    ``gives_unit`` here. ``counted_from`` and ``counted_to`` bound the time that counts at all,
    ``since_age`` the years of life, in place of the scheme's own; ``kinds`` (empty = all) the
    kinds of period that do; ``unless`` names a scheme of the same State whose own creditable
    calendar years are left out here, because another row counts them.
    ``placing`` tells where the credited units go; ``stretch`` allows a period's units to be
    credited to as many calendar units as they fill even beyond the period's own share of a year.
    ``months`` tells which months of dated time are counted.
    """

    source: str
    kind: ConversionKind
    count: Fraction = Fraction(1)
    unit: Unit | None = None
    gives: Fraction = Fraction(1)
    gives_unit: Unit | None = None
    basis: Basis = Basis.AGGREGATE
    remainder: Remainder = Remainder.UP
    yearly_cap: Fraction | None = None
    counted_from: date | None = None
    counted_to: date | None = None
    kinds: tuple[str, ...] = ()
    unless: str | None = None
    placing: Placing = Placing.NOWHERE
    only_as_needed: bool = False
    since_age: int | None = None
    months: Months = Months.TOUCHED


@dataclass(frozen=True, slots=True)
class DayRow:
    """One row of the table of Reg. (EC) 987/2009, art. 13(1)(b): days in each longer unit."""

    days_per_week: int
    week: int
    month: int
    quarter: int
    year: int


@dataclass(frozen=True, slots=True)
class ConversionRules:
    """Clause T03: the rows in order; the first whose source fits is used."""

    rows: tuple[Conversion, ...]
    table: tuple[DayRow, ...] = ()
    week_month_row: int | None = None
    """The day row through which weeks become months and back."""


class OverlapRule(StrEnum):
    """Which of two simultaneous periods counts (clause T04)."""

    HOME_PREVAILS = "home-prevails"
    """Foreign time that coincides with the State's own is not counted."""
    RANKED = "ranked"
    """By the order of families in Reg. (EC) 987/2009, art. 12(3) to (6)."""


@dataclass(frozen=True, slots=True)
class Overlapping:
    """Clause T04."""

    rule: OverlapRule
    add_back_voluntary: bool = False
    """The amount for a displaced voluntary period is added to the pro rata amount."""


class ShortPeriod(StrEnum):
    """What becomes of a State's own time below the minimum (clause T05)."""

    NO_DUTY = "no-duty"
    """The State need not pay under the instrument; the other States count the time."""
    ASSUMED = "assumed"
    """The other State counts it and takes it over in the share."""
    NOT_COUNTED = "not-counted"
    """The State need not pay and the clause does not make the others count the time."""


@dataclass(frozen=True, slots=True)
class MinimumPeriod:
    """Clause T05: the own time below which a State need not apply the instrument.

    ``unless_own_right`` releases from the minimum a State whose law gives the right alone.
    ``where_abroad_only`` confines the minimum to claimants who live outside the State.
    ``last_state_assumes`` is the rule of Reg. (EC) 883/2004, art. 57(3).
    """

    minimum: Duration
    consequence: ShortPeriod = ShortPeriod.NO_DUTY
    unless_own_right: bool = False
    where_abroad_only: bool = False
    last_state_assumes: bool = False
    enters_theoretical_only: bool = False


class ThirdStates(StrEnum):
    """Whether periods of third States may be added (clause T06)."""

    NONE = "none"
    BOUND_TO_BOTH = "bound-to-both"
    BOUND_TO_ONE = "bound-to-one"


@dataclass(frozen=True, slots=True)
class ThirdStateRule:
    """Clause T06. ``only_if_needed``: only where the two States' periods do not suffice.

    ``nationals_of`` (empty = everybody) are the States whose nationals alone it is for.
    """

    rule: ThirdStates
    only_if_needed: bool = True
    nationals_of: tuple[str, ...] = ()


class Use(StrEnum):
    """When foreign time is added at all (clause T02)."""

    ONLY_IF_NEEDED = "only-if-needed"
    ALWAYS = "always"


class Method(StrEnum):
    """How a State's share is computed (clause P01): the closed set of methods."""

    PRO_RATA = "pro-rata"
    """M1: theoretical amount × own / total."""
    OWN_OVER_MINIMUM = "own-over-minimum"
    """M4: amount on the minimum qualifying period × own / minimum."""
    OWN_OVER_NEEDED = "own-over-needed"
    """M5: theoretical amount × own / (own + the foreign time needed)."""
    DIRECT = "direct"
    """M6: totalised time opens the right, own periods alone make the amount."""
    RESIDENCE_FRACTION = "residence-fraction"
    """M7: a fraction with the instrument's own denominator."""
    IMPUTED_CAREER = "imputed-career"
    """M8: a theoretical career at the person's own relative earnings."""
    DEDUCTION = "deduction"
    """M11: the partner's pension is deducted from the means-tested maximum."""
    PROPORTIONAL_INCOME = "proportional-income"
    """M12: only a share of the partner's pension enters the means test."""
    MINIMUM_TOP_UP = "minimum-top-up"
    """M13: totalisation serves a State minimum beside an individual account."""
    INDEPENDENT_OF_DURATION = "independent-of-duration"
    """M14: parts that do not depend on duration are due at own / a fixed duration."""
    FIXED_SUM = "fixed-sum"
    """M17: a fixed sum × own time / a theoretical period."""
    INTEGRATION = "integration-contingency"
    """For invalidity: the State whose law applied at the event pays alone, in full."""
    NATIONAL_ONLY = "national-only"
    """The scheme lies outside apportionment: the national result alone is paid."""


class Cap(StrEnum):
    """What bounds the denominator (clause P03)."""

    NONE = "none"
    FULL_CAREER = "full-career"
    """M2: the duration that gives the full benefit."""
    QUALIFYING = "qualifying"
    """M3: the minimum qualifying period."""


class WhenOwnRight(StrEnum):
    """What is paid to a person whose own periods suffice (clause P07)."""

    NATIONAL = "national"
    """The national amount alone; the instrument's method is not used."""
    HIGHER = "higher"
    """M10: both are computed and the higher is paid."""
    PRO_RATA = "pro-rata"
    """The instrument's method alone."""
    GUARANTEED = "pro-rata-guaranteed"
    """The instrument's method; what all States pay together is raised to the national amount."""
    CHOICE = "choice"
    """The person chooses between the national amount and the instrument's method."""


@dataclass(frozen=True, slots=True)
class Denominator:
    """One value of an instrument's own denominator, by birth or by date of move (M7)."""

    value: Fraction
    born_since: date | None = None
    born_until: date | None = None
    moved_since: date | None = None
    moved_until: date | None = None


@dataclass(frozen=True, slots=True)
class Calculation:
    """Clause P01: the method and what goes with it.

    ``includes_third_states``: time of third States is in the ratio;
    ``theoretical_of_parties_only``: it is not in the theoretical amount;
    ``theoretical_on_own_periods``: nor is any time but the scheme's own. ``before_risk``: only
    time completed before the invalidity or death is in the ratio. ``from_age`` and ``until_age``
    make the denominator of a residence fraction: the time between two ages, at most to the award
    or, where ``before_risk``, to the event. ``unit`` is that of ``denominators``, ``plus_units``
    and ``fixed_duration``.
    """

    method: Method
    denominators: tuple[Denominator, ...] = ()
    plus_units: Fraction = Fraction(0)
    at_most_one: bool = True
    raise_to_minimum: bool = False
    theoretical_not_below_minimum: bool = False
    includes_third_states: bool = True
    theoretical_of_parties_only: bool = False
    theoretical_on_own_periods: bool = False
    before_risk: bool = False
    from_age: int | None = None
    until_age: int | None = None
    lump_sum_years: Fraction | None = None
    waives_pro_rata: bool = False
    capped_at_national: bool = False
    fixed_duration: Fraction | None = None
    unit: Unit = Unit.MONTH


class Payment(StrEnum):
    """How an amount is paid to a person living abroad."""

    FULL = "full"
    REDUCED = "reduced"
    SUSPENDED = "suspended"
    NO = "no"
    UNKNOWN = "unknown"


class ExportScope(StrEnum):
    """To where benefits are paid (clause G08)."""

    WORLDWIDE = "worldwide"
    PARTIES = "parties"
    PARTIES_AND_THIRD_AS_NATIONALS = "parties-and-third-as-nationals"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Export:
    """Clause G08.

    ``totalised_minimum``: the minimum time that national law asks for payment abroad may be met
    by totalised periods; ``minimum`` is the totalised time that the text itself asks for.
    ``months`` bounds the stay abroad where payment stops after it.
    ``only_instrument_benefits_to_third``: a benefit due by national law alone is paid in third
    States as that law says.
    """

    scope: ExportScope
    totalised_minimum: bool = False
    months: int | None = None
    only_instrument_benefits_to_third: bool = False
    minimum: Duration | None = None


class Persons(StrEnum):
    """Whom an instrument protects (clause G05)."""

    ALL_INSURED = "all-insured"
    NATIONALS = "nationals"
    NATIONALS_REFUGEES_STATELESS = "nationals-refugees-stateless"


@dataclass(frozen=True, slots=True)
class PersonalScope:
    """Clause G05. ``third_country_nationals_since``: covered too if legally resident."""

    persons: Persons
    third_country_nationals_since: date | None = None
    not_bound_to_third_country_nationals: tuple[str, ...] = ()


class Supplement(StrEnum):
    """Who tops benefits up to a minimum (clause P06)."""

    RESIDENCE_STATE = "residence-state"
    """The State of residence, where all benefits together stay below its minimum."""
    NEVER_EXPORTED = "never-exported"
    PRO_RATA = "pro-rata"


class SpecialTime(StrEnum):
    """Which foreign time counts for a scheme of one occupation (clause T07)."""

    CORRESPONDING_SCHEME = "corresponding-scheme"
    """Time in a corresponding scheme, failing one in the same occupation."""
    SAME_OCCUPATION = "same-occupation"
    GENERAL_FALLBACK = "general-scheme-fallback"


class InsuredAtEvent(StrEnum):
    """When a condition of being insured at the event is taken as met (clause T09)."""

    ELSEWHERE = "deemed-if-insured-elsewhere"
    ELSEWHERE_OR_PENSIONER = "deemed-if-insured-or-pensioner-elsewhere"


class ConditionsNotMet(StrEnum):
    """Whether periods of States whose conditions are not met enter the calculation (P11)."""

    COUNTED = "counted"
    LEFT_OUT = "left-out"
    LEFT_OUT_IF_LOWER = "left-out-if-lower"
    """They are left out where counting them would give a lower amount."""
    LEFT_OUT_IF_UNNEEDED = "left-out-if-unneeded"
    """They are left out where two States' conditions are met without them."""


class NewCalculation(StrEnum):
    """Whether an award is calculated anew when another State's right arises (clause P08)."""

    AUTOMATIC = "automatic"
    ON_REQUEST = "on-request"
    NONE = "none"


class Provisional(StrEnum):
    """What is paid while the periods of other States are not yet certified (clause P12)."""

    INDEPENDENT_AND_ADVANCE = "independent-and-advance"
    """A benefit due by national law alone provisionally, else an advance on the share."""
    ADVANCE = "advance"


class Aggravation(StrEnum):
    """What becomes of an invalidity benefit when the invalidity grows worse (clause P13)."""

    FORMER_PAYER_ADDS = "former-payer-adds"
    """A new award; the State that paid before adds what it is less than its earlier benefit."""
    NEW_AWARD = "new-award"


@dataclass(frozen=True, slots=True)
class SmallPension:
    """Clause P14: up to how many percent of the full pension one sum is paid to people abroad.

    ``settled_up_to``: instead of the pension; ``choice_up_to``: if the person so chooses.
    """

    settled_up_to: Fraction
    choice_up_to: Fraction = Fraction(0)


class LawType(StrEnum):
    """The types of laws on invalidity (Reg. (EC) 883/2004, art. 44(1))."""

    A = "a"
    """The amount does not depend on duration, and the instrument lists the law."""
    B = "b"
    MIXED = "mixed"
    """A State has laws of both types: which one a scheme is has to be said of the scheme."""


@dataclass(frozen=True, slots=True)
class InvalidityLaw:
    """Clause P02. ``laws`` are the laws of type A in words.

    ``one_state_pays``: a person who was under laws of type A alone is paid by one State, the one
    whose law applied when the incapacity began (Reg. (EC) 883/2004, art. 44(2), 46(2)).
    """

    type: LawType
    laws: tuple[str, ...] = ()
    one_state_pays: bool = False


@dataclass(frozen=True, slots=True)
class Totalising:
    """Clause T02."""

    use: Use


@dataclass(frozen=True, slots=True)
class Posting:
    """Clauses L05 to L07: how long a posted person stays under the home law."""

    months: int | None = None
    extension_months: int | None = None
    maximum_months: int | None = None


Rule = (
    ConversionRules
    | Overlapping
    | MinimumPeriod
    | ThirdStateRule
    | Totalising
    | Calculation
    | Cap
    | WhenOwnRight
    | Export
    | PersonalScope
    | Supplement
    | ConditionsNotMet
    | SpecialTime
    | InsuredAtEvent
    | Posting
    | InvalidityLaw
    | NewCalculation
    | Provisional
    | Aggravation
    | SmallPension
    | OverlapRegime
    | Reducible
)
