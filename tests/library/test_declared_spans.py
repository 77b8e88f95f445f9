"""Every figure that a claim needs is there on every day, and for all births, a scheme declares.

Days and births are those that ``ssacalc schemes list`` prints. A person is taken who meets the
conditions, with a long record, and each fact and year of earnings that the formula may ask for.
"""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from ssacalc.domain.case import Case, Claim, Earnings, Person
from ssacalc.domain.errors import MissingFigure
from ssacalc.domain.scheme import Maturity, Scheme
from ssacalc.domain.trace import Step
from ssacalc.engine.career import Career
from ssacalc.engine.conditions import Record
from ssacalc.engine.formulas.evaluate import evaluate
from ssacalc.engine.formulas.us_career import has_primary_insurance_amount
from ssacalc.engine.totalisation import right
from ssacalc.library.scheme_catalogue import cohorts, spans
from ssacalc.library.schemes import read_scheme
from ssacalc.resources import folder

SHIPPED = sorted((folder("resources") / "schemes").glob("*/*.toml"))
FORMULAS = [p for p in SHIPPED if "ssacalc-scheme" in p.read_text(encoding="utf-8")[:40]]
DAYS = [date(year, month, 2) for year in range(2010, 2027) for month in (1, 7)]
AGES = range(60, 71)
MANY = Fraction(20_000)


def claimant(scheme: Scheme, born: date, on: date, sex: str) -> Case:
    person = Person("Nobody", born, scheme.country, sex=sex)
    return Case("span", person, Claim(scheme.branch, on))


def career(scheme: Scheme, born: date, on: date, sex: str) -> Career:
    earned = (Earnings(scheme.country, y, Fraction(1000)) for y in range(born.year + 20, on.year))
    return Career(
        born=born,
        on=on,
        unit=scheme.unit,
        units=Fraction(400),
        own_units=Fraction(400),
        earnings=tuple(earned),
        quarters={},
        facts=dict.fromkeys(scheme.facts, Fraction(1)),
        conventions={},
        step=Step("units", Fraction(400), "units"),
        branch=scheme.branch,
        sex=sex,
        died=on,
        disabled_since=on,
    )


def lacking(scheme: Scheme, born: date, on: date, sex: str) -> str | None:
    """Return the figure that is missing for a person with a right, or ``None``."""
    record = Record(MANY, MANY, (), Step("own_periods", MANY, "own-as-certified"))
    found = right(scheme, record, claimant(scheme, born, on, sex))
    untold = [o.step for o in found.outcomes if o.step.key == "condition-figure-missing"]
    if found.met is False:
        return None
    if untold:
        return str(dict(untold[0].args)["fault"])
    try:
        evaluate(scheme, career(scheme, born, on, sex))
    except MissingFigure as missing:
        faults = [p.fault for p in missing.problems]
        return next((fault for fault in faults if fault.startswith("no figure for")), None)
    return None


@pytest.mark.parametrize("path", FORMULAS, ids=[path.stem for path in FORMULAS])
def test_every_figure_a_claim_needs_is_there_in_the_span_declared(path: Path) -> None:
    scheme = read_scheme(path)
    if scheme.maturity is Maturity.CERTIFIED_ONLY or has_primary_insurance_amount(scheme):
        return
    missing = {
        f"{on} at {age} ({sex}): {fault}"
        for first, last in spans(scheme)
        for on in DAYS
        if first <= on <= last
        for age in AGES
        if any(b <= date(on.year - age, 1, 1) <= e for b, e in cohorts(scheme))
        for sex in ("FM" if any(c.sex for c in scheme.conditions) else "F")
        if (fault := lacking(scheme, date(on.year - age, 1, 1), on, sex)) is not None
    }
    assert not missing, "\n".join(sorted(missing)[:20])
