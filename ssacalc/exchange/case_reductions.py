"""Version 1 of the file format of a case: national rules against overlapping benefits."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Annotated

from pydantic import AfterValidator, Field, StrictBool

from ssacalc.domain.errors import Problem
from ssacalc.domain.overlap import Counted, Divided, Nature, OverlapKind, Reduction
from ssacalc.exchange.case_parts import Amount, CountryCode, Filled, MoneyPart, money
from ssacalc.models import FileModel, Number, Text, refused


def _rate(number: Fraction) -> Fraction:
    if not 0 <= number <= 1:
        raise refused("this is no rate.", 'Write 40 % as "0.40".')
    return number


class CountedPart(MoneyPart):
    """A benefit or income that a rule takes into account: its amount before any deduction."""

    name: Text = ""
    country: CountryCode | None = None
    scheme: Filled | None = None
    net: Amount | None = None
    voluntary: Amount = Fraction(0)
    nature: Nature | None = None
    mutual: StrictBool = False

    def counted(self) -> Counted:
        """Return the domain's value."""
        amount = money(MoneyPart(amount=self.amount, currency=self.currency, per=self.per))
        if amount is None:
            raise AssertionError("an amount that is stated is money")
        return Counted(
            name=self.name,
            amount=amount,
            country=self.country,
            scheme=self.scheme,
            net=self.net,
            voluntary=self.voluntary,
            nature=self.nature,
            mutual=self.mutual,
        )


class ReductionPart(FileModel):
    """One State's rule for one benefit: what it counts, leaves free and takes away."""

    country: CountryCode
    kind: OverlapKind
    amounts: tuple[CountedPart, ...] = Field(min_length=1)
    scheme: Filled | None = None
    free: MoneyPart | None = None
    ceiling: MoneyPart | None = None
    rate: Annotated[Number, AfterValidator(_rate)] = Fraction(1)
    suspends: StrictBool = False
    scaled: StrictBool = False
    foreign: StrictBool = True
    after_deductions: StrictBool = False
    nature: Nature | None = None
    divides: Divided | None = None
    law: Text = ""

    def settled(self, place: str) -> Reduction:
        """Return the domain's value."""
        return Reduction(
            country=self.country,
            kind=self.kind,
            amounts=tuple(part.counted() for part in self.amounts),
            scheme=self.scheme,
            free=money(self.free),
            ceiling=money(self.ceiling),
            rate=self.rate,
            suspends=self.suspends,
            scaled=self.scaled,
            foreign=self.foreign,
            after_deductions=self.after_deductions,
            nature=self.nature,
            divides=self.divides,
            law=self.law,
            place=place,
        )


def reduction_faults(rule: ReductionPart, place: str) -> Iterator[Problem]:
    """Yield what is wrong with a rule whose every part is well formed."""
    if rule.free is not None and rule.ceiling is not None:
        yield Problem(
            f"{place}.ceiling",
            "a rule leaves an amount free or sets a ceiling for both together, not both.",
            "State one of the two.",
        )
    for number, part in enumerate(rule.amounts, 1):
        for name, stated in (("net", part.net), ("voluntary", part.voluntary)):
            if stated is not None and stated > part.amount:
                yield Problem(
                    f"{place}.amounts[{number}].{name}",
                    "this is more than the amount it is a part of.",
                    "State the amount before deductions, and the part in the same period.",
                )
