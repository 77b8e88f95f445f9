"""Version 1 of the file format of a list of instruments whose clauses nobody coded."""

from collections import Counter
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from ssacalc.codes import countries, country_meant
from ssacalc.domain.agreement import InstrumentKind
from ssacalc.domain.case import Branch
from ssacalc.library.instrument_file import CountryCode, Identifier, SourceFile, Status
from ssacalc.models import Day, FileModel, Text, refused

PAIR = 2
NAMED = 4
"""Parties up to which a title is made of their names."""


def _known(code: str) -> str:
    if code not in countries().names:
        raise refused("this is the code of no State.", country_meant(code))
    return code


Known = Annotated[CountryCode, AfterValidator(_known)]
"""The code of a State, or of a part of one, that there is or was."""


class ListedFile(FileModel):
    """One instrument: its parties, its days and what it covers, as far as the source says.

    A multilateral one may be without parties where the source does not name them. Where the day
    of entry into force is not known, ``in_force_by`` is a day on which it was in force for certain:
    the last of the month or year named, or the day on which the list said so. ``not_in_force`` is a
    day on which it was not yet in force for certain. Of ``branches_contributions_only`` it
    settles only which law applies. ``sides`` names the side of a party: those of one side are not
    bound to each other.
    """

    id: Identifier
    parties: tuple[Known, ...] = ()
    signed: Day | None = None
    in_force: Day | None = None
    in_force_by: Day | None = None
    ended: Day | None = None
    not_in_force: Day | None = None
    branches: tuple[Branch, ...] = ()
    branches_contributions_only: tuple[Branch, ...] = ()
    totalises: bool | None = None
    contributions_only: bool = False
    source: str | None = None
    status: Status
    note: Text = ""
    title: Text = ""
    kind: Literal[
        InstrumentKind.BILATERAL,
        InstrumentKind.MULTILATERAL,
        InstrumentKind.PROTOCOL,
        InstrumentKind.ADMINISTRATIVE,
        InstrumentKind.LABOUR,
    ] = InstrumentKind.BILATERAL
    replaces: tuple[Identifier, ...] = ()
    amends: tuple[Identifier, ...] = ()
    sides: dict[Known, Text] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _parties_fit(self) -> "ListedFile":
        twice = [code for code, number in Counter(self.parties).items() if number > 1]
        if twice:
            raise refused(f"{', '.join(twice)} is listed twice as a party.", "Name each once.")
        some = self.kind is InstrumentKind.MULTILATERAL
        if len(self.parties) < PAIR and not some:
            raise refused("an instrument needs two parties at least.", "Name all of them.")
        if not PAIR <= len(self.parties) <= NAMED and not self.title:
            raise refused("an instrument of so many or few parties needs its title.", "Add it.")
        return self

    @model_validator(mode="after")
    def _sides_fit(self) -> "ListedFile":
        strangers = [code for code in self.sides if code not in self.parties]
        if strangers:
            raise refused(
                f"sides names {', '.join(strangers)}, no party.", "Name parties, or remove it."
            )
        sides = [self.sides.get(code, code) for code in self.parties]
        if self.sides and len(set(sides)) == 1:
            raise refused("all parties are on one side.", "Then it binds nobody: name two sides.")
        return self

    @model_validator(mode="after")
    def _days_fit(self) -> "ListedFile":
        for name in ("in_force", "in_force_by", "signed"):
            day: date | None = getattr(self, name)
            if self.ended and day and self.ended < day:
                told = f"ended on {self.ended}, before {name} on {day}."
                raise refused(told, "Correct one of the days, or leave out the one not read.")
        if self.in_force and self.in_force_by:
            told = "it has the day of entry into force and a day by which it was in force."
            raise refused(told, "Leave out in_force_by.")
        for name in ("in_force", "in_force_by", "ended"):
            begun: date | None = getattr(self, name)
            if self.not_in_force and begun and begun <= self.not_in_force:
                told = f"it was not in force on {self.not_in_force}, but {name} is {begun}."
                raise refused(told, "Correct one of the days, or leave out the one not read.")
        return self

    @model_validator(mode="after")
    def _says_one_thing(self) -> "ListedFile":
        if self.contributions_only and self.totalises:
            raise refused(
                "it is said to add up periods and to settle only which law applies.",
                "With contributions_only = true say totalises = false.",
            )
        named = Counter((*self.branches, *self.branches_contributions_only))
        twice = [branch for branch, number in named.items() if number > 1]
        if twice:
            raise refused(f"the branch {', '.join(twice)} is listed twice.", "Name each once.")
        if self.id in (*self.replaces, *self.amends):
            raise refused("it is said to replace or amend itself.", "Name the other instrument.")
        return self


class ListFile(FileModel):
    """A list of instruments with the sources it was read in.

    An instrument that names no source was read in the first.
    """

    format: Literal["ssacalc-list/1"]
    title: Text
    checked: Day
    checked_by: Text = ""
    note: Text = ""
    sources: tuple[SourceFile, ...] = Field(min_length=1)
    instruments: tuple[ListedFile, ...] = ()
