"""What every part of a statement is written from: the determination, the words, the numbers."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from ssacalc.domain.determination import BenefitResult, Determination
from ssacalc.domain.money import Money
from ssacalc.domain.trace import Argument, Citation, Step, walk
from ssacalc.report.outcomes import StepList, conditions
from ssacalc.report.tree import Cell, Item, Reference
from ssacalc.report.wording import Wording


@dataclass(frozen=True, slots=True)
class Draft:
    """A determination being worded; its steps are numbered once for the whole statement."""

    determination: Determination
    wording: Wording
    steps: StepList = field(default_factory=StepList)
    sources: dict[tuple[str, str], str] = field(default_factory=dict)

    @classmethod
    def of(cls, determination: Determination, wording: Wording) -> "Draft":
        """Return a draft with every step numbered, in the order of the annex.

        Without instruments only results with an amount bring steps of their own: the others say
        again what the same scheme's result under an instrument says of its own periods.
        """
        draft = cls(determination, wording)
        for result in (*determination.with_instruments, *draft.counterfactuals):
            draft.steps.add(result.result)
            draft.steps.add(result.portability.step)
        return draft

    @property
    def counterfactuals(self) -> tuple[BenefitResult, ...]:
        """The results by national law alone that have an amount."""
        return tuple(r for r in self.determination.without if r.payable is not None)

    @property
    def residence(self) -> str:
        """The State in which the person lives."""
        return self.determination.case.person.residence

    def text(self, key: str, **args: Argument) -> str:
        """Word one of the statement's own sentences."""
        return self.wording.text(key, **args)

    def of_result(self, key: str, result: BenefitResult, **args: Argument) -> str:
        """Word a sentence about one result, its State and scheme named."""
        return self.text(key, country=result.country, scheme=result.scheme_title, **args)

    def scheme(self, result: BenefitResult) -> str:
        """Name a result's scheme."""
        return self.wording.name("scheme", result.scheme_title)

    def scheme_named(self, country: str, scheme: str) -> str:
        """Name a scheme of the determination by its State and id."""
        for result in self.determination.with_instruments:
            if (result.country, result.scheme) == (country, scheme):
                return self.scheme(result)
        return scheme

    def instrument(self, result: BenefitResult) -> str:
        """Name the instrument applied, as the wording or the determination names it."""
        if result.instrument is None:
            return self.text("no-instrument")
        named = self.wording.name("instrument", result.instrument)
        return (
            result.instrument_name
            if named == result.instrument and result.instrument_name
            else named
        )

    def number(self, step: Step) -> int:
        """Return the number of a step as printed."""
        return self.steps.number(step) + 1

    def found(self, result: BenefitResult, *names: str) -> tuple[int, ...]:
        """Return the number of the last step of a result that has one of the names."""
        for step in reversed(list(walk(result.result))):
            if step.name in names:
                return (self.number(step),)
        return ()

    def conditions(self, result: BenefitResult, time: str) -> tuple[int, ...]:
        """Return the numbers of the conditions that decide by a result's own or total time."""
        return tuple(dict.fromkeys(self.number(step) for step in conditions(result, time)))

    def cell(self, text: str, result: BenefitResult, *names: str) -> Cell:
        """Return a cell tied to the step that found it."""
        return Cell(text, self.found(result, *names))

    def amount(self, money: Money) -> str:
        """Word an amount with how often it is due."""
        per = self.wording.name("per", money.per.value)
        return self.text("amount-per", amount=self.wording.settled(money), per=per)

    def law(self, citations: Iterable[Citation]) -> str:
        """Word citations in one line."""
        return "; ".join(dict.fromkeys(self.wording.citation(law) for law in citations))

    def references(self, step: Step) -> tuple[Reference, ...]:
        """Return a step's citations worded, each with where it was read."""
        return tuple(
            Reference(
                self.wording.citation(law), self.mark(law), law.source, law.address, law.verified
            )
            for law in dict.fromkeys(step.law)
        )

    def mark(self, law: Citation) -> str:
        """Return the mark of the source in which a citation was read; none where none is named."""
        if not law.source and not law.address:
            return ""
        read = (law.source or law.document, law.address)
        return self.sources.setdefault(read, f"S{len(self.sources) + 1}")

    def item(self, text: str, law: Iterable[Citation] = (), note: str = "") -> Item:
        """Return a point of a list with its law worded."""
        return Item(text, note, self.law(law))
