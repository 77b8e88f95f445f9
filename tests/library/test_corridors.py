"""Between two States: what binds branch by branch, bridges, standards and national law."""

from dataclasses import replace
from datetime import date

import pytest

from ssacalc.commands.corridor_text import corridor_words
from ssacalc.domain.agreement import (
    LATER,
    Clause,
    Cover,
    Instrument,
    InstrumentKind,
    Party,
)
from ssacalc.domain.case import Branch
from ssacalc.domain.law import Law
from ssacalc.domain.national import PaymentAbroad, Provision, Ratification
from ssacalc.domain.rules import ThirdStateRule, ThirdStates
from ssacalc.library.catalogue import Standing, span, standing, state
from ssacalc.library.corridor_tables import corridor_tables
from ssacalc.library.corridors import Binds, Corridor, corridor, partners
from tests.library.build import SINCE, TODAY, clause, cover, instrument, law


def between(*instruments: Instrument, states: tuple[str, str] = ("MA", "FR")) -> Corridor:
    return corridor(Law(instruments, (), ""), states, TODAY)


def third(option: str, rule: ThirdStates) -> Clause:
    return clause("T06", option, rule=ThirdStateRule(rule))


@pytest.mark.parametrize(
    ("one", "other", "binds"),
    [
        (Cover.COVERED, Cover.COVERED, Binds.BOTH),
        (Cover.COVERED, Cover.EXCLUDED, Binds.ONE),
        (Cover.COVERED, None, Binds.ONE),
        (Cover.CONTRIBUTIONS_ONLY, Cover.CONTRIBUTIONS_ONLY, Binds.CONTRIBUTIONS),
        (Cover.EXCLUDED, Cover.EXCLUDED, Binds.EXCLUDED),
        (Cover.EXCLUDED, None, Binds.UNKNOWN),
        (Cover.UNKNOWN, Cover.UNKNOWN, Binds.UNKNOWN),
    ],
)
def test_a_branch_binds_as_it_is_covered_for_each_state(
    one: Cover, other: Cover | None, binds: Binds
) -> None:
    covers = [cover("MA", how=one), *([cover("FR", how=other)] if other else [])]
    (found,) = between(instrument("MA FR", covers=tuple(covers))).bindings
    assert (found.branch, found.binds) == (Branch.OLD_AGE, binds)


def test_each_side_shows_its_own_clauses() -> None:
    held = instrument(
        "MA FR",
        clause("P01", "pro-rata", party="MA"),
        clause("P01", "direct", party="FR", scheme="fr-x"),
        clause("G08", "worldwide"),
    )
    morocco, france = between(held).bindings[0].sides
    assert [c.option for c in morocco.said("P01")] == ["pro-rata"]
    assert [c.scheme for c in france.said("P01")] == ["fr-x"]
    assert [c.option for c in france.said("G08")] == ["worldwide"]


def test_an_instrument_of_another_day_is_told_and_does_not_bind() -> None:
    ended = (Party("MA", SINCE, date(2010, 1, 1)), Party("FR", SINCE, date(2010, 1, 1)))
    found = between(instrument("MA FR", parties=ended))
    assert found.bindings == ()
    assert [i.id for i in found.other] == ["ma-fr"]
    assert len(found.bare()) == len(Branch)


def test_parties_of_one_side_are_not_bound_to_each_other() -> None:
    union = (Party("FR", SINCE, side="EU"), Party("ES", SINCE, side="EU"), Party("MA", SINCE))
    held = instrument("FR ES MA", kind=InstrumentKind.MULTILATERAL, parties=union)
    assert between(held, states=("FR", "ES")).bindings == ()
    assert between(held, states=("FR", "ES")).other == ()
    assert between(held).bindings != ()


def test_a_regulation_that_replaces_goes_before_an_agreement() -> None:
    union = instrument(
        "MA FR", clause("G11", "replaces"), kind=InstrumentKind.SUPRANATIONAL, name="union"
    )
    first, second = between(instrument("MA FR"), union).bindings
    assert (first.instrument.id, first.yields_to) == ("union", ())
    assert (second.instrument.id, second.yields_to) == ("ma-fr", ("union",))


def test_a_bridge_needs_two_instruments_over_one_third_state() -> None:
    found = between(instrument("MA ES"), instrument("FR ES"), instrument("FR US"))
    assert [(b.third, b.branches) for b in found.bridges] == [("ES", (Branch.OLD_AGE,))]
    convention = instrument("MA FR ES", kind=InstrumentKind.MULTILATERAL)
    assert between(convention).bridges == ()
    assert between(convention, instrument("MA ES")).bridges == ()


