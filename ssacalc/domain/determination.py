"""What a determination says: for each State and scheme the right, the amounts, the payment."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from ssacalc.domain.case import Case, InsurancePeriod
from ssacalc.domain.errors import Problem
from ssacalc.domain.money import Money, Per
from ssacalc.domain.rules import Payment
from ssacalc.domain.trace import Argument, Citation, Step
from ssacalc.domain.units import Unit


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something a reader must know before relying on a figure.

    ``kind`` is ``unverified`` (a datum whose text was not read), ``convention`` (a lawful choice
    that the text leaves open), ``fact`` (a stated fact that does not agree with another),
    ``missing`` (something not coded or not stated) or ``draft`` (a scheme not yet verified).
    The text is a message key with arguments, as in :class:`Step`.
    """

    kind: str
    key: str
    args: tuple[tuple[str, Argument], ...] = ()
    law: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Shortfall:
    """How much is missing for a right, in the unit of the condition that is furthest off.

    ``closed_on`` is the day on which the gap would be closed by insurance continued from the claim
    (for an age: the day it is reached); ``None`` where time alone does not close it.
    """

    missing: Fraction
    unit: Unit
    condition: str
    closed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Portability:
    """Whether and how the amount is paid where the person lives."""

    payment: Payment
    step: Step
    after_months: int | None = None
    reduced_to: Money | None = None


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another lawful way to the same benefit (another instrument, crediting order, rounding)."""

    what: str
    instrument: str | None
    with_agreement: bool | None
    payable: Money | None


@dataclass(frozen=True, slots=True)
class Range:
    """Between what a scheme's outcome lies where facts are known only within bounds.

    ``rights`` are the answers that some reading of the facts gives; amounts are the least and the
    greatest of them, ``None`` where no reading gives an amount.
    """

    country: str
    scheme: str
    own: tuple[Fraction, Fraction]
    total: tuple[Fraction, Fraction]
    rights: tuple[bool | None, ...]
    payable: tuple[Money, Money] | None


@dataclass(frozen=True, slots=True)
class Worth:
    """What a period that is not yet proved is worth to one scheme's outcome."""

    period: InsurancePeriod
    country: str
    scheme: str
    with_it: tuple[bool | None, Money | None]
    without_it: tuple[bool | None, Money | None]


@dataclass(frozen=True, slots=True)
class ClaimantShare:
    """What one of several claimants receives, and why."""

    role: str
    amount: Money
    step: Step


@dataclass(frozen=True, slots=True)
class BenefitResult:
    """The outcome for one scheme of one State, with or without an instrument.

    ``own`` and ``total`` are in ``unit``; ``ratio`` is the fraction paid of the theoretical
    amount, unreduced, as the law forms it. ``None`` amounts were not computed: the steps and
    doubts say why. ``own_right`` and ``with_agreement`` are ``None`` where the scheme's
    conditions are not known. ``result`` is the last step: all others hang from it. Where several
    ``claimants`` share a benefit, ``payable`` is what they get together.
    """

    country: str
    scheme: str
    scheme_title: str
    instrument: str | None
    own_right: bool | None
    with_agreement: bool | None
    unit: Unit
    own: Fraction
    total: Fraction
    ratio: tuple[Fraction, Fraction] | None
    independent: Money | None
    theoretical: Money | None
    pro_rata: Money | None
    payable: Money | None
    portability: Portability
    shortfall: Shortfall | None
    result: Step
    doubts: tuple[Doubt, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    payable_from: date | None = None
    instrument_name: str = ""
    claimants: tuple[ClaimantShare, ...] = ()

    @property
    def sharing(self) -> tuple[ClaimantShare, ...]:
        """Who shares the running benefit; sums paid once are no part of it."""
        return tuple(share for share in self.claimants if share.amount.per is not Per.ONCE)


@dataclass(frozen=True, slots=True)
class Total:
    """What all schemes pay together in one currency and period, with its step."""

    amount: Money
    step: Step


@dataclass(frozen=True, slots=True)
class Determination:
    """Everything one call of the engine found.

    ``with_instruments`` holds the best lawful result for each scheme, ``without`` the
    counterfactual by national law alone; ``edition`` names the law used; ``problems`` are
    doubts about the case's facts as a whole. ``ranges`` tell the bounds of outcomes that rest on
    uncertain facts, ``worths`` what each period not yet proved is worth;
    ``totals`` and ``totals_without`` add the amounts up with and without instruments.
    """

    case: Case
    edition: str
    with_instruments: tuple[BenefitResult, ...]
    without: tuple[BenefitResult, ...]
    problems: tuple[Problem, ...] = ()
    ranges: tuple[Range, ...] = ()
    worths: tuple[Worth, ...] = ()
    totals: tuple[Total, ...] = ()
    totals_without: tuple[Total, ...] = ()

    @property
    def countries(self) -> tuple[str, ...]:
        """The States of the determination in order."""
        return tuple(dict.fromkeys(result.country for result in self.with_instruments))
