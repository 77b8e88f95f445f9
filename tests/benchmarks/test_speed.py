"""How long the engine takes: ``pytest tests/benchmarks``. Nothing here asserts a time.

Aims, on an ordinary office computer: a determination between three States with its whole trace in
1 ms; forty years in five States with sixty periods in 2 ms; the command from the shell, with an
example, in 0.3 s.
"""

import subprocess
import sys
import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from ssacalc.domain.case import Case, InsurancePeriod, PeriodKind
from ssacalc.domain.law import Law
from ssacalc.domain.trace import walk
from ssacalc.engine.determination import determine
from ssacalc.engine.joining import Ground, join, members
from ssacalc.engine.standing import standing
from ssacalc.exchange.case_file import case_from_data, read_case
from ssacalc.library.law import load_law
from ssacalc.report.result import as_plain
from ssacalc.report.wording import Wording
from ssacalc.resources import folder
from tests.engine.build import BY_TABLE, agreement, case, law, period, scheme, union

ROOT = Path(__file__).parent.parent.parent
EXAMPLE = folder("resources") / "examples" / "first-case.toml"
TOTALISED = ROOT / "tests" / "cases" / "us-engine-t1-1955-short-h-e62-ent.toml"
FIVE = ("XA", "XB", "XC", "XD", "XE")


def traced(stated: Case, of_law: Law) -> int:
    """Determine a case and walk its whole trace; return the number of steps."""
    found = determine(stated, of_law)
    return sum(1 for r in (*found.with_instruments, *found.without) for _ in walk(r.result))


def three_states() -> tuple[Case, Law]:
    stated = case(
        period("XA", "1975-03-10", "1984-06-30"),
        period("XB", "1984-07-01", "1999-12-31"),
        period("XA", "1988-01-01", "1988-09-30", kind=PeriodKind.VOLUNTARY),
        period("XC", "2000-02-01", "2014-11-30"),
    )
    known = (
        scheme("XA", minimum=180, full=480),
        scheme("XB", minimum=60, full=480),
        scheme("XC", minimum=300, full=480),
    )
    return stated, law(*known, union("XA", "XB", "XC"))


def five_states() -> tuple[Case, Law]:
    """Forty years in five States: sixty periods of eight months, some of them simultaneous."""
    begins = date(1974, 1, 1).toordinal()
    kinds = (PeriodKind.EMPLOYED, PeriodKind.EMPLOYED, PeriodKind.VOLUNTARY, PeriodKind.UNEMPLOYED)
    held: list[InsurancePeriod] = []
    for number in range(60):
        first = begins + number * 243
        last = first + 242 + 60 * (number % 4 == 0)
        days = date.fromordinal(first), date.fromordinal(last)
        held.append(period(FIVE[number // 3 % 5], *days, kind=kinds[number % 4]))
    known = (scheme(country, minimum=120, full=480) for country in FIVE)
    return case(*held), law(*known, union(*FIVE))


def test_three_states_with_the_whole_trace(benchmark: BenchmarkFixture) -> None:
    stated, of_law = three_states()
    assert benchmark(traced, stated, of_law) > 30


def test_forty_years_in_five_states_with_sixty_periods(benchmark: BenchmarkFixture) -> None:
    stated, of_law = five_states()
    assert benchmark(traced, stated, of_law) > 100


def test_counting_alone_in_five_states_with_sixty_periods(benchmark: BenchmarkFixture) -> None:
    """Each State's own time and that of the others joined with it, without rights or amounts."""
    stated, of_law = five_states()
    (instrument,) = of_law.instruments
    known = {scheme.id: scheme for scheme in of_law.schemes}

    def joined() -> int:
        ground = Ground(stated, of_law, known)
        found = [
            join(
                instrument,
                standing(stated, scheme, None),
                members(instrument, scheme.country, stated),
                ground,
            )
            for scheme in of_law.schemes
        ]
        return sum(1 for each in found if each.units)

    assert benchmark(joined) == len(FIVE)


def test_totalising_in_the_united_states(benchmark: BenchmarkFixture) -> None:
    """Twelve quarters and fourteen years of Italy: a whole career at the relative earnings."""
    data = tomllib.loads(TOTALISED.read_text(encoding="utf-8"), parse_float=Decimal)["case"]
    stated = case_from_data(data, TOTALISED.name)
    of_law = load_law(stated.concerned)
    assert benchmark(traced, stated, of_law) > 30


def test_ten_thousand_periods(benchmark: BenchmarkFixture) -> None:
    begins = date(1970, 1, 1).toordinal()
    held = [
        period(FIVE[n % 3], date.fromordinal(begins + n), date.fromordinal(begins + n))
        for n in range(10_000)
    ]
    known = (scheme(country) for country in FIVE[:3])
    of_law = law(*known, union(*FIVE[:3]))
    assert benchmark.pedantic(traced, args=(case(*held), of_law), rounds=2)


def test_a_bilateral_case_by_national_rules_alone(benchmark: BenchmarkFixture) -> None:
    stated = case(
        period("XA", "1975-03-10", "1984-06-30"), period("XB", "1990-01-01", "1999-12-31")
    )
    of_law = law(scheme("XA"), scheme("XB"), agreement("XA", "XB", conversion=BY_TABLE))
    assert benchmark(determine, stated, of_law, instruments=())


def test_the_law_of_one_case_is_loaded(benchmark: BenchmarkFixture) -> None:
    states = read_case(EXAMPLE).countries
    load_law(states)
    assert benchmark(load_law, states).instruments


def test_a_result_as_plain_data(benchmark: BenchmarkFixture) -> None:
    found = determine(*three_states())
    assert benchmark(as_plain, found, Wording("en"))["states"]


@pytest.mark.parametrize("arguments", [("--version",), ("determine", str(EXAMPLE))])
def test_the_command_from_the_shell(
    benchmark: BenchmarkFixture, arguments: tuple[str, ...]
) -> None:
    command = [sys.executable, "-m", "ssacalc", *arguments]

    def run() -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(command, cwd=ROOT, capture_output=True, check=True)

    run()
    assert benchmark.pedantic(run, rounds=5).stdout
