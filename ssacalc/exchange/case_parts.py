"""Version 1 of the file format of a case: the form of each of its parts."""

from collections.abc import Iterable
from enum import StrEnum
from fractions import Fraction
from typing import Annotated, Literal, TypeVar

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    PlainValidator,
    StrictBool,
    TypeAdapter,
    WithJsonSchema,
)

from ssacalc.codes import countries, country_meant, currencies, currency_meant, meant
from ssacalc.domain.case import (
    P5000_CODES,
    ROLES,
    Branch,
    Certified,
    Claim,
    Evidence,
    ExchangeRate,
    Fact,
    PeriodKind,
    Person,
    Relative,
    UncertainDate,
)
from ssacalc.domain.money import Money, Per
from ssacalc.domain.units import Duration, Unit
from ssacalc.exchange.dates import FIRST_YEAR, LAST_YEAR, uncertain_date
from ssacalc.models import Day, FileModel, Number, Text, refused, to_shown

FORMAT = "ssacalc-case/1"

E = TypeVar("E", bound=StrEnum)


def _country(given: object) -> str:
    code = to_shown(given)
    if code not in countries().names:
        raise refused("no State has this code.", country_meant(code))
    return code


def _currency(given: object) -> str:
    code = to_shown(given)
    if code not in currencies():
        raise refused("no currency has this code.", currency_meant(code))
    return code


def _kind(given: object) -> PeriodKind:
    name = str(given) if isinstance(given, int) and not isinstance(given, bool) else to_shown(given)
    if name in P5000_CODES:
        return P5000_CODES[name]
    return _chosen(PeriodKind, name)


def _chosen(kind: type[E], given: object) -> E:
    name = to_shown(given)
    try:
        return kind(name)
    except ValueError:
        raise refused("this is not known.", meant(name, [str(k) for k in kind])) from None


def _not_negative(number: Fraction) -> Fraction:
    if number < 0:
        raise refused("this cannot be negative.", "Correct it.")
    return number


def _filled(text: str) -> str:
    if not text.strip():
        raise refused("this is empty.", "Fill it in.")
    return text


def _year(given: object) -> int:
    if isinstance(given, str) and given.isascii() and given.isdecimal() and len(given) == 4:
        year = int(given)
        if FIRST_YEAR <= year <= LAST_YEAR:
            return year
    raise refused("this is not a year.", "Write it as 1994.")


def _words(words: Iterable[str]) -> WithJsonSchema:
    return WithJsonSchema({"enum": [str(word) for word in words]})


CountryCode = Annotated[str, PlainValidator(_country), _words(countries().names)]
CurrencyCode = Annotated[str, PlainValidator(_currency), WithJsonSchema({"type": "string"})]
Kind = Annotated[PeriodKind, PlainValidator(_kind), _words([*PeriodKind, *P5000_CODES])]
Benefit = Annotated[Branch, PlainValidator(lambda given: _chosen(Branch, given)), _words(Branch)]
UnitName = Annotated[Unit, PlainValidator(lambda given: _chosen(Unit, given)), _words(Unit)]
Amount = Annotated[Number, AfterValidator(_not_negative)]
Filled = Annotated[Text, AfterValidator(_filled)]
Role = Annotated[Filled, WithJsonSchema({"type": "string", "examples": list(ROLES)})]
Uncertain = Annotated[
    UncertainDate,
    PlainValidator(uncertain_date),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string"},
                {"type": "integer"},
                {"type": "object", "required": ["earliest", "latest"]},
            ]
        }
    ),
]
Year = Annotated[int, BeforeValidator(_year)]

YEARS: TypeAdapter[dict[int, Fraction]] = TypeAdapter(dict[Year, Amount])
CONVENTIONS: TypeAdapter[dict[str, str]] = TypeAdapter(dict[Filled, Filled])


class DurationPart(FileModel):
    """So many units of time; ``days_per_week`` is the day type of a count of days."""

    number: Amount
    unit: UnitName
    days_per_week: Literal[5, 6, 7] | None = None

    def settled(self) -> Duration:
        """Return the domain's value."""
        return Duration(self.number, self.unit, self.days_per_week)


def duration(part: DurationPart | None) -> Duration | None:
    """Return the domain's value of a duration that may be left out."""
    return None if part is None else part.settled()


class MoneyPart(FileModel):
    """An amount in a currency."""

    amount: Amount
    currency: CurrencyCode
    per: Per = Per.MONTH


def money(part: MoneyPart | None) -> Money | None:
    """Return the domain's value of an amount that may be left out."""
    return None if part is None else Money(part.amount, part.currency, part.per)


class RelativePart(FileModel):
    """A family member."""

    role: Role
    born: Day | None = None
    married: Day | None = None
    disabled: StrictBool = False
    divorced: Day | None = None
    disabled_since: Day | None = None
    claims_from: Day | None = None
    pupil: StrictBool = False
    same_household: StrictBool | None = None
    own_benefit: MoneyPart | None = None
    own_base: MoneyPart | None = None

    def settled(self) -> Relative:
        """Return the domain's value."""
        return Relative(
            self.role,
            self.born,
            self.married,
            self.disabled,
            self.divorced,
            self.disabled_since,
            self.claims_from,
            self.pupil,
            self.same_household,
            money(self.own_benefit),
            money(self.own_base),
        )


