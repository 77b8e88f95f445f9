"""Periods that count for the right only, or for the amount only.

Form P5000 says of every period whether it counts for the right (relevance) and whether it counts
for the amount (calculation). Both totals are counted by the same stages: a case is read once with
the periods of the right, and again with those of the amount where these are others.
"""

from collections.abc import Callable
from dataclasses import replace

from ssacalc.domain.case import Case, InsurancePeriod


def for_amount(case: Case) -> Case:
    """Return the case with the periods that count for the amount; itself where they are all."""
    return _read(case, lambda period: period.counts_for_amount)


def for_either(case: Case) -> Case:
    """Return the case with the periods that give the right or raise the amount.

    These are the periods whose duration 883/2004, art. 57(1), compares with a year.
    """
    return _read(case, lambda period: period.counts_for_right or period.counts_for_amount)


def _read(case: Case, counts: Callable[[InsurancePeriod], bool]) -> Case:
    if all(period.counts_for_right == counts(period) for period in case.periods):
        return case
    return replace(
        case,
        periods=tuple(replace(period, counts_for_right=counts(period)) for period in case.periods),
    )
