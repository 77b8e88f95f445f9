"""One person's facts: who, what is claimed, which periods, earnings and certified amounts.

Facts are kept as they were stated. Dates and a certified duration are two facts; where they
differ the difference is shown and neither is changed.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from ssacalc.domain.money import Money
from ssacalc.domain.overlap import Reduction
from ssacalc.domain.spans import Span
from ssacalc.domain.units import Duration


class Branch(StrEnum):
    """A branch of social security, as conventions and agreements divide them."""

    MEDICAL_CARE = "medical-care"
    SICKNESS = "sickness"
    MATERNITY = "maternity"
    UNEMPLOYMENT = "unemployment"
    OLD_AGE = "old-age"
    EMPLOYMENT_INJURY = "employment-injury"
    FAMILY = "family"
    INVALIDITY = "invalidity"
    SURVIVORS = "survivors"
    DEATH_GRANT = "death-grant"
    PRE_RETIREMENT = "pre-retirement"
    LONG_TERM_CARE = "long-term-care"


PENSIONS = frozenset({Branch.OLD_AGE, Branch.INVALIDITY, Branch.SURVIVORS})
"""The benefits that instruments apportion between States."""


class PeriodKind(StrEnum):
    """What a period is, as institutions certify it (form P5000, part 4)."""

    COMPULSORY = "compulsory"
    EMPLOYED = "employed"
    SELF_EMPLOYED = "self-employed"
    COMPULSORY_UNEMPLOYED = "compulsory-unemployed"
    VOLUNTARY = "voluntary"
    VOLUNTARY_CONTINUED = "voluntary-continued"
    OPTIONAL_CONTINUED = "optional-continued"
    VOLUNTARY_UNEMPLOYED = "voluntary-unemployed"
    RESIDENCE = "residence"
    EQUIVALENT = "equivalent"
    SICKNESS = "sickness"
    UNEMPLOYED = "unemployed"
    MILITARY = "military"
    TRAINING = "training"
    CHILD_CARE = "child-care"
    PENSION = "pension"
    MATERNITY = "maternity"
    EARLY_RETIREMENT = "early-retirement"
    UNEMPLOYMENT_BENEFIT = "unemployment-benefit"
    DISABILITY = "disability"
    CARE = "care"
    NOTIONAL = "notional"

    @property
    def family(self) -> "PeriodFamily":
        """The family that the rules on overlapping periods speak of."""
        return FAMILY_OF_KIND[self]


class PeriodFamily(StrEnum):
    """The four families of periods that coordination rules rank."""

    COMPULSORY = "compulsory"
    VOLUNTARY = "voluntary"
    RESIDENCE = "residence"
    EQUIVALENT = "equivalent"


P5000_CODES: dict[str, PeriodKind] = {
    "10": PeriodKind.COMPULSORY,
    "11": PeriodKind.EMPLOYED,
    "12": PeriodKind.SELF_EMPLOYED,
    "13": PeriodKind.COMPULSORY_UNEMPLOYED,
    "20": PeriodKind.VOLUNTARY,
    "21": PeriodKind.VOLUNTARY_CONTINUED,
    "22": PeriodKind.OPTIONAL_CONTINUED,
    "23": PeriodKind.VOLUNTARY_UNEMPLOYED,
    "30": PeriodKind.RESIDENCE,
    "40": PeriodKind.EQUIVALENT,
    "41": PeriodKind.SICKNESS,
    "42": PeriodKind.UNEMPLOYED,
    "43": PeriodKind.MILITARY,
    "44": PeriodKind.TRAINING,
    "45": PeriodKind.CHILD_CARE,
    "46": PeriodKind.PENSION,
    "47": PeriodKind.MATERNITY,
    "48": PeriodKind.EARLY_RETIREMENT,
    "49": PeriodKind.UNEMPLOYMENT_BENEFIT,
    "50": PeriodKind.DISABILITY,
    "51": PeriodKind.CARE,
    "52": PeriodKind.NOTIONAL,
}
"""The type codes of the exchange form P5000 and the kinds they stand for."""

_COMPULSORY = {"compulsory", "employed", "self-employed", "compulsory-unemployed"}
FAMILY_OF_KIND: dict[PeriodKind, PeriodFamily] = {
    kind: (
        PeriodFamily.COMPULSORY
        if kind.value in _COMPULSORY
        else PeriodFamily.VOLUNTARY
        if "voluntary" in kind.value or kind.value.startswith("optional")
        else PeriodFamily.RESIDENCE
        if kind is PeriodKind.RESIDENCE
        else PeriodFamily.EQUIVALENT
    )
    for kind in PeriodKind
}


class Evidence(StrEnum):
    """How a period is known."""

    CERTIFIED = "certified"
    DOCUMENT = "document"
    STATEMENT = "statement"


@dataclass(frozen=True, slots=True)
class UncertainDate:
    """A day known exactly (``earliest == latest``) or only within bounds, both included."""

    earliest: date
    latest: date

    @property
    def known(self) -> bool:
        """Tell whether the day is known exactly."""
        return self.earliest == self.latest


@dataclass(frozen=True)
class InsurancePeriod:
    """One period of insurance, contribution, employment or residence, as stated.

    ``first`` and ``last`` are ``None`` together where only a duration was certified.
    ``counts_for_right`` and ``counts_for_amount`` follow the relevance and calculation codes of
    form P5000. ``place`` tells where in the case's file it stands.
    """

    country: str
    kind: PeriodKind
    first: UncertainDate | None = None
    last: UncertainDate | None = None
    certified: Duration | None = None
    scheme: str | None = None
    counts_for_right: bool = True
    counts_for_amount: bool = True
    evidence: Evidence = Evidence.CERTIFIED
    reference: str = ""
    occupation: str = ""
    special_scheme: str = ""
    note: str = ""
    place: str = ""

    @cached_property
    def shortest(self) -> Span | None:
        """The days the period certainly covers; ``None`` where it may cover none."""
        if self.first is None or self.last is None or self.last.earliest < self.first.latest:
            return None
        return Span(self.first.latest, self.last.earliest)

    @cached_property
    def longest(self) -> Span | None:
        """The days the period may cover at the most; ``None`` where no dates were stated."""
        if self.first is None or self.last is None:
            return None
        return Span(self.first.earliest, self.last.latest)

    @cached_property
    def known(self) -> bool:
        """Tell whether both dates are known exactly (or none is stated)."""
        return (self.first is None or self.first.known) and (self.last is None or self.last.known)


@dataclass(frozen=True, slots=True)
class Earnings:
    """Earnings or contribution bases of one calendar year under one State's scheme."""

    country: str
    year: int
    amount: Fraction
    scheme: str | None = None