class PersonPart(FileModel):
    """Who the case is about."""

    name: Filled
    born: Day
    residence: CountryCode
    nationalities: tuple[CountryCode, ...] = ()
    sex: Literal["M", "F", "X"] | None = None
    legally_resident: StrictBool | None = None
    refugee_or_stateless: StrictBool = False
    died: Day | None = None
    disabled_since: Day | None = None
    relatives: tuple[RelativePart, ...] = ()

    def settled(self) -> Person:
        """Return the domain's value."""
        return Person(
            name=self.name,
            born=self.born,
            residence=self.residence,
            nationalities=self.nationalities,
            sex=self.sex,
            legally_resident=self.legally_resident,
            refugee_or_stateless=self.refugee_or_stateless,
            died=self.died,
            disabled_since=self.disabled_since,
            relatives=tuple(relative.settled() for relative in self.relatives),
        )


class ClaimPart(FileModel):
    """What is claimed and from when."""

    benefit: Benefit
    on: Day
    deferred: dict[CountryCode, Day] = Field(default_factory=dict)
    paid_on: Day | None = None
    asserts_old_age: StrictBool = False

    def settled(self) -> Claim:
        """Return the domain's value."""
        return Claim(
            self.benefit,
            self.on,
            tuple(self.deferred.items()),
            self.paid_on,
            self.asserts_old_age,
        )


class PeriodPart(FileModel):
    """A period by its dates, by its certified duration, or both; or so many units a year."""

    country: CountryCode
    kind: Kind
    start: Uncertain | None = Field(default=None, alias="from")
    to: Uncertain | None = None
    certified: DurationPart | None = None
    years: dict[Year, Amount] | None = None
    unit: UnitName | None = None
    days_per_week: Literal[5, 6, 7] | None = None
    scheme: Filled | None = None
    counts_for: tuple[Literal["right", "amount"], ...] = ("right", "amount")
    evidence: Evidence = Evidence.CERTIFIED
    reference: Text = ""
    occupation: Text = ""
    special_scheme: Text = ""
    note: Text = ""


class CertifiedPart(FileModel):
    """What an institution certified or computed itself."""

    country: CountryCode
    scheme: Filled | None = None
    independent: MoneyPart | None = None
    theoretical: MoneyPart | None = None
    minimum: DurationPart | None = None
    maximum: DurationPart | None = None
    own: DurationPart | None = None
    total: DurationPart | None = None
    own_right: StrictBool | None = None
    condition_met: StrictBool | None = None
    displaced_voluntary: MoneyPart | None = None
    minimum_benefit: MoneyPart | None = None
    reference: Text = ""

    def settled(self, place: str) -> Certified:
        """Return the domain's value."""
        return Certified(
            country=self.country,
            scheme=self.scheme,
            independent=money(self.independent),
            theoretical=money(self.theoretical),
            minimum=duration(self.minimum),
            maximum=duration(self.maximum),
            own=duration(self.own),
            total=duration(self.total),
            own_right=self.own_right,
            condition_met=self.condition_met,
            displaced_voluntary=money(self.displaced_voluntary),
            minimum_benefit=money(self.minimum_benefit),
            reference=self.reference,
            place=place,
        )


class FactPart(FileModel):
    """A number that a scheme's law asks for."""

    country: CountryCode
    name: Filled
    value: Number
    reference: Text = ""

    def settled(self) -> Fact:
        """Return the domain's value."""
        return Fact(self.country, self.name, self.value, self.reference)


class RatePart(FileModel):
    """A dated rate of exchange."""

    currency: CurrencyCode
    into: CurrencyCode
    rate: Annotated[Number, AfterValidator(_not_negative)]
    on: Day
    source: Text = ""

    def settled(self) -> ExchangeRate:
        """Return the domain's value."""
        return ExchangeRate(self.currency, self.into, self.rate, self.on, self.source)


class HeadPart(FileModel):
    """What stands at the head of a case file."""

    format: Literal["ssacalc-case/1"]
    id: Filled
    title: Text = ""
    source: Text = ""
    note: Text = ""


def owner_of(key: str) -> tuple[str, str | None]:
    """Return State and scheme of a table of earnings: ``US``, ``us-oasdi`` or ``US/us-oasdi``.

    >>> owner_of("US"), owner_of("us-oasdi"), owner_of("ca-qc-qpp")
    (('US', None), ('US', 'us-oasdi'), ('CA-QC', 'ca-qc-qpp'))
    """
    if key == key.upper():
        return key, None
    country, slash, scheme = key.partition("/")
    if slash:
        return country, scheme
    words = key.upper().split("-")
    part = "-".join(words[:2])
    return (part if part in countries().names else words[0]), key
