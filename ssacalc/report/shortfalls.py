"""What is missing for a right, by how much, and what would cure it."""

from collections.abc import Iterator

from ssacalc.domain.determination import BenefitResult
from ssacalc.domain.trace import Step, walk
from ssacalc.domain.units import MONTHS_IN, Duration, Unit
from ssacalc.report.draft import Draft
from ssacalc.report.outcomes import entitled, ways
from ssacalc.report.tree import Block, Heading, Item, Points
from ssacalc.report.wording import Wording

HELPED = (
    "age",
    "units",
    "units-in-window",
    "yearly-average",
    "fully-insured",
    "age-at-entry",
    "own-units",
    "born",
    "minimum-own-period",
)
"""The conditions for which the catalogue has words on what would help."""
LAST_WORD = ("age", "born", "own-units")
"""The conditions that other States' periods could not meet under any agreement."""


def shortfalls(draft: Draft) -> Iterator[Block]:
    """Say of every refusal what is missing, by how much, and what would cure it."""
    items = [
        _missing(draft, result)
        for result in draft.determination.with_instruments
        if result.shortfall is not None and not entitled(result)
    ]
    if items:
        yield Heading(draft.text("shortfalls"))
        yield Points(tuple(items))


def _missing(draft: Draft, result: BenefitResult) -> Item:
    shortfall = result.shortfall
    if shortfall is None:
        return Item("")
    condition = shortfall.condition
    key = f"missing-{condition}" if condition in ("age", "born") else "missing"
    missing = Duration(shortfall.missing, shortfall.unit)
    if condition == "age" and missing.unit is Unit.MONTH:
        missing = Duration(missing.number / MONTHS_IN[Unit.YEAR], Unit.YEAR)
    text = draft.of_result(key, result, missing=missing, condition=condition)
    note = draft.text(f"help-{condition}" if condition in HELPED else "help-other")
    if shortfall.closed_on is not None:
        key = "closed-age" if condition == "age" else "closed-on"
        note = f"{draft.text(key, on=shortfall.closed_on)} {note}"
    if result.instrument is None and condition not in LAST_WORD:
        note = " ".join([note, *(_refused(draft, result) or [draft.text("help-none")])])
    beside = () if condition == "age" else _age_beside(result, draft)
    return Item(text, " ".join([note, *beside, *ways_told(result, draft.wording)]))


def _age_beside(result: BenefitResult, draft: Draft) -> Iterator[str]:
    """Say that a pension age is not reached either, whose day no closed gap brings nearer."""
    found = [step for step in walk(result.result) if step.name == "condition"]
    parts = {id(used) for step in found for used in step.uses}
    told = (s for s in found if s.key == "condition-age-missing" and id(s) not in parts)
    for step in dict.fromkeys(map(draft.wording.working, told)):
        yield draft.text("help-age-too", told=step)


def ways_told(result: BenefitResult, wording: Wording) -> list[str]:
    """Tell what each of several ways to a refused right lacks; nothing where there is but one."""
    looked = ways(result)
    if len(looked) < 2:
        return []
    return [wording.text("help-ways"), *(_way(way, wording) for way in looked)]


def _way(way: Step, wording: Wording) -> str:
    lacking = [used for used in way.uses if used.name == "condition" and used.value is not True]
    told = " ".join(wording.working(step) for step in lacking)
    return wording.text("help-way", route=dict(way.args).get("route"), told=told)


def _refused(draft: Draft, result: BenefitResult) -> list[str]:
    """Tell why each agreement that was looked at does not apply."""
    steps = (step for step in walk(result.result) if step.name == "instrument")
    return [draft.wording.working(step) for step in steps if step.value is not True]