@dataclass(frozen=True, slots=True)
class Certified:
    """What an institution certified or computed itself, typed by the officer.

    ``independent`` is the amount by its own law and periods alone, ``theoretical`` the amount as
    if all periods were its own. ``minimum`` is its qualifying period and ``maximum`` the duration
    that gives its full benefit, for a State whose scheme is not in the library. ``own`` and
    ``total`` are durations it counted itself. ``None`` always means "not stated".
    """

    country: str
    scheme: str | None = None
    independent: Money | None = None
    theoretical: Money | None = None
    minimum: Duration | None = None
    maximum: Duration | None = None
    own: Duration | None = None
    total: Duration | None = None
    own_right: bool | None = None
    condition_met: bool | None = None
    displaced_voluntary: Money | None = None
    minimum_benefit: Money | None = None
    reference: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A number a scheme's law asks for that is neither a period nor earnings.

    For example the years since entry into insurance. Some serve instruments, in the currency and
    period of the State's scheme: ``partner-pension`` and ``income`` of a means test,
    ``benefit-before-aggravation``, and since the award ``adapted-by-percent`` and
    ``adapted-by-amount``.
    """

    country: str
    name: str
    value: Fraction
    reference: str = ""


ROLES = (
    "spouse",
    "spouse-with-child",
    "partner",
    "widow",
    "widower",
    "surviving-parent",
    "divorced",
    "divorced-with-child",
    "divorced-spouse",
    "stepchild",
    "surviving-divorced-spouse",
    "child",
    "surviving-child",
    "child-in-training",
    "only-parent-child",
    "orphan",
    "full-orphan",
    "parent",
    "sibling",
)
"""What a family member can be to the person. A scheme's own rows may name others."""


