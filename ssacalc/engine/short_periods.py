"""Own time too short to bind a State to pay (clause T05), and what becomes of it elsewhere."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction

from ssacalc.domain.agreement import Instrument
from ssacalc.domain.determination import Doubt, Shortfall
from ssacalc.domain.trace import Argument, Citation
from ssacalc.domain.units import MONTHS_IN, Duration, Remainder, Unit, settle
from ssacalc.engine.counting import LONGEST_YEAR
from ssacalc.engine.joining import Ground, minimum_in_unit, minimum_of
from ssacalc.engine.standing import Standing, standing


def released(
    instrument: Instrument, entry: Standing, standings: Sequence[Standing], ground: Ground
) -> tuple[Citation, Shortfall] | None:
    """Return the clause by which the State need not pay for its short own time, if it does.

    The texts look at all time completed under the State's law: what falls short in one scheme may
    be enough with the time of another scheme under the same clause.
    """
    asked = instrument.id, id(entry), frozenset(map(id, standings))
    if asked not in ground.released:
        ground.released[asked] = _released(instrument, entry, standings, ground)
    return ground.released[asked]


def _released(
    instrument: Instrument, entry: Standing, standings: Sequence[Standing], ground: Ground
) -> tuple[Citation, Shortfall] | None:
    found = minimum_of(instrument, entry.scheme, ground)
    if found is None or not entry.time.complete:
        return None
    minimum, law = found
    reached = _reached(instrument, entry, law, ground)
    if reached is None or reached >= 1:
        return None
    country = entry.scheme.country
    others = [s for s in standings if s.scheme.country == country and s is not entry]
    if _enough_together(entry, reached, others, instrument, law, ground):
        return None
    if minimum.unless_own_right and entry.right.met is True:
        return None
    if minimum.where_abroad_only and ground.case.person.residence == country:
        return None
    needed = minimum_in_unit(minimum.minimum, instrument, entry.scheme, ground) or Fraction(0)
    missing = needed * (1 - reached)
    return law, Shortfall(missing, entry.scheme.unit, "minimum-own-period")


def _reached(
    instrument: Instrument, entry: Standing, law: Citation, ground: Ground
) -> Fraction | None:
    """Return which part of a clause's minimum a scheme's own time reaches; ``None``: not told."""
    found = minimum_of(instrument, entry.scheme, ground)
    if found is None or found[1] != law:
        return None
    needed = minimum_in_unit(found[0].minimum, instrument, entry.scheme, ground)
    if needed is None and _surely_reached(found[0].minimum, entry):
        return Fraction(1)
    if not needed:
        return None
    case = ground.case.for_either
    if case is not ground.case:
        entry = replace(standing(case, entry.scheme, entry.certified), right=entry.right)
    return entry.time.units / needed


def _surely_reached(minimum: Duration, entry: Standing) -> bool:
    """Tell whether own time reaches a minimum of months or years however many days they have."""
    months, most = MONTHS_IN.get(minimum.unit), LONGEST_YEAR.get(entry.scheme.unit)
    if months is None or most is None:
        return False
    years = settle(minimum.number * months / MONTHS_IN[Unit.YEAR], Remainder.UP)
    return entry.time.units >= years * most


def _enough_together(
    entry: Standing,
    reached: Fraction,
    others: Sequence[Standing],
    instrument: Instrument,
    law: Citation,
    ground: Ground,
) -> bool:
    """Tell whether a State's schemes reach the minimum: one alone, or all that do not overlap."""
    total, counted = reached, [entry]
    for other in others:
        found = _reached(instrument, other, law, ground)
        if found is None:
            continue
        if found >= 1:
            return True
        if not any(_overlap(other, one) for one in counted):
            total += found
            counted.append(other)
    return total >= 1


def _overlap(one: Standing, other: Standing) -> bool:
    spans = [span for p in other.periods if (span := p.shortest) is not None]
    return any(
        mine.meets(span) for p in one.periods if (mine := p.shortest) is not None for span in spans
    )


def absorbed(
    instrument: Instrument, state: str, standings: Sequence[Standing], ground: Ground
) -> bool:
    """Tell whether a State is released and its time enters the theoretical amount only."""
    entries = [entry for entry in standings if entry.scheme.country == state]
    for entry in entries:
        found = minimum_of(instrument, entry.scheme, ground)
        if found is None or not found[0].enters_theoretical_only:
            return False
        if released(instrument, entry, standings, ground) is None:
            return False
    return bool(entries)


def incomparable(instrument: Instrument, entry: Standing, ground: Ground) -> Iterable[Doubt]:
    """Yield the doubt that a minimum cannot be compared with a scheme's own time."""
    found = minimum_of(instrument, entry.scheme, ground)
    if not found or _surely_reached(found[0].minimum, entry):
        return
    if minimum_in_unit(found[0].minimum, instrument, entry.scheme, ground) is None:
        args: tuple[tuple[str, Argument], ...] = (
            ("minimum", found[0].minimum),
            ("unit", entry.scheme.unit.value),
            ("scheme", entry.scheme.title),
        )
        yield Doubt("missing", "minimum-not-comparable", args, (found[1],))
