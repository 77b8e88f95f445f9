"""Overlapping benefits: which national rules reach which amount, and within what limits.

Reg. (EC) 883/2004, art. 53 to 55, and Reg. (EC) 987/2009, art. 10, as far as clauses G10 and G13
of the instrument say so. Rules are applied to the independent amount and to the share, each by
itself; :mod:`ssacalc.engine.award` compares what is left.

Readings where the text leaves room: an independent benefit is counted among those by which is
divided where national law as it stands would cut it because of the same benefit or income, also
if the share is paid in the end; shares are never counted there. What is mutual goes before what
is divided or scaled, because Reg. (EC) 987/2009, art. 10, holds notwithstanding the rest.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from ssacalc.domain.agreement import Clause, Instrument
from ssacalc.domain.case import Case
from ssacalc.domain.determination import Doubt
from ssacalc.domain.overlap import (
    Counted,
    Divided,
    Division,
    Nature,
    OverlapKind,
    OverlapRegime,
    Reducible,
    Reduction,
    Regime,
)
from ssacalc.domain.trace import Argument, Citation, Step
from ssacalc.engine.amounts import Ratio, money_of
from ssacalc.engine.cuts import STRICT, Treatment, cut, rules_of
from ssacalc.engine.joining import Ground
from ssacalc.engine.share import Share

Arguments = tuple[tuple[str, Argument], ...]


@dataclass(frozen=True, slots=True)
class _Side:
    """One amount of one scheme: the independent benefit or the share."""

    share: Share
    step: Step
    independent: bool


@dataclass(frozen=True)
class _Table:
    """All amounts under one instrument, and the rules that reach each of them."""

    instrument: Instrument
    shares: Sequence[Share]
    ground: Ground

    @property
    def case(self) -> Case:
        return self.ground.case

    def regime(self, share: Share) -> OverlapRegime | None:
        """Return clause G10 for a scheme; ``None`` where it is not coded to compute with."""
        clause = self.ground.clause(self.instrument, "G10", share.standing.scheme)
        rule = clause.rule if clause and isinstance(clause.rule, OverlapRegime) else None
        if rule is not None and rule.regime is Regime.SPECIAL and rule.division is None:
            return None
        return rule

    @cached_property
    def cutting(self) -> tuple[tuple[_Side, Reduction], ...]:
        """The amounts with each rule that is admitted and would cut them as it stands."""
        return tuple(
            (side, rule)
            for share in self.shares
            for side in sides(share)
            for rule in rules_of(self.case, share.standing.scheme)
            if (against := self.against(side, rule)) is not None
            and cut(side.step, rule, _only(against), self.case.rates).taken
        )

    def against(self, side: _Side, rule: Reduction) -> tuple[Counted, ...] | None:
        """Return the amounts that may cut a benefit at all; ``None`` where none may."""
        regime = self.regime(side.share)
        if regime is None or regime.regime is Regime.NATIONAL:
            return rule.amounts
        if rule.kind is OverlapKind.INCOME:
            return rule.amounts
        if regime.regime is Regime.NO_CUT_OF_SHARES:
            return rule.amounts if side.independent else None
        if rule.kind is OverlapKind.DIFFERENT:
            return rule.amounts
        return self._same_kind(side, rule) or None if side.independent else None

    def _same_kind(self, side: _Side, rule: Reduction) -> tuple[Counted, ...]:
        """Return the benefits of the same kind that may cut an independent one (art. 54(2))."""
        scheme = side.share.standing.scheme
        listed = self.listed(scheme.country, scheme.named)
        if listed is None or (rule.nature or _presumed(listed)) is not listed.nature:
            return ()
        if listed.nature is Nature.INDEPENDENT_OF_DURATION:
            return rule.amounts
        return tuple(item for item in rule.amounts if self._meets_credited(item, listed))

    def _meets_credited(self, item: Counted, mine: Reducible) -> bool:
        other = self.listed(item.country, item.scheme) if item.country else None
        nature = item.nature or (_presumed(other) if other else None)
        if nature is Nature.CREDITED_TIME:
            return item.country not in mine.except_with
        return nature is Nature.INDEPENDENT_OF_DURATION

    def listed(self, country: str, scheme: str | None) -> Reducible | None:
        """Return how clause G13 lists a benefit, or ``None`` where it does not."""
        clause = self.listing(country, scheme)
        return clause.rule if clause and isinstance(clause.rule, Reducible) else None

    def listing(self, country: str, scheme: str | None) -> Clause | None:
        """Return clause G13 for a benefit."""
        claim = self.case.claim
        return self.instrument.clause(
            "G13", claim.on, party=country, scheme=scheme, branch=claim.benefit
        )

    def law(self, side: _Side, rule: Reduction) -> tuple[Citation, ...]:
        """Return the clauses that say whether a rule reaches an amount."""
        scheme = side.share.standing.scheme
        regime = self.ground.clause(self.instrument, "G10", scheme)
        same = rule.kind is OverlapKind.SAME and side.independent
        listing = self.listing(scheme.country, scheme.named) if same else None
        return tuple(clause.law for clause in (regime, listing) if clause is not None)

    def number(self, rule: Reduction) -> int:
        """Return how many independent benefits the same benefits or income would cut."""
        names = {item.name for item in rule.amounts}
        return sum(
            side.independent
            and other.kind is not OverlapKind.SAME
            and not names.isdisjoint(item.name for item in other.amounts)
            for side, other in self.cutting
        )

    def mutual(self, side: _Side, rule: Reduction, against: Sequence[Counted]) -> int:
        """Return how many of the benefits counted are themselves cut because of this one."""
        return sum(item.mutual or self._cuts_back(side, rule, item) for item in against)

    def _cuts_back(self, side: _Side, rule: Reduction, item: Counted) -> bool:
        """Tell whether a benefit that is counted is cut because of this one by its own State."""
        mine = side.share.standing.scheme
        return any(
            other.kind is rule.kind
            and there.share is not side.share
            and _stands_for(item, there.share)
            and any(_stands_for(back, side.share) for back in other.amounts)
            for there, other in self.cutting
            if there.share.standing.scheme.country != mine.country
        )

    @cached_property
    def one_state(self) -> bool:
        """Whether a single State applies rules of this sort (art. 53(3)(d))."""
        return len({side.share.standing.scheme.country for side, _ in self.cutting}) <= 1


def _presumed(listed: Reducible) -> Nature | None:
    """Return the nature of a listed benefit of which the case says nothing."""
    return None if listed.only_if_stated else listed.nature


def _stands_for(item: Counted, share: Share) -> bool:
    """Tell whether an amount counted is the benefit of a scheme of the case."""
    scheme = share.standing.scheme
    return item.country == scheme.country and (item.scheme is None or scheme.meant_by(item.scheme))


def _only(against: tuple[Counted, ...]) -> Treatment:
    return Treatment(coordinated=True, against=against)


def sides(share: Share) -> Iterator[_Side]:
    """Yield the amounts of a scheme that rules can reach."""
    amounts = share.amounts
    if amounts.independent is not None and share.position.own_right is not False:
        yield _Side(share, amounts.independent, independent=True)
    if amounts.pro_rata is not None:
        yield _Side(share, amounts.pro_rata, independent=share.assumes_all)


def reduced(instrument: Instrument, shares: Sequence[Share], ground: Ground) -> list[Share]:
    """Return every scheme's amounts after national rules against overlapping, within the limits."""
    if not ground.case.reductions:
        return list(shares)
    table = _Table(instrument, shares, ground)
    return [_reduced(share, table) for share in shares]


