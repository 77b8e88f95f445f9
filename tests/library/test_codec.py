"""Domain values come back from the cache as they went in."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from ssacalc.domain.agreement import Clause, Instrument, InstrumentKind, Party
from ssacalc.domain.rules import (
    Cap,
    Conversion,
    ConversionKind,
    ConversionRules,
    DayRow,
    Rule,
)
from ssacalc.domain.scheme import Scheme
from ssacalc.domain.trace import Citation
from ssacalc.domain.units import Unit
from ssacalc.library.codec import Codec
from ssacalc.library.instruments import read_instrument
from ssacalc.library.schemes import read_scheme
from ssacalc.resources import folder

LAW = Citation("A treaty", "art. 1", verified=False)


def instrument(rule: Rule | None, parameters: dict[str, object]) -> Instrument:
    clause = Clause("T03", "ratio", LAW, parameters, since=date(2000, 1, 1), rule=rule)
    parties = (Party("MA", date(1999, 1, 1)), Party("FR", None))
    return Instrument(
        "fr-ma-1999", InstrumentKind.BILATERAL, "Title", "Short", parties, clauses=(clause, clause)
    )


@pytest.mark.parametrize(
    "rule",
    [
        None,
        Cap.QUALIFYING,
        ConversionRules(
            (Conversion("*", ConversionKind.RATIO, Fraction(1, 3), Unit.WEEK),),
            (DayRow(5, 5, 22, 66, 264),),
            6,
        ),
    ],
)
def test_an_instrument_comes_back_whole(rule: Rule | None) -> None:
    stated = {
        "a": Decimal("0.10"),
        "b": [1, {"c": date(2020, 1, 1)}],
        "d": True,
        "e": None,
        "f": "text",
    }
    value = instrument(rule, stated)
    codec = Codec(Instrument)
    plain = json.loads(json.dumps(codec.encode(value)))
    assert codec.decode(plain) == value


def test_every_shipped_file_comes_back_whole() -> None:
    instruments, schemes = Codec(Instrument), Codec(Scheme)
    for path in sorted(folder("agreements").glob("ca-*.toml"))[:20]:
        instrument = read_instrument(path)
        assert (
            instruments.decode(json.loads(json.dumps(instruments.encode(instrument)))) == instrument
        )
    for path in (folder("resources") / "schemes").glob("??/??-*.toml"):
        scheme = read_scheme(path)
        assert schemes.decode(json.loads(json.dumps(schemes.encode(scheme)))) == scheme


def test_a_citation_is_kept_once() -> None:
    citations, _ = Codec(Instrument).encode(instrument(None, {}))
    assert len(citations) == 1


def test_what_has_no_plain_form_is_said_to_have_none() -> None:
    with pytest.raises(TypeError, match="datetime has no plain form"):
        Codec(Instrument).encode(instrument(None, {"a": datetime(2020, 1, 1)}))  # noqa: DTZ001


@dataclass(frozen=True)
class _Complex:
    number: complex


def test_a_class_of_another_kind_is_refused_at_once() -> None:
    with pytest.raises(TypeError, match="no plain form"):
        Codec(_Complex)


def test_the_shape_tells_one_domain_from_another() -> None:
    assert Codec(Instrument).shape != Codec(Scheme).shape
    assert Codec(Instrument).shape == Codec(Instrument).shape
