"""Version 1 of the file format of an instrument."""

from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, model_validator

from ssacalc.domain.agreement import (
    Cover,
    EventKind,
    InstrumentKind,
)
from ssacalc.domain.case import Branch
from ssacalc.models import Day, FileModel

CountryCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}(-[A-Z0-9]{1,3})?$")]
Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9.]+)*$")]


class Status(StrEnum):
    """``verified`` only where the text itself was read."""

    VERIFIED = "verified"
    UNVERIFIED = "unverified"


class SourceFile(FileModel):
    """Where a text was read."""

    id: str
    title: str
    address: str
    language: str = ""
    read: Day | None = None
    passage: str = ""


class PartyFile(FileModel):
    """A State bound from ``since``; leave ``since`` out where the date is not known or not yet.

    Parties of one ``side`` are not bound to each other.
    """

    country: CountryCode
    since: Day | None = None
    until: Day | None = None
    note: str = ""
    side: str = ""


class EventFile(FileModel):
    """A step in the instrument's life."""

    kind: EventKind
    on: Day
    party: CountryCode | None = None
    by: str | None = None
    article: str = ""
    source: str | None = None
    status: Status | None = None
    note: str = ""


class BranchFile(FileModel):
    """One branch for one party (or ``*`` for every party)."""

    party: CountryCode | Literal["*"]
    branch: Branch
    cover: Cover
    schemes: tuple[str, ...] = ()
    article: str = ""
    source: str | None = None
    status: Status | None = None
    since: Day | None = None
    until: Day | None = None
    note: str = ""


class ClauseFile(FileModel):
    """One coded clause. ``id`` and ``option`` come from ``resources/taxonomy.toml``."""

    id: str
    option: str
    article: str = ""
    source: str | None = None
    status: Status | None = None
    party: CountryCode | None = None
    scheme: str | None = None
    branch: Branch | None = None
    part: str | None = None
    nature: Literal["right", "discretion", "best-effort"] = "right"
    since: Day | None = None
    until: Day | None = None
    note: str = ""
    checked: Day | None = None
    checked_by: str = ""
    parameters: dict[str, Any] = Field(default_factory=dict)


class InstrumentFile(FileModel):
    """An instrument: parties, events, branches, clauses and the sources they were read in.

    Only a standard may be without parties: model provisions bind nobody.
    """

    format: Literal["ssacalc-instrument/1"]
    id: Identifier
    kind: InstrumentKind
    title: str
    short: str
    status: Status
    totalises: bool | None = None
    checked: Day | None = None
    checked_by: str = ""
    replaces: tuple[str, ...] = ()
    amends: tuple[str, ...] = ()
    note: str = ""
    occupation: str = ""
    sources: tuple[SourceFile, ...] = Field(min_length=1)
    parties: tuple[PartyFile, ...] = ()
    events: tuple[EventFile, ...] = ()
    branches: tuple[BranchFile, ...] = ()
    clauses: tuple[ClauseFile, ...] = ()

    @model_validator(mode="after")
    def _sources_are_listed(self) -> "InstrumentFile":
        known = {source.id for source in self.sources}
        faults = [
            f"{kind}[{place + 1}].source: {entry.source!r} is not among the sources"
            for kind in ("events", "branches", "clauses")
            for place, entry in enumerate(getattr(self, kind))
            if entry.source is not None and entry.source not in known
        ]
        if faults:
            raise ValueError("; ".join(faults))
        return self

    @model_validator(mode="after")
    def _parties_are_listed(self) -> "InstrumentFile":
        if not self.parties and self.kind is not InstrumentKind.STANDARD:
            raise ValueError("only a standard may be without parties")
        return self
