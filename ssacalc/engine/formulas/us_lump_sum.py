"""The lump sum paid once when a worker dies: how much, and to whom.

42 USC 402(i); 20 CFR 404.390 to 404.392; POMS GN 01701.220, RS 00210.015.
"""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from ssacalc.domain.money import Money, Per
from ssacalc.domain.trace import Step
from ssacalc.engine.formulas.united_states import Amount, ProRata
from ssacalc.engine.formulas.us_earnings import half_up
from ssacalc.engine.formulas.us_law import CENTS, DIMES, UnitedStatesLaw
from ssacalc.engine.formulas.us_steps import Arguments


def lump_sum(law: UnitedStatesLaw, worker: Amount | ProRata) -> Step:
    """Return the lump sum of a worker insured by totalising: three times the amount, at most 255.

    POMS GN 01701.220.
    """
    times = law.figure("lump-sum-multiple")
    most = law.figure("lump-sum")
    amount = Fraction(worker.dimes, DIMES)
    value = Money(min(times * amount, most), law.currency, Per.ONCE)
    args: Arguments = (
        ("amount", law.money(worker.dimes, DIMES)),
        ("times", times),
        ("most", Money(most, law.currency, Per.ONCE)),
        ("lump", value),
    )
    cited = law.cite("lump-sum", "lump-sum-multiple")
    return Step("lump_sum", value, "us-lump-sum", args, cited, (worker.step,))


def whole_lump_sum(law: UnitedStatesLaw) -> Step:
    """Return the lump sum of a worker fully or currently insured in the United States alone."""
    value = Money(law.figure("lump-sum"), law.currency, Per.ONCE)
    return Step("lump_sum", value, "us-lump-sum-whole", (("lump", value),), law.cite("lump-sum"))


def claimed_in_time(law: UnitedStatesLaw, died: date, claimed: date) -> bool:
    """Tell whether a claim is made within two years of the death."""
    years = law.whole("lump-sum-claim-years")
    return (claimed.year - years, claimed.month, claimed.day) <= (died.year, died.month, died.day)


def divided(law: UnitedStatesLaw, lump: Step, roles: Sequence[str]) -> tuple[Step, ...]:
    """Return equal shares to the cent; what halves rounded up exceed is taken off the last ones.

    >>> [cents for cents in parts(25500, 8)]
    [3188, 3188, 3188, 3188, 3187, 3187, 3187, 3187]
    """
    if not isinstance(lump.value, Money) or not roles:
        return ()
    whole = int(lump.value.amount * CENTS)
    found: list[Step] = []
    for role, cents in zip(roles, parts(whole, len(roles)), strict=True):
        share = Money(Fraction(cents, CENTS), law.currency, Per.ONCE)
        args: Arguments = (
            ("role", role),
            ("lump", lump.value),
            ("number", len(roles)),
            ("amount", share),
        )
        key = "us-lump-sum-share" if len(roles) > 1 else "us-lump-sum-alone"
        cited = law.cite("lump-sum-claim-years", "lump-sum")
        found.append(Step("lump_sum", share, key, args, cited, (lump,)))
    return tuple(found)


def parts(cents: int, number: int) -> tuple[int, ...]:
    """Return equal parts of a sum, the last ones a cent less where halves were rounded up.

    >>> parts(25500, 7), parts(25500, 5)
    ((3643, 3643, 3643, 3643, 3643, 3643, 3642), (5100, 5100, 5100, 5100, 5100))
    """
    part = half_up(cents, number)
    over = part * number - cents
    return tuple(part - 1 if n >= number - over else part for n in range(number))