def by_national_law(case: Case, share: Share) -> Share:
    """Return a scheme's amount after its own rules as they stand, without any instrument."""
    doubts: list[Doubt] = []
    step = share.amounts.independent
    for rule in rules_of(case, share.standing.scheme) if step is not None else ():
        found = cut(step, rule, STRICT, case.rates) if step is not None else None
        step = found.left if found is not None and found.left is not None else step
        doubts.extend(found.doubts if found is not None else ())
    if step is share.amounts.independent and not doubts:
        return share
    amounts = replace(
        share.amounts, reduced_independent=step, doubts=[*share.amounts.doubts, *doubts]
    )
    return replace(share, amounts=amounts)


def _reduced(share: Share, table: _Table) -> Share:
    rules = rules_of(table.case, share.standing.scheme)
    if not rules:
        return share
    doubts: list[Doubt] = []
    left: dict[bool, Step] = {}
    for side in sides(share):
        step = side.step
        for rule in rules:
            step = _through(replace(side, step=step), rule, table, doubts)
        left[side.independent] = step
    amounts = replace(
        share.amounts,
        reduced_independent=left.get(True),
        reduced_share=left.get(False),
        doubts=[*share.amounts.doubts, *dict.fromkeys(doubts)],
    )
    return replace(share, amounts=amounts)


