"""What a case states beside its periods: family, earnings, certificates, facts, rules, rates.

The statement and the window show the same groups.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ssacalc.domain.case import Case, Certified, ExchangeRate, Relative
from ssacalc.domain.determination import Determination
from ssacalc.domain.money import Money
from ssacalc.domain.overlap import Counted, Reduction
from ssacalc.report.claimants import called
from ssacalc.report.wording import Wording

COUNTING = "counting."
"""How the convention is named by which a case chooses a scheme's counting of dates."""


@dataclass(frozen=True, slots=True)
class Stated:
    """One fact in words: of which State and scheme, what, what more is known of it.

    ``owner`` is empty where a fact is of no State; ``place`` tells where in the case it stands.
    """

    owner: str
    text: str
    details: tuple[str, ...] = ()
    place: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Facts of one sort."""

    title: str
    rows: tuple[Stated, ...]


@dataclass(frozen=True, slots=True)
class _Words:
    determination: Determination
    wording: Wording

    def owner(self, country: str, scheme: str | None) -> str:
        """Name a State, and its scheme where one is named."""
        state = self.wording.name("country", country)
        if scheme is None:
            return state
        titles = {r.scheme: r.scheme_title for r in self.determination.with_instruments}
        return f"{state}, {self.wording.name('scheme', titles.get(scheme, scheme))}"

    def amount(self, money: Money) -> str:
        """Word an amount with how often it is due."""
        per = self.wording.name("per", money.per.value)
        return self.wording.text("amount-per", amount=self.wording.settled(money), per=per)


def stated(determination: Determination, wording: Wording) -> tuple[Group, ...]:
    """Return the facts of a case group by group; groups of which nothing is stated are left out."""
    words = _Words(determination, wording)
    groups = (
        Group(wording.text(key), tuple(rows(words, determination.case))) for key, rows in GROUPS
    )
    return tuple(group for group in groups if group.rows)


def _family(words: _Words, case: Case) -> Iterator[Stated]:
    for number, relative in enumerate(case.person.relatives, 1):
        details = tuple(_of_relative(words.wording, relative))
        yield Stated("", called(relative, words.wording), details, f"person.relatives[{number}]")


def _of_relative(wording: Wording, relative: Relative) -> Iterator[str]:
    if relative.married is not None:
        yield wording.text("relative-married", on=relative.married)
    if relative.disabled:
        yield wording.text("relative-disabled")


def _earnings(words: _Words, case: Case) -> Iterator[Stated]:
    years: dict[tuple[str, str | None], set[int]] = {}
    for earned in case.earnings:
        years.setdefault((earned.country, earned.scheme), set()).add(earned.year)
    for owner, found in years.items():
        key = "earnings-one-year" if len(found) == 1 else "earnings-stated"
        span = {"years": len(found), "first": min(found), "last": max(found)}
        yield Stated(words.owner(*owner), words.wording.text(key, **span))


def _certified(words: _Words, case: Case) -> Iterator[Stated]:
    for certified in case.certified:
        owner = words.owner(certified.country, certified.scheme)
        reference = (certified.reference,) if certified.reference else ()
        for key, value in _values(words, certified):
            text = words.wording.text(key, value=value)
            yield Stated(owner, text, reference, certified.place)


def _values(words: _Words, certified: Certified) -> Iterator[tuple[str, str]]:
    for key, money in (
        ("certified-independent", certified.independent),
        ("certified-theoretical", certified.theoretical),
        ("certified-voluntary", certified.displaced_voluntary),
        ("certified-least", certified.minimum_benefit),
    ):
        if money is not None:
            yield key, words.amount(money)
    for key, duration in (
        ("certified-own", certified.own),
        ("certified-total", certified.total),
        ("certified-minimum", certified.minimum),
        ("certified-maximum", certified.maximum),
    ):
        if duration is not None:
            yield key, words.wording.duration(duration)
    for key, answer in (
        ("certified-right", certified.own_right),
        ("certified-condition", certified.condition_met),
    ):
        if answer is not None:
            yield key, words.wording.yes_no(answer)


def _facts(words: _Words, case: Case) -> Iterator[Stated]:
    for fact in case.facts:
        owner = words.owner(fact.country, None)
        text = words.wording.text("fact-stated", name=fact.name, value=fact.value)
        yield Stated(owner, text, (fact.reference,) if fact.reference else ())


def _rules(words: _Words, case: Case) -> Iterator[Stated]:
    for rule in case.reductions:
        owner = words.owner(rule.country, rule.scheme)
        text = words.wording.text("rule-stated", kind=rule.kind.value)
        listed = "; ".join(_counted(words, item) for item in rule.amounts)
        counts = words.wording.text("rule-counts", listed=listed)
        yield Stated(owner, text, (*_of_rule(words, rule), counts), rule.place)


def _of_rule(words: _Words, rule: Reduction) -> Iterator[str]:
    wording = words.wording
    if rule.law:
        yield wording.text("rule-law", law=rule.law)
    bound = rule.ceiling or rule.free
    key = "rule-ceiling" if rule.ceiling else "rule-free" if rule.free else "rule-whole"
    told = "" if bound is None else words.amount(bound)
    yield wording.text("rule-suspends" if rule.suspends else key, rate=rule.rate, bound=told)
    if rule.suspends and bound is not None:
        yield wording.text(f"{key}-bound", bound=told)
    for key, holds in (
        ("rule-scaled", rule.scaled),
        ("rule-own-only", not rule.foreign),
        ("rule-after-deductions", rule.after_deductions),
    ):
        if holds:
            yield wording.text(key)
    if rule.nature is not None:
        yield wording.text("rule-nature", nature=rule.nature.value)
    if rule.divides is not None:
        yield wording.text(f"rule-divides-{rule.divides.value}")


def _counted(words: _Words, item: Counted) -> str:
    """Word a benefit or income that a rule looks at, with all that is known of it."""
    wording = words.wording
    named = item.name or wording.text("counted-unnamed")
    told = wording.text("counted", name=named, amount=words.amount(item.amount))
    more = [words.owner(item.country, item.scheme)] if item.country else []
    for key, part in (("counted-net", item.net), ("counted-voluntary", item.voluntary or None)):
        if part is not None:
            like = Money(part, item.amount.currency, item.amount.per)
            more.append(wording.text(key, amount=wording.settled(like)))
    if item.nature is not None:
        more.append(wording.name("nature", item.nature.value))
    if item.mutual:
        more.append(wording.text("counted-mutual"))
    return wording.text("counted-more", told=told, more="; ".join(more)) if more else told


def _rates(words: _Words, case: Case) -> Iterator[Stated]:
    for rate in case.rates:
        text = words.wording.text(
            "rate-stated", currency=rate.currency, into=rate.into, rate=rate.rate, on=rate.on
        )
        yield Stated("", text, (_source(words.wording, rate),))


def _source(wording: Wording, rate: ExchangeRate) -> str:
    return rate.source or wording.text("rate-unsourced")


def _conventions(words: _Words, case: Case) -> Iterator[Stated]:
    for name, chosen in case.conventions:
        if name.startswith(COUNTING):
            scheme = name.removeprefix(COUNTING)
            titles = {r.scheme: r.scheme_title for r in words.determination.with_instruments}
            text = words.wording.text(
                "counting-chosen", scheme=titles.get(scheme, scheme), counting=chosen
            )
        else:
            text = words.wording.text("convention-chosen", convention=name, choice=chosen)
        yield Stated("", text)


GROUPS: tuple[tuple[str, Callable[[_Words, Case], Iterator[Stated]]], ...] = (
    ("stated-family", _family),
    ("stated-certified", _certified),
    ("stated-earnings", _earnings),
    ("stated-facts", _facts),
    ("stated-rules", _rules),
    ("stated-rates", _rates),
    ("stated-conventions", _conventions),
)
"""The groups in the order in which a reader asks for them."""
