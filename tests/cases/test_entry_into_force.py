"""Days of entry into force worked out from the days of ratification, by the text's own rule."""

from datetime import date

from ssacalc.domain.agreement import EventKind, Instrument
from ssacalc.library.law import load_law


def instrument(name: str, *states: str) -> Instrument:
    return next(i for i in load_law(states).instruments if i.id == name)


def test_the_caricom_agreement_began_in_the_third_month_after_the_third_deposit() -> None:
    # Article 59(2); the secretariat's page calls the days of deposit days of ratification:
    # BZ 17 September 1996, JM 30 September 1996, DM 24 January 1997, then GY and TT
    caricom = instrument("caricom-1996", "JM", "TT")
    ratified = sorted((e.on, e.party) for e in caricom.events if e.kind is EventKind.RATIFIED)
    third, state = ratified[2]
    assert (third, state) == (date(1997, 1, 24), "DM")
    begun = [e.on for e in caricom.events if e.kind is EventKind.IN_FORCE]
    assert begun == [date(third.year, third.month + 3, 1)]
    clause = caricom.clause("F03", begun[0])
    assert clause is not None
    assert (clause.parameters["months"], clause.parameters["deposits"]) == (3, 3)


def test_the_states_of_the_first_three_deposits_are_bound_from_that_day() -> None:
    caricom = instrument("caricom-1996", "JM", "TT")
    for state in ("BZ", "JM", "DM"):
        assert not caricom.binds(state, date(1997, 3, 31))
        assert caricom.binds(state, date(1997, 4, 1))
    assert not caricom.binds("TT", date(1997, 4, 21))
