"""National rules against overlapping in a statement: amount before, each cut, amount after."""

from collections.abc import Iterator

from ssacalc.domain.determination import BenefitResult
from ssacalc.domain.trace import Step
from ssacalc.report.draft import Draft
from ssacalc.report.overlapping import (
    Applied,
    Reduced,
    reduced_amounts,
    reduced_payable,
    rules_stated,
)
from ssacalc.report.tree import (
    Block,
    Cell,
    Column,
    Heading,
    Paragraph,
    Row,
    Table,
    Tone,
    Weight,
)


def cuts(draft: Draft) -> Iterator[Block]:
    """Show every amount that rules against overlapping reach; nothing where no rule is stated."""
    results = [r for r in draft.determination.with_instruments if _concerned(draft, r)]
    if not results:
        return
    yield Heading(draft.text("cuts"))
    yield Paragraph(draft.text("cuts-note"), Tone.QUIET)
    for result in results:
        amounts = reduced_amounts(result)
        if not amounts:
            yield Paragraph(draft.of_result("cuts-not-applied", result), Tone.WARNING)
        for amount in amounts:
            yield from _amount(draft, result, amount)


def _concerned(draft: Draft, result: BenefitResult) -> bool:
    if result.own_right is False and result.with_agreement is False:
        return False
    return rules_stated(draft.determination.case, result)


def _amount(draft: Draft, result: BenefitResult, amount: Reduced) -> Iterator[Block]:
    paid = reduced_payable(result)
    key = "cuts-of-paid" if paid is not None and paid.step is amount.step else "cuts-of"
    yield Heading(draft.of_result(key, result, amount=amount.of.name), 2)
    columns = (
        Column(draft.text("column-what"), 24),
        Column(draft.text("column-how"), 52),
        Column(draft.text("column-amount"), 24, figures=True),
    )
    yield Table(columns, tuple(_rows(draft, amount)))


def _rows(draft: Draft, amount: Reduced) -> Iterator[Row]:
    before = Cell(draft.wording.settled(amount.before), (draft.number(amount.of),))
    yield Row((Cell(draft.text("cuts-before")), Cell(draft.wording.label(amount.of)), before))
    for rule in amount.rules:
        told: set[str] = set()
        for step in rule.working:
            yield _row(draft, step, told)
        yield _row(draft, rule.step, told, _weight(amount, rule))


def _weight(amount: Reduced, rule: Applied) -> Weight:
    return Weight.RESULT if rule is amount.rules[-1] else Weight.PLAIN


def _row(draft: Draft, step: Step, told: set[str], weight: Weight = Weight.PLAIN) -> Row:
    """Return a step as a row; its law is named where the rule has not named it yet."""
    law = [draft.wording.citation(citation) for citation in dict.fromkeys(step.law)]
    new = [citation for citation in law if citation not in told]
    told.update(law)
    return Row(
        (
            Cell(draft.wording.label(step)),
            Cell(draft.wording.working(step), note=f"[{'; '.join(new)}]" if new else ""),
            Cell(draft.wording.value(step), (draft.number(step),)),
        ),
        weight,
    )