def _through(side: _Side, rule: Reduction, table: _Table, doubts: list[Doubt]) -> Step:
    """Return what one rule leaves of one amount, or the amount with the reason it stays whole."""
    regime, law = table.regime(side.share), table.law(side, rule)
    against = table.against(side, rule)
    doubts.extend(_open_questions(side, rule, table, law))
    if against is None:
        return _spared(side, rule, law)
    if regime is None or regime.regime is not Regime.SPECIAL:
        treatment = replace(STRICT, law=law)
    else:
        treatment = _treatment(side, rule, table, regime, law)
        if rule.divides is None and treatment.amounts_by > 1:
            doubts.extend(_either_way(side, rule, treatment, table.case))
    found = cut(side.step, rule, treatment, table.case.rates)
    doubts.extend(found.doubts)
    left = money_of(found.left)
    if treatment.amounts_by > 1 and left is not None and not left.amount:
        args: Arguments = (("scheme", side.share.standing.scheme.title),)
        doubts.append(Doubt("convention", "pensioner-status-kept", args, law))
    return side.step if found.left is None else found.left


def _treatment(
    side: _Side, rule: Reduction, table: _Table, regime: OverlapRegime, law: tuple[Citation, ...]
) -> Treatment:
    against = table.against(side, rule) or ()
    base = Treatment(law, coordinated=True, limited=table.one_state, against=against)
    mutual = table.mutual(side, rule, against) if regime.mutual else 0
    if mutual:
        return replace(base, cut_by=1 + mutual)
    if rule.kind is OverlapKind.SAME:
        return base
    if rule.scaled or not side.independent:
        return replace(base, ratio=_ratio(side.share), amounts_only=regime.amounts_only)
    number = max(table.number(rule), 1)
    if regime.division is Division.NOT_PAID or rule.divides is Divided.EXCESS:
        return replace(base, cut_by=number)
    return replace(base, amounts_by=number)


def _ratio(share: Share) -> Ratio:
    """Return the ratio of the share (art. 52(1)(b)(ii)), also where no share was computed."""
    amounts, position = share.amounts, share.position
    if amounts.ratio is not None and amounts.pro_rata is not None and amounts.ratio[1]:
        return amounts.ratio
    return position.own, position.total or position.own


def _spared(side: _Side, rule: Reduction, law: tuple[Citation, ...]) -> Step:
    """Return the amount unchanged, with the reason why the rule does not reach it."""
    amount = money_of(side.step)
    args: Arguments = (("amount", amount), ("country", rule.country))
    key = "reduction-not-admitted" if side.independent else "reduction-not-on-share"
    return Step("reduced_amount", amount, key, args, law, (side.step,))


def _open_questions(
    side: _Side, rule: Reduction, table: _Table, law: tuple[Citation, ...]
) -> Iterator[Doubt]:
    scheme = side.share.standing.scheme
    args: Arguments = (("instrument", table.instrument.short), ("scheme", scheme.title))
    if table.regime(side.share) is None:
        yield Doubt("missing", "reduction-regime-not-coded", args, law)
        return
    listed = table.listed(scheme.country, scheme.named)
    asked = rule.kind is OverlapKind.SAME and side.independent and rule.nature is None
    if asked and listed is not None and listed.only_if_stated:
        yield Doubt("missing", "reduction-nature-not-stated", args, law)


def _either_way(side: _Side, rule: Reduction, treatment: Treatment, case: Case) -> Iterator[Doubt]:
    """Say what dividing only the excess would give where the case leaves the choice open."""
    other = replace(treatment, amounts_by=1, cut_by=treatment.amounts_by)
    this, that = (cut(side.step, rule, t, case.rates).left for t in (treatment, other))
    one, two = money_of(this), money_of(that)
    if one is not None and two is not None and one != two:
        args: Arguments = (("amount", one), ("other", two), ("country", rule.country))
        yield Doubt("convention", "reduction-divides", args, treatment.law)
