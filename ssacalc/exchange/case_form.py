"""Version 1 of the file format of a case: the whole, as its schema tells it."""

from pydantic import Field

from ssacalc.exchange.case_parts import (
    Amount,
    CertifiedPart,
    ClaimPart,
    FactPart,
    HeadPart,
    PeriodPart,
    PersonPart,
    RatePart,
    Year,
)
from ssacalc.exchange.case_reductions import ReductionPart


class CaseFile(HeadPart):
    """A whole case; files are read part by part, so that one fault hides no other."""

    person: PersonPart
    claim: ClaimPart
    periods: tuple[PeriodPart, ...] = ()
    earnings: dict[str, dict[Year, Amount]] = Field(default_factory=dict)
    certified: tuple[CertifiedPart, ...] = ()
    facts: tuple[FactPart, ...] = ()
    conventions: dict[str, str] = Field(default_factory=dict)
    rates: tuple[RatePart, ...] = ()
    reductions: tuple[ReductionPart, ...] = ()
