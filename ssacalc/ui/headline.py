"""The outcome in one line: what is payable in all, with the agreements and without any."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from ssacalc.domain.determination import BenefitResult, Determination
from ssacalc.report.outcomes import refused, total
from ssacalc.report.wording import Wording

translate = QCoreApplication.translate
NO_BREAK = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class Headline:
    """What is payable in all with the agreements, and what would be without any."""

    with_agreements: str
    without: str


def headline(determination: Determination, wording: Wording) -> Headline:
    """Return the sums by currency; a State whose amount is not known is named."""
    return Headline(
        _sum(determination.with_instruments, wording), _sum(determination.without, wording)
    )


def _sum(results: tuple[BenefitResult, ...], wording: Wording) -> str:
    sums = total(result.payable for result in results if result.payable and result.payable.amount)
    told = [
        wording.text(
            "amount-per", amount=wording.settled(money), per=wording.name("per", money.per.value)
        ).replace(" ", NO_BREAK)
        for money in sums
    ]
    open_states = dict.fromkeys(
        wording.name("country", result.country)
        for result in results
        if result.payable is None and result.payable_from is None and not refused(result)
    )
    if open_states:
        unknown = translate("headline", "amounts not known ({states})")
        told.append(unknown.format(states=", ".join(open_states)))
    return " + ".join(told) or translate("headline", "nothing")
