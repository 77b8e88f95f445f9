"""The annex of a statement: every step with its number, working, article, source and address."""

from collections.abc import Iterator, Sequence

from ssacalc.domain.determination import BenefitResult
from ssacalc.report.draft import Draft
from ssacalc.report.tree import (
    Block,
    Cell,
    Column,
    Heading,
    NumberedStep,
    Paragraph,
    Row,
    Steps,
    Table,
    Tone,
)


def annex(draft: Draft) -> Iterator[Block]:
    """Show every step once, under the first result that rests on it."""
    determination = draft.determination
    if not determination.with_instruments:
        return
    yield Heading(draft.text("annex"), new_page=True)
    shown: set[int] = set()
    for result in determination.with_instruments:
        yield from _result(draft, result, "annex-of", shown)
    for result in draft.counterfactuals:
        if not shown.issuperset(_reached(draft, result)):
            yield from _result(draft, result, "annex-without", shown)
    yield from _sources(draft)


def _sources(draft: Draft) -> Iterator[Block]:
    """List where the texts were read, by the marks that the steps carry."""
    if not draft.sources:
        return
    yield Heading(draft.text("sources"), 2)
    columns = (
        Column(draft.text("column-mark"), 9),
        Column(draft.text("column-source"), 41),
        Column(draft.text("column-read"), 50),
    )
    rows = (
        Row((Cell(mark), Cell(title), Cell(address)))
        for (title, address), mark in draft.sources.items()
    )
    yield Table(columns, tuple(rows))


def _reached(draft: Draft, result: BenefitResult) -> list[int]:
    """Return the numbers of the steps a result rests on, in order."""
    pending = [draft.number(result.result), draft.number(result.portability.step)]
    reached: set[int] = set()
    while pending:
        number = pending.pop()
        if number not in reached:
            reached.add(number)
            pending.extend(used + 1 for used in draft.steps.uses[number - 1])
    return sorted(reached)


def _result(draft: Draft, result: BenefitResult, key: str, shown: set[int]) -> Iterator[Block]:
    country = draft.wording.name("country", result.country)
    yield Heading(draft.text(key, country=country, scheme=draft.scheme(result)), 2)
    reached = _reached(draft, result)
    new = [number for number in reached if number not in shown]
    used = {n + 1 for number in new for n in draft.steps.uses[number - 1]}
    shared = sorted(used & shown) if new else reached
    if shared:
        key = "annex-shared" if new else "annex-only"
        yield Paragraph(draft.text(key, steps=listed(shared)), Tone.QUIET)
    if new:
        yield Steps(tuple(_step(draft, number) for number in new))
    shown.update(new)


def listed(numbers: Sequence[int]) -> str:
    """Return numbers as printed, runs of them shortened.

    >>> listed([1, 2, 3, 5])
    '(1)–(3), (5)'
    """
    return ", ".join("–".join(f"({number})" for number in run) for run in runs(numbers))


def runs(numbers: Sequence[int]) -> list[tuple[int, ...]]:
    """Return numbers one by one, and runs of three and more as their first and last.

    >>> runs([1, 2, 4, 5, 6])
    [(1,), (2,), (4, 6)]
    """
    found: list[list[int]] = []
    for number in numbers:
        if found and number == found[-1][-1] + 1:
            found[-1].append(number)
        else:
            found.append([number])
    short: list[tuple[int, ...]] = []
    for run in found:
        short += [(run[0], run[-1])] if len(run) > 2 else [(number,) for number in run]
    return short


def _step(draft: Draft, number: int) -> NumberedStep:
    step = draft.steps.steps[number - 1]
    wording = draft.wording
    return NumberedStep(
        number,
        wording.label(step),
        wording.value(step),
        wording.working(step),
        draft.references(step),
        tuple(used + 1 for used in draft.steps.uses[number - 1]),
    )