@pytest.mark.parametrize(
    ("option", "rule", "direct", "counts"),
    [
        ("bound-to-one", ThirdStates.BOUND_TO_ONE, False, True),
        ("bound-to-both", ThirdStates.BOUND_TO_BOTH, False, False),
        ("bound-to-both", ThirdStates.BOUND_TO_BOTH, True, True),
        ("none", ThirdStates.NONE, True, False),
    ],
)
def test_time_beyond_the_bridge_counts_as_the_clause_on_third_states_says(
    option: str, rule: ThirdStates, direct: bool, counts: bool
) -> None:
    held = [instrument("MA ES", third(option, rule)), instrument("FR ES")]
    if direct:
        held.append(instrument("MA FR"))
    bridge = between(*held).bridges[0]
    assert bridge.counts == (counts, None)


def test_an_instrument_that_adds_no_periods_takes_in_no_third_state() -> None:
    bare = replace(instrument("MA ES"), totalises=False)
    assert between(bare, instrument("FR ES")).bridges[0].counts == (False, None)


def test_a_clause_that_is_silent_or_unclear_on_third_states_leaves_it_open() -> None:
    for option in ("silent", "inconclusive"):
        held = between(instrument("MA ES", clause("T06", option)), instrument("FR ES"))
        assert held.bridges[0].counts == (None, None)


def test_standards_are_shown_where_one_state_is_bound_at_least() -> None:
    standard = instrument("MA ES", kind=InstrumentKind.STANDARD, name="c118")
    known = [Ratification("c118", "MA", law(), since=SINCE)]
    held = Law((standard,), (), "")
    found = corridor(held, ("MA", "FR"), TODAY, known)
    assert found.protections[0].parties == (known[0], None)
    assert corridor(held, ("US", "FR"), TODAY, known).protections == ()
    assert found.other == ()


def test_national_provisions_of_both_states_are_shown_while_they_hold() -> None:
    def provision(country: str, until: date | None = None) -> Provision:
        return Provision(country, Branch.OLD_AGE, law(), PaymentAbroad.YES, until=until)

    given = [provision("MA"), provision("FR", date(2010, 1, 1)), provision("US")]
    found = corridor(Law((), (), ""), ("MA", "FR"), TODAY, (), given)
    assert [p.country for p in found.provisions] == ["MA"]


def test_partners_are_the_states_bound_on_the_day() -> None:
    held = [instrument("MA FR"), instrument("MA ES"), instrument("US FR")]
    assert partners(held, "MA", TODAY) == ("ES", "FR")
    assert partners(held, "MA", date(1999, 1, 1)) == ()


def test_a_corridor_asks_only_what_concerns_its_states() -> None:
    """The large fields of other States' instruments stay in the cache."""
    held = instrument("US JP")
    asked: list[str] = []

    def fill(name: str) -> object:
        asked.append(name)
        return getattr(held, name)

    head = {name: value for name, value in held.__dict__.items() if name not in LATER}
    between(instrument("MA FR"), instrument("MA ES"), Instrument.later(head, fill))
    assert asked == []


def test_an_instrument_binds_two_states_from_the_day_of_the_second() -> None:
    parties = (
        Party("MA", SINCE),
        Party("FR", SINCE),
        Party("ES", date(2012, 6, 1), date(2019, 1, 1)),
    )
    held = instrument("MA FR ES", kind=InstrumentKind.MULTILATERAL, parties=parties)
    assert span(held) == (SINCE, None)
    assert span(held, ("FR", "ES")) == (date(2012, 6, 1), date(2019, 1, 1))
    assert state(held, ("FR", "ES")) == "2012-06-01 to 2019-01-01"
    assert standing(held, TODAY) is Standing.IN_FORCE
    assert standing(held, TODAY, ("FR", "ES")) is Standing.ENDED
    assert standing(held, date(2011, 1, 1), ("FR", "ES")) is Standing.NOT_YET
    found = corridor(Law((held,), (), ""), ("ES", "FR"), date(2015, 1, 1))
    told = next(t for t in corridor_tables(found) if t.kind.name == "in_force")
    since = [column.name for column in told.kind.columns].index("since")
    assert [row[since] for row in told.rows] == [date(2012, 6, 1)]
    assert "2012-06-01 to 2019-01-01" in corridor_words(found)


