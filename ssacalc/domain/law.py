"""The law that one determination rests on."""

from dataclasses import dataclass

from ssacalc.domain.agreement import Instrument
from ssacalc.domain.scheme import Scheme


@dataclass(frozen=True, slots=True)
class Law:
    """Instruments and schemes, and the edition of the files that they come from.

    ``edition`` is the same on every machine that holds the same files: the newest day on which
    one of them was checked, and a short digest of their content.
    """

    instruments: tuple[Instrument, ...]
    schemes: tuple[Scheme, ...]
    edition: str
