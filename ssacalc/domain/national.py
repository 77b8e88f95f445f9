"""What binds or protects without an agreement: ratified standards and national provisions.

Answers are three-valued: ``None`` means that it is not known, never "no".
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ssacalc.domain.case import Branch
from ssacalc.domain.trace import Citation


class PaymentAbroad(StrEnum):
    """Whether a State pays a benefit abroad by its own law."""

    YES = "yes"
    """To everybody, wherever they live."""
    LIMITED = "limited"
    """For so many months, or after so much time in the State, or only a part."""
    OWN_NATIONALS = "own-nationals"
    """To its own nationals; to others where an agreement says so."""
    AGREEMENT_ONLY = "agreement-only"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Ratification:
    """A State bound by an international standard.

    ``since`` is the first day bound; where only the year of ratification is known it is in
    ``year``. ``branches`` are those the State accepted and ``refused`` those it did not;
    ``None`` where the standard is accepted as a whole or nobody read which.
    """

    standard: str
    country: str
    law: Citation
    ratified: date | None = None
    since: date | None = None
    until: date | None = None
    year: int | None = None
    branches: tuple[Branch, ...] | None = None
    refused: tuple[Branch, ...] = ()
    note: str = ""

    def bound(self, on: date) -> bool | None:
        """Tell whether the State is bound on a day; ``None`` where the day is not known."""
        if self.until is not None and self.until < on:
            return False
        if self.since is not None:
            return self.since <= on
        if self.latest is None:
            return None
        if self.year is not None and on.year < self.year:
            return False
        return True if self.latest < on else None

    @property
    def latest(self) -> date | None:
        """Return the day by which a ratification known by its year alone binds at the latest.

        That is twelve months after the end of the year: conventions of the ILO bind a State twelve
        months after its ratification, others sooner.
        """
        if self.since is not None or self.year is None:
            return None
        return date(self.year + 1, 12, 31)

    def accepts(self, branch: Branch) -> bool | None:
        """Tell whether the State accepted a branch; ``None`` where nobody read it."""
        if branch in self.refused:
            return False
        if self.branches is None:
            return None
        return True if branch in self.branches else None


@dataclass(frozen=True, slots=True)
class Provision:
    """What a State's own law says of foreigners and of people abroad, for one branch.

    ``nationals_only``: the benefit is for nationals alone. ``residence_months`` and
    ``contribution_months`` are the least time asked for, ``absence_months`` how long payment
    goes on abroad, ``refund`` whether contributions are paid back to people who leave,
    ``irregular`` whether people without a permit have access. ``voluntary``: people abroad may
    insure themselves.
    """

    country: str
    branch: Branch
    law: Citation
    abroad: PaymentAbroad = PaymentAbroad.UNKNOWN
    nationals_only: bool | None = None
    residence_months: int | None = None
    contribution_months: int | None = None
    absence_months: int | None = None
    permit: bool | None = None
    refund: bool | None = None
    irregular: bool | None = None
    voluntary: bool | None = None
    since: date | None = None
    until: date | None = None
    scheme: str | None = None
    note: str = ""

    def holds(self, on: date) -> bool:
        """Tell whether the provision is in force on a day, as far as its dates are known."""
        return not ((self.since and on < self.since) or (self.until and on > self.until))
