"""Own and foreign periods against a scheme's conditions: a right, or what is missing for it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from ssacalc.domain.case import Case
from ssacalc.domain.determination import Shortfall
from ssacalc.domain.scheme import ConditionKind, Scheme
from ssacalc.domain.spans import Span
from ssacalc.domain.trace import Step
from ssacalc.engine.conditions import Outcome, Record, outcome_of
from ssacalc.engine.crediting import Time


@dataclass(frozen=True, slots=True)
class Right:
    """Whether the conditions are met, the worst shortfall, and the steps.

    ``met`` is ``None`` where a condition cannot be told and no other one fails.
    """

    met: bool | None
    shortfall: Shortfall | None
    outcomes: tuple[Outcome, ...]

    @property
    def steps(self) -> tuple[Step, ...]:
        """The step of each condition."""
        return tuple(outcome.step for outcome in self.outcomes)


def right(scheme: Scheme, record: Record, case: Case, insured: Outcome | None = None) -> Right:
    """Return whether a record meets the scheme's conditions for a claimant, and what is missing.

    Conditions of a route must be met together; of the routes one suffices. ``insured`` is the
    outcome of the insured-status tests where the scheme's law has its own.
    """
    abroad = case.person.residence != scheme.country
    always: list[Outcome] = []
    routes: dict[str, list[Outcome]] = {}
    for condition in scheme.conditions:
        if (
            (condition.abroad is None or condition.abroad is abroad)
            and (not condition.branches or case.claim.benefit in condition.branches)
            and (condition.sex is None or case.person.sex_in_law in (None, condition.sex))
        ):
            found = (
                insured
                if insured is not None and condition.kind is ConditionKind.FULLY_INSURED
                else outcome_of(condition, scheme, record, case)
            )
            routes.setdefault(condition.route, []).append(found) if condition.route else (
                always.append(found)
            )
    outcomes = (*always, *_by_routes(routes, complete=record.complete))
    failed = [o for o in outcomes if o.met is False]
    if failed and not record.complete and all(o.condition not in _TIMELESS for o in failed):
        return Right(met=None, shortfall=None, outcomes=outcomes)
    if failed:
        return Right(met=False, shortfall=_worst(failed), outcomes=outcomes)
    unknown = not scheme.conditions or any(o.met is None for o in outcomes)
    return Right(None if unknown else True, None, outcomes)


_TIMELESS = ("age", "born")
"""Conditions whose outcome does not depend on periods."""


def _worst(failed: Iterable[Outcome]) -> Shortfall | None:
    """Return the shortfall of time, failing that the greatest."""
    lacking = [o.shortfall for o in failed if o.shortfall]
    by_time = [shortfall for shortfall in lacking if shortfall.condition != "age"]
    return by_time[0] if by_time else max(lacking, key=lambda s: s.missing, default=None)


def _by_routes(routes: dict[str, list[Outcome]], *, complete: bool) -> Iterable[Outcome]:
    """Yield the one outcome of alternative routes: the best of them decides."""
    if not routes:
        return
    looked = [_route(name, outcomes, complete=complete) for name, outcomes in routes.items()]
    best = min(looked, key=_nearness)
    met = best.met
    args = (("route", next(n for n, o in zip(routes, looked, strict=True) if o is best)),)
    key = {True: "routes-one-met", False: "routes-none-met", None: "routes-not-told"}[met]
    uses = tuple(outcome.step for outcome in looked)
    step = Step("condition", met, key, args, best.step.law, uses)
    yield Outcome(best.condition, met, best.shortfall, step)


def _nearness(route: Outcome) -> tuple[int, date]:
    """Order routes: met, not to be told, then by the day on which the gap would be closed."""
    order = {True: 0, None: 1, False: 2}[route.met]
    closed = route.shortfall.closed_on if route.shortfall else None
    return order, closed or date.max


def _route(name: str, outcomes: Sequence[Outcome], *, complete: bool) -> Outcome:
    """Return all conditions of a route as one: the gap is closed when the last of them is."""
    failed = [o for o in outcomes if o.met is False]
    told = complete or any(o.condition in _TIMELESS for o in failed)
    met: bool | None = not failed
    if (failed and not told) or (not failed and any(o.met is None for o in outcomes)):
        met = None
    key = {True: "route-met", False: "route-not-met", None: "route-not-told"}[met]
    law = tuple(dict.fromkeys(citation for o in outcomes for citation in o.step.law))
    steps = tuple(outcome.step for outcome in outcomes)
    step = Step("condition", met, key, (("route", name),), law, steps)
    shortfall = None if met is not False else _last_closed(failed)
    condition = failed[0].condition if failed else outcomes[0].condition
    return Outcome(shortfall.condition if shortfall else condition, met, shortfall, step)


def _last_closed(failed: Iterable[Outcome]) -> Shortfall | None:
    """Return the shortfall closed last; one that time alone does not close is the last."""
    lacking = [o.shortfall for o in failed if o.shortfall]
    return max(lacking, key=lambda s: s.closed_on or date.max, default=None)


def totalised(
    own: Record, foreign: Time, *, complete: bool = True, elsewhere: tuple[Span, ...] = ()
) -> Record:
    """Return the record of own and foreign time together."""
    return Record(
        own.units + foreign.units,
        own.own,
        (*own.spans, *foreign.spans),
        foreign.step,
        own.complete and complete,
        elsewhere,
        (*own.lying, *foreign.lying),
        own.entered,
    )
