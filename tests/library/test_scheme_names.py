"""Schemes that instruments name by an id that the library has otherwise."""

from dataclasses import replace

from ssacalc.domain.agreement import Cover, Instrument
from ssacalc.domain.case import Branch
from ssacalc.domain.scheme import Scheme
from ssacalc.library.instrument_checks import Concern
from ssacalc.library.law import load_schemes
from ssacalc.library.scheme_names import check_scheme_names
from tests.library.build import clause, cover, instrument


def scheme(name: str, country: str, branch: Branch = Branch.OLD_AGE, under: str = "") -> Scheme:
    some = next(s for s in load_schemes() if s.id == "ca-oas")
    made = replace(some, id=name, country=country, branch=branch, also=())
    return replace(made, under=under or None)


FINNISH = scheme("fi-earnings-related", "FI")


def told(held: Instrument, *schemes: Scheme) -> list[str]:
    found = list(check_scheme_names([held], schemes or (FINNISH,)))
    assert {f.concern for f in found} <= {Concern.SCHEME}
    return [f.place for f in found]


def rows(*names: str, how: Cover = Cover.COVERED, branch: Branch = Branch.OLD_AGE) -> Instrument:
    own = replace(cover("FI", branch, how), schemes=names)
    return instrument("CA FI", covers=(own, cover("CA")))


def test_the_id_of_the_library_is_no_finding() -> None:
    assert told(rows("fi-earnings-related", "fi-national")) == []


def test_a_shortened_id_is_told_where_it_stands() -> None:
    held = rows("fi-earnings-related")
    more = (clause("P01", "pro-rata", party="FI", scheme="fi-earnings"),)
    assert told(replace(held, branches=(cover("FI"),), clauses=more)) == ["P01 [FI, fi-earnings]"]


def test_one_beside_the_id_of_the_library_is_meant_to_differ() -> None:
    assert told(rows("fi-earnings-related", "fi-earnings")) == []


def test_a_letter_too_many_is_told_and_another_name_is_not() -> None:
    polish = scheme("pl-dc", "PL")
    for name, places in (("pl-ndc", ["T03"]), ("pl-krus", []), ("se-dc", [])):
        rows = clause("T03", "rows", rows=[{"source": "PL", "unless": name}])
        assert told(instrument("CA PL", rows), polish) == places


def test_a_branch_covered_for_other_schemes_only_is_told() -> None:
    assert told(rows("fi-national")) == ["old-age [FI]"]
    assert told(rows("fi-national", how=Cover.EXCLUDED)) == []
    assert told(rows("fi-national", branch=Branch.FAMILY)) == []
    assert told(rows()) == []


def test_a_scheme_under_another_is_known_by_the_name_of_that() -> None:
    survivors = scheme("fi-earnings-related-survivors", "FI", Branch.SURVIVORS)
    held = rows("fi-earnings-related", branch=Branch.SURVIVORS)
    assert told(held, survivors) == ["survivors [FI]", "survivors [FI]"]
    assert told(held, replace(survivors, under="fi-earnings-related")) == []


def test_instruments_of_lists_name_no_schemes() -> None:
    assert told(replace(rows("fi-national"), listed=True)) == []