def test_states_bound_one_after_the_other_were_never_bound_together() -> None:
    parties = (Party("MA", SINCE, date(2005, 1, 1)), Party("FR", date(2006, 1, 1)))
    held = instrument("MA FR", parties=parties)
    assert span(held) == (None, None)
    assert standing(held, TODAY) is Standing.NOT_IN_FORCE


def listed(states: str, **more: object) -> Instrument:
    made = replace(instrument(states, covers=()), listed=True)
    return replace(made, **more)  # type: ignore[arg-type]


def test_one_of_a_list_without_branches_says_what_replaces_it() -> None:
    union = instrument(
        "MA FR", clause("G11", "replaces"), kind=InstrumentKind.SUPRANATIONAL, name="union"
    )
    found = between(union, listed("MA FR"))
    assert {name: [o.id for o in by] for name, by in found.yields.items()} == {"ma-fr": ["union"]}
    assert "Replaced between them by MA–FR (union) in the branches" in corridor_words(found)
    undated = listed("MA FR", parties=(Party("MA", None), Party("FR", None)))
    found = between(union, undated)
    assert [i.id for i in found.undated()] == ["ma-fr"]
    assert "Replaced between them by" in corridor_words(found)


def test_one_that_names_what_it_replaces_goes_before_it() -> None:
    new = instrument("MA FR", name="new", replaces=("ma-fr",))
    found = between(instrument("MA FR"), new)
    yields = {b.instrument.id: b.yields_to for b in found.bindings}
    assert yields == {"ma-fr": ("new",), "new": ()}
    assert "Replaced by MA–FR (new)." in corridor_words(found)


def test_a_regulation_replaces_only_where_it_covers_the_branch() -> None:
    union = instrument(
        "MA FR", clause("G11", "replaces"), kind=InstrumentKind.SUPRANATIONAL, name="union"
    )
    family = tuple(cover(code, Branch.FAMILY) for code in ("MA", "FR"))
    found = between(instrument("MA FR", covers=family), union)
    assert [b.yields_to for b in found.bindings if b.instrument.id == "ma-fr"] == [()]


def test_one_for_an_occupation_replaces_nothing_and_covers_not_everybody() -> None:
    boats = replace(
        instrument(
            "MA FR", clause("G11", "replaces"), kind=InstrumentKind.MULTILATERAL, name="boats"
        ),
        occupation="boatman",
    )
    assert between(instrument("MA FR"), boats).yields == {}
    found = between(boats)
    assert len(found.bare()) == len(Branch)
    assert "Only for people of one occupation: boatman." in corridor_words(found)


def test_a_bridge_over_one_for_an_occupation_is_no_bridge_for_others() -> None:
    boats = replace(
        instrument("MA FR ES", kind=InstrumentKind.MULTILATERAL, name="boats"),
        occupation="boatman",
    )
    found = between(boats, instrument("MA ES"), instrument("FR ES"))
    assert [b.occupation for b in found.bridges] == [""]
    to_one = replace(instrument("FR ES"), occupation="boatman")
    found = between(to_one, instrument("MA ES"))
    assert [(b.third, b.occupation) for b in found.bridges] == [("ES", "boatman")]
    assert "for people of one occupation: boatman" in corridor_words(found)


@pytest.mark.parametrize(
    ("on", "bound", "told"),
    [
        (date(1990, 12, 31), False, "not bound on this day (ratified 1991)"),
        (date(1992, 12, 31), None, "ratified 1991, bound by 1992-12-31 at the latest"),
        (date(1993, 1, 1), True, "bound by 1992-12-31 at the latest (ratified 1991)"),
    ],
)
def test_a_ratification_known_by_its_year_binds_twelve_months_after_it(
    on: date, bound: bool | None, told: str
) -> None:
    known = Ratification("c118", "MA", law(), year=1991)
    assert known.bound(on) is bound
    standard = instrument("MA ES", kind=InstrumentKind.STANDARD, name="c118")
    found = corridor(Law((standard,), (), ""), ("MA", "FR"), on, [known])
    assert told in corridor_words(found)


def test_one_denounced_binds_no_more_though_its_year_is_all_that_is_known() -> None:
    known = Ratification("c118", "MA", law(), year=1991, until=date(2000, 1, 1))
    assert known.bound(TODAY) is False
