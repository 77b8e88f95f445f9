"""The clause of an instrument that speaks most particularly of a scheme, for the benefit claimed.

Every stage asks in this one way, so that none can forget the day, the branch or the name by which
the text means the scheme.
"""

from ssacalc.domain.agreement import Clause, Instrument
from ssacalc.domain.case import Case
from ssacalc.domain.scheme import Scheme


def clause_for(
    instrument: Instrument, name: str, scheme: Scheme, case: Case, part: str | None = None
) -> Clause | None:
    """Return an instrument's clause for a scheme, or a part of its benefit, on the claim's day."""
    return instrument.clause(
        name,
        case.claim.on,
        party=scheme.country,
        scheme=scheme.named,
        branch=case.claim.benefit,
        part=part,
    )
