"""Version 1 of the formats of ratifications and of national provisions."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field, model_validator

from ssacalc.domain.case import Branch
from ssacalc.domain.national import PaymentAbroad
from ssacalc.library.instrument_file import CountryCode, Identifier, SourceFile, Status
from ssacalc.models import Day, FileModel

RATIFICATIONS = "ssacalc-ratifications/1"
PROVISIONS = "ssacalc-provisions/1"

Months = Annotated[int, Field(ge=0, le=1200)]


class Sourced(FileModel):
    """What names the source it was read in, and how well it was read."""

    article: str = ""
    source: str | None = None
    status: Status | None = None
    note: str = ""


class RatificationFile(Sourced):
    """A State bound by a standard that the standard's own file does not tell.

    ``branches`` and ``refused`` are left out where nobody read which ones were accepted.
    """

    standard: Identifier
    country: CountryCode
    ratified: Day | None = None
    year: Annotated[int, Field(ge=1919, le=2200)] | None = None
    since: Day | None = None
    until: Day | None = None
    branches: tuple[Branch, ...] | None = None
    refused: tuple[Branch, ...] = ()


class ProvisionFile(Sourced):
    """What national law says of foreigners and of people abroad, for some branches.

    An answer that nobody read is left out; it is then not known.
    """

    branches: tuple[Branch, ...] = Field(min_length=1)
    abroad: PaymentAbroad = PaymentAbroad.UNKNOWN
    nationals_only: bool | None = None
    residence_months: Months | None = None
    contribution_months: Months | None = None
    absence_months: Months | None = None
    permit: bool | None = None
    refund: bool | None = None
    irregular: bool | None = None
    voluntary: bool | None = None
    since: Day | None = None
    until: Day | None = None
    scheme: str | None = None


class _SourcedFile(FileModel):
    """A file with sources that its entries name."""

    status: Status
    checked: Day | None = None
    note: str = ""
    sources: tuple[SourceFile, ...] = Field(min_length=1)

    def entries(self) -> Iterator[tuple[str, Sourced]]:
        """Yield every entry with its place."""
        raise NotImplementedError

    @model_validator(mode="after")
    def _sources_are_listed(self) -> "_SourcedFile":
        known = {source.id for source in self.sources}
        faults = [
            f"{place}.source: {entry.source!r} is not among the sources"
            for place, entry in self.entries()
            if entry.source is not None and entry.source not in known
        ]
        if faults:
            raise ValueError("; ".join(faults))
        return self


class RatificationsFile(_SourcedFile):
    """``resources/ratifications.toml``: what the files of the standards do not tell."""

    format: Literal["ssacalc-ratifications/1"]
    ratifications: tuple[RatificationFile, ...] = ()

    def entries(self) -> Iterator[tuple[str, Sourced]]:
        """Yield every entry with its place."""
        for number, entry in enumerate(self.ratifications, 1):
            yield f"ratifications[{number}]", entry


class ProvisionsFile(_SourcedFile):
    """``resources/provisions/<country>.toml``: the national law of one State."""

    format: Literal["ssacalc-provisions/1"]
    country: CountryCode
    provisions: tuple[ProvisionFile, ...] = Field(min_length=1)

    def entries(self) -> Iterator[tuple[str, Sourced]]:
        """Yield every entry with its place."""
        for number, entry in enumerate(self.provisions, 1):
            yield f"provisions[{number}]", entry
