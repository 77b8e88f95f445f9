"""Between what a result lies where dates are uncertain, and what unproved periods are worth."""

from collections.abc import Iterator

from ssacalc.domain.case import InsurancePeriod
from ssacalc.domain.determination import Range, Worth
from ssacalc.domain.money import Money
from ssacalc.report.draft import Draft
from ssacalc.report.tree import Block, Heading, Item, Paragraph, Points

Outcome = tuple[bool | None, Money | None]


def bounds(draft: Draft) -> Iterator[Block]:
    """Say what the result would be if uncertain dates or unproved periods were otherwise."""
    determination = draft.determination
    if determination.ranges:
        yield Heading(draft.text("ranges"))
        yield Paragraph(draft.text("ranges-note"))
        yield Points(tuple(_range(draft, found) for found in determination.ranges))
    if determination.worths:
        yield Heading(draft.text("worths"))
        yield Paragraph(draft.text("worths-note"))
        yield Points(tuple(_worth(draft, found) for found in determination.worths))


def _range(draft: Draft, found: Range) -> Item:
    least_most = found.payable
    if least_most is None:
        key = "range-no-amount"
    else:
        key = "range-same" if least_most[0] == least_most[1] else "range-amounts"
    least, most = ("", "") if least_most is None else map(draft.amount, least_most)
    scheme = draft.scheme_named(found.country, found.scheme)
    text = draft.text(key, country=found.country, scheme=scheme, least=least, most=most)
    return Item(text, draft.text("range-right") if len(found.rights) > 1 else "")


def _worth(draft: Draft, found: Worth) -> Item:
    text = draft.text(
        "worth",
        period=_period(draft, found.period),
        country=found.country,
        scheme=draft.scheme_named(found.country, found.scheme),
        proved=_outcome(draft, found.with_it),
        unproved=_outcome(draft, found.without_it),
    )
    return Item(text)


def _period(draft: Draft, period: InsurancePeriod) -> str:
    known = {"country": period.country, "kind": period.kind.value}
    if period.first is None or period.last is None:
        return draft.text("worth-period-undated", **known)
    first, last = period.first.earliest, period.last.latest
    return draft.text("worth-period", first=first, last=last, **known)


def _outcome(draft: Draft, outcome: Outcome) -> str:
    right, money = outcome
    if right is False:
        return draft.text("worth-no-right")
    return draft.text("worth-unknown") if money is None else draft.amount(money)