@dataclass(frozen=True, slots=True)
class Relative:
    """A family member whose own claim or share depends on the person: one of ``ROLES``, mostly.

    ``claims_from`` is the first month of the member's own claim (``None``: that of the case),
    ``pupil`` tells that a child attends a school full-time and ``same_household`` whether the
    member lived with the person at death. ``own_benefit`` is what the State pays the member a
    month on the member's own record, ``own_base`` the amount before any change for age.
    """

    role: str
    born: date | None = None
    married: date | None = None
    disabled: bool = False
    divorced: date | None = None
    disabled_since: date | None = None
    claims_from: date | None = None
    pupil: bool = False
    same_household: bool | None = None
    own_benefit: Money | None = None
    own_base: Money | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Who the case is about. Country codes are ISO 3166-1 alpha-2."""

    name: str
    born: date
    residence: str
    nationalities: tuple[str, ...] = ()
    sex: str | None = None
    legally_resident: bool | None = None
    refugee_or_stateless: bool = False
    died: date | None = None
    disabled_since: date | None = None
    relatives: tuple[Relative, ...] = ()

    @property
    def sex_in_law(self) -> str | None:
        """The sex for laws that know two; ``None`` where neither of them is stated."""
        return self.sex if self.sex in {"F", "M"} else None


@dataclass(frozen=True, slots=True)
class Claim:
    """What is claimed and from when.

    ``deferred`` names the States under whose law the person asked to wait and until when.
    ``asserts_old_age``: with an invalidity benefit old age is claimed too (Reg. (EC) 883/2004,
    art. 46(2)).
    """

    benefit: Branch
    on: date
    deferred: tuple[tuple[str, date], ...] = ()
    paid_on: date | None = None
    asserts_old_age: bool = False


@dataclass(frozen=True, slots=True)
class ExchangeRate:
    """A dated rate entered by the user: one ``currency`` is ``rate`` of ``into``."""

    currency: str
    into: str
    rate: Fraction
    on: date
    source: str = ""


@dataclass(frozen=True)
class Case:
    """One person's claim with every stated fact."""

    id: str
    person: Person
    claim: Claim
    periods: tuple[InsurancePeriod, ...] = ()
    earnings: tuple[Earnings, ...] = ()
    certified: tuple[Certified, ...] = ()
    facts: tuple[Fact, ...] = ()
    conventions: tuple[tuple[str, str], ...] = ()
    rates: tuple[ExchangeRate, ...] = ()
    reductions: tuple[Reduction, ...] = ()
    title: str = ""
    source: str = ""
    note: str = ""

    @cached_property
    def countries(self) -> tuple[str, ...]:
        """The States whose law the person was under, in order of first mention."""
        named = [p.country for p in self.periods] + [c.country for c in self.certified]
        return tuple(dict.fromkeys([*named, *(e.country for e in self.earnings)]))

    @property
    def concerned(self) -> tuple[str, ...]:
        """These States and the one where the person lives: whose instruments may matter."""
        return tuple(dict.fromkeys([*self.countries, self.person.residence]))

    @cached_property
    def event(self) -> date:
        """The day of the invalidity or death claimed for, where it is stated; else of the claim."""
        match self.claim.benefit:
            case Branch.INVALIDITY:
                return self.person.disabled_since or self.claim.on
            case Branch.SURVIVORS | Branch.DEATH_GRANT:
                return self.person.died or self.claim.on
            case _:
                return self.claim.on

    @cached_property
    def for_amount(self) -> "Case":
        """The case with the periods that count for the amount; itself where they are all.

        Form P5000 says of every period whether it counts for the right (relevance) and whether it
        counts for the amount (calculation). Both totals are counted by the same stages: a case is
        read once with the periods of the right, and again with those of the amount.
        """
        return self._read(lambda period: period.counts_for_amount)

    @cached_property
    def for_either(self) -> "Case":
        """The case with the periods that give the right or raise the amount.

        These are the periods whose duration 883/2004, art. 57(1), compares with a year.
        """
        return self._read(lambda period: period.counts_for_right or period.counts_for_amount)

    def _read(self, counts: Callable[[InsurancePeriod], bool]) -> "Case":
        if all(period.counts_for_right == counts(period) for period in self.periods):
            return self
        read = tuple(replace(period, counts_for_right=counts(period)) for period in self.periods)
        return replace(self, periods=read)
