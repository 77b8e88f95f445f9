"""Insured status under United States law, by home quarters alone or with foreign ones credited.

42 USC 414, 423(c); 20 CFR 404.110, 404.120, 404.130. Foreign quarters are credited only as far
as they are needed for old age and survivors, all of them for disability (POMS GN 01703.100).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from ssacalc.domain.trace import Citation, Step
from ssacalc.domain.units import Duration, Unit
from ssacalc.engine.formulas.us_law import MONTHS, QUARTERS, UnitedStatesLaw
from ssacalc.engine.formulas.us_record import first_of, month_of_age, year_of_age
from ssacalc.engine.quarters import Block, Credited, HomeQuarters, credit, quarter_of


@dataclass(frozen=True, slots=True)
class Tested:
    """A test of insured status: what there is, what is needed, met or not."""

    has: int
    needed: int
    step: Step

    @property
    def met(self) -> bool:
        """Tell whether there are enough quarters."""
        return self.has >= self.needed


@dataclass(frozen=True, slots=True)
class Status:
    """Whether a worker is insured, the quarters it rests on, and the tests made."""

    met: bool
    home: HomeQuarters
    credited: Credited
    tests: tuple[Tested, ...]

    @property
    def steps(self) -> tuple[Step, ...]:
        """The step of each test."""
        return tuple(test.step for test in self.tests)


def quarters_needed(law: UnitedStatesLaw, born: date, before: date | None = None) -> int:
    """Return the quarters that insure fully.

    One for each calendar year after 1950 or the year of age 21, whichever is later, up to the
    year before age 62, or before the year of ``before`` (death, disability) if that is earlier;
    at least 6 and at most 40 (42 USC 414(a)).
    """
    rules = law.career
    after = max(rules.elapsed_not_before, year_of_age(born, rules.elapsed_from_age))
    until = year_of_age(born, rules.elapsed_to_age)
    if before is not None:
        until = min(until, before.year)
    return min(max(until - 1 - after, law.insured.least), law.insured.most)


def fully_insured(
    law: UnitedStatesLaw,
    born: date,
    home: HomeQuarters,
    credited: Credited,
    before: date | None = None,
) -> Tested:
    """Return the test of fully insured status."""
    needed = quarters_needed(law, born, before)
    has = home.total + credited.total
    cited = law.cite("fully-insured-least", "elapsed-from-age", "elapsed-to-age")
    return _test("fully-insured", has, needed, None, cited, home, credited)


def currently_insured(
    law: UnitedStatesLaw, home: HomeQuarters, credited: Credited, on: date
) -> Tested:
    """Return the test of six quarters in the thirteen that end with the quarter of ``on``."""
    window = law.insured.current_window
    has = in_window(home, credited.quarters, quarter_of(on) - window + 1, quarter_of(on))
    cited = law.cite("currently-insured-quarters", "currently-insured-window")
    needed = law.insured.current
    return _test("currently-insured", has, needed, window, cited, home, credited)


def recently_insured(
    law: UnitedStatesLaw, born: date, home: HomeQuarters, credited: Credited, onset: date
) -> Tested:
    """Return the test of recent quarters for disability.

    20 in the 40 quarters that end with the quarter of onset. Before the quarter of age 31: half
    of the quarters after the quarter of age 21, an odd number less one, or 6 of the last 12 where
    there are fewer (42 USC 423(c)(1)(B)).
    """
    rules = law.insured
    ends = quarter_of(onset)
    needed, window = rules.disability, rules.disability_window
    names = ("disability-quarters", "disability-window")
    if ends < _quarter_of_age(born, rules.young_age):
        window = ends - _quarter_of_age(born, law.career.elapsed_from_age)
        if window < rules.young_window:
            needed, window = rules.young_least, rules.young_window
        else:
            needed = max(window // 2, rules.young_least)
        names = ("young-disability-age", "young-disability-window")
    has = in_window(home, credited.quarters, ends - window + 1, ends)
    return _test("recently-insured", has, needed, window, law.cite(*names), home, credited)


def _quarter_of_age(born: date, years: int) -> int:
    return quarter_of(first_of(month_of_age(born, years * MONTHS)))


def in_window(home: HomeQuarters, foreign: Sequence[int], first: int, last: int) -> int:
    """Return how many quarters lie from ``first`` to ``last``.

    Home quarters since 1978 are placed in the window as far as the year has room there.
    """
    placed = [quarter for quarter in foreign if first <= quarter <= last]
    found = len(placed) + sum(1 for quarter in home.fixed if first <= quarter <= last)
    for year, number in home.floating:
        begins = max(first, year * QUARTERS)
        ends = min(last, year * QUARTERS + QUARTERS - 1)
        used = sum(1 for quarter in placed if begins <= quarter <= ends)
        found += max(min(number, ends - begins + 1 - used), 0)
    return found


def for_old_age(
    law: UnitedStatesLaw, born: date, home: HomeQuarters, blocks: Sequence[Block]
) -> Status:
    """Return insured status for old age, foreign quarters credited as far as needed."""
    lacking = max(quarters_needed(law, born) - home.total, 0)
    credited = credit(blocks, home, needed=lacking)
    test = fully_insured(law, born, home, credited)
    return Status(test.met, home, credited, (test,))


def for_survivors(
    law: UnitedStatesLaw, born: date, home: HomeQuarters, blocks: Sequence[Block], died: date
) -> Status:
    """Return insured status for survivors: fully, else currently insured, forwards or backwards.

    The backward pass serves where the forward one leaves too few in the thirteen quarters (POMS
    GN 01706.030, 01706.031).
    """
    lacking = max(quarters_needed(law, born, died) - home.total, 0)
    credited = credit(blocks, home, needed=lacking)
    tests = [fully_insured(law, born, home, credited, died)]
    if tests[0].met:
        return Status(met=True, home=home, credited=credited, tests=tuple(tests))
    for backwards in (False, True):
        credited = credit(blocks, home, backwards=backwards)
        tests.append(currently_insured(law, home, credited, died))
        if tests[-1].met:
            break
    return Status(tests[-1].met, home, credited, tuple(tests))


def for_disability(
    law: UnitedStatesLaw, born: date, home: HomeQuarters, blocks: Sequence[Block], onset: date
) -> Status:
    """Return insured status for disability: fully insured and recently, all quarters credited."""
    credited = credit(blocks, home)
    tests = [fully_insured(law, born, home, credited, onset)]
    tests.append(recently_insured(law, born, home, credited, onset))
    if not tests[-1].met:
        turned = credit(blocks, home, backwards=True)
        again = recently_insured(law, born, home, turned, onset)
        if again.met:
            credited = turned
            tests = [fully_insured(law, born, home, turned, onset), tests[-1], again]
    return Status(tests[0].met and tests[-1].met, home, credited, tuple(tests))


def _test(
    name: str,
    has: int,
    needed: int,
    window: int | None,
    cited: tuple[Citation, ...],
    home: HomeQuarters,
    credited: Credited,
) -> Tested:
    met = has >= needed
    args = (
        ("has", Duration(Fraction(has), Unit.QUARTER)),
        ("needed", Duration(Fraction(needed), Unit.QUARTER)),
        ("window", window),
        ("foreign", credited.total),
    )
    key = f"us-{name}" if met else f"us-{name}-missing"
    uses = (credited.step,) if home.step is None else (home.step, credited.step)
    return Tested(has, needed, Step(name.replace("-", "_"), met, key, args, cited, uses))
