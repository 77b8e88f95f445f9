"""National rules against overlapping benefits, as an institution states them for one case.

No national rule of this sort is in the library: what it takes into account, what it leaves free
and how it cuts are facts of the case. What an instrument lets remain of it is law.
"""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from ssacalc.domain.money import Money


class OverlapKind(StrEnum):
    """With what a benefit overlaps (Reg. (EC) 883/2004, art. 53(1) and (2))."""

    SAME = "same"
    """An invalidity, old-age or survivors' benefit on periods of the same person."""
    DIFFERENT = "different"
    """Any other benefit."""
    INCOME = "income"
    """Other income."""


class Nature(StrEnum):
    """How the amount of a benefit comes about (Reg. (EC) 883/2004, art. 54(2), Annex IX)."""

    INDEPENDENT_OF_DURATION = "independent-of-duration"
    CREDITED_TIME = "credited-time"
    """With time credited between the risk and a later date."""
    BY_DURATION = "by-duration"


class Divided(StrEnum):
    """What a State's law divides among several benefits (CJEU C-45/22 leaves it the choice)."""

    AMOUNTS = "amounts"
    EXCESS = "excess"


@dataclass(frozen=True, slots=True)
class Counted:
    """One benefit or income that a rule takes into account, before and after deductions.

    ``voluntary`` is the part that rests on voluntary or continued optional insurance. ``mutual``
    tells that the benefit is itself cut because of the one that is being determined. ``country``
    ``None`` = not stated, taken as acquired in another State.
    """

    name: str
    amount: Money
    country: str | None = None
    scheme: str | None = None
    net: Fraction | None = None
    voluntary: Fraction = Fraction(0)
    nature: Nature | None = None
    mutual: bool = False


@dataclass(frozen=True, slots=True)
class Reduction:
    """One State's rule for one benefit: what it counts, leaves free and takes away.

    What exceeds ``free`` is cut at ``rate``; or benefit and amounts together may not exceed
    ``ceiling``. ``suspends``: the whole benefit falls away where anything exceeds. ``scaled``:
    the law itself counts only own/total of every element (art. 55(2)). ``foreign``: the law
    counts what is acquired abroad; ``after_deductions``: it counts what is left after them.
    ``nature`` ``None`` = as the instrument lists the benefit.
    """

    country: str
    kind: OverlapKind
    amounts: tuple[Counted, ...]
    scheme: str | None = None
    free: Money | None = None
    ceiling: Money | None = None
    rate: Fraction = Fraction(1)
    suspends: bool = False
    scaled: bool = False
    foreign: bool = True
    after_deductions: bool = False
    nature: Nature | None = None
    divides: Divided | None = None
    law: str = ""
    place: str = ""


class Regime(StrEnum):
    """What an instrument says of national rules against overlapping (clause G10)."""

    NATIONAL = "national-rules-apply"
    NO_CUT_OF_SHARES = "no-reduction-of-shares"
    """Benefits of another State never cut a share; other income may."""
    SPECIAL = "special-rule"
    """Same kind by clause G13 only, different kinds and income divided or by own/total."""


class Division(StrEnum):
    """What is divided where several independent benefits are cut because of one thing."""

    COUNTED = "amounts-counted"
    """The benefits and income as taken into account (Reg. (EC) 883/2004, art. 55(1)(a))."""
    NOT_PAID = "amounts-not-paid"
    """What would not be paid (Reg. (EEC) 1408/71, art. 46c(1))."""


@dataclass(frozen=True, slots=True)
class OverlapRegime:
    """Clause G10. ``division`` ``None``: the special rule is not coded so that it can be used.

    ``mutual``: where benefits of several States cut each other, what would not be paid is divided
    by their number (Reg. (EC) 987/2009, art. 10). ``amounts_only``: for a share only what is
    counted is taken at own/total, not what the rule leaves free.
    """

    regime: Regime
    division: Division | None = None
    mutual: bool = False
    amounts_only: bool = False


@dataclass(frozen=True, slots=True)
class Reducible:
    """Clause G13: a benefit that may be cut because of one of the same kind (Annex IX).

    ``except_with`` names the States with which it is agreed not to count credited time twice.
    ``only_if_stated``: the law pays benefits of another nature too, so the case has to say.
    """

    nature: Nature
    except_with: tuple[str, ...] = ()
    only_if_stated: bool = False
