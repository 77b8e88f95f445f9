"""Published worked examples, each a file of its own: what the source prints, what we compute.

A file holds ``id``, ``source``, ``address``, ``published`` (what the source prints and what is
derived from it, in our own words), ``finding`` (empty, or why a published figure is not ours), the
whole case under ``[case]``, and under ``[expected]`` values of the result by their dotted place.
``absent`` lists places that hold nothing. ``[law]`` may name a folder of ``tests/law`` with
invented States' law (``extra``) and confine the instruments (``instruments``). ``[[variants]]``
are the same case with some of its values changed, and what is then expected.

A place goes down by key or by number; ``doubts.key`` is the list of the keys of all doubts.
"""

import copy
import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from ssacalc.domain.determination import Determination
from ssacalc.engine.determination import determine
from ssacalc.exchange.case_file import case_from_data
from ssacalc.library.law import load_law
from ssacalc.report.result import as_plain
from ssacalc.report.wording import Wording

HERE = Path(__file__).parent
LAW = HERE.parent / "law"
FILES = sorted(HERE.glob("*.toml"))

REQUIRED = {"id", "source", "address", "published", "finding", "case", "expected"}
OPTIONAL = {"law", "absent", "variants"}
OF_LAW = {"extra", "instruments"}
OF_VARIANT = {"name", "change", "expected", "absent"}

Data = dict[str, Any]
Tree = dict[str, Any] | list[Any]


class Golden(NamedTuple):
    """One case to determine, and what is expected of it."""

    name: str
    case: Data
    law: Data
    expected: Data
    absent: list[str]


def _read(path: Path) -> Data:
    return tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)


def _goldens() -> Iterator[Golden]:
    for path in FILES:
        data = _read(path)
        law, case = data.get("law", {}), data["case"]
        absent = data.get("absent", [])
        yield Golden(data["id"], case, law, data["expected"], absent)
        for variant in data.get("variants", []):
            changed = copy.deepcopy(case)
            for place, value in variant["change"].items():
                _put(changed, place.split("."), value)
            name = f"{data['id']}: {variant['name']}"
            yield Golden(name, changed, law, variant["expected"], variant.get("absent", []))


def _put(data: Tree, place: list[str], value: object) -> None:
    for step in place[:-1]:
        data = data[int(step)] if isinstance(data, list) else data[step]
    if isinstance(data, list):
        data[int(place[-1])] = value
    else:
        data[place[-1]] = value


def _at(found: Tree, place: str) -> object:
    for step in place.split("."):
        if isinstance(found, list) and not step.isdecimal():
            found = [entry[step] for entry in found]
        else:
            found = found[int(step)] if isinstance(found, list) else found[step]
    return found


def _determined(golden: Golden) -> Determination:
    case = case_from_data(copy.deepcopy(golden.case), golden.name)
    extra = [LAW / golden.law["extra"]] if "extra" in golden.law else []
    law = load_law(case.countries, extra=extra)
    return determine(case, law, instruments=golden.law.get("instruments"))


def _told(plain: Mapping[str, Any], place: str) -> str:
    """Word the steps and doubts of the State that a place speaks of."""
    part, _, rest = place.partition(".")
    state = plain.get(part, {}).get(rest.partition(".")[0])
    if not isinstance(state, dict):
        return str(plain.get("problems", ""))
    lines: list[str] = []
    for benefit in state["benefits"]:
        lines += [f"{benefit['title']} ({benefit['instrument'] or 'national law'})"]
        lines += [f"  {step['label']}: {step['working']}" for step in benefit["steps"]]
        lines += [f"  ? {doubt['text']}" for doubt in benefit["doubts"]]
    return "\n".join(lines)


GOLDENS = list(_goldens())


@pytest.mark.parametrize("golden", GOLDENS, ids=lambda golden: golden.name)
def test_a_published_example_comes_out_as_printed(golden: Golden) -> None:
    plain = as_plain(_determined(golden), Wording("en"))
    expected = {**golden.expected, **dict.fromkeys(golden.absent)}
    wrong = {
        place: found
        for place, value in expected.items()
        if type(found := _at(plain, place)) is not type(value) or found != value
    }
    told = [f"{place}: expected {expected[place]!r}, computed {wrong[place]!r}" for place in wrong]
    told += dict.fromkeys(_told(plain, place) for place in wrong)
    assert not wrong, "\n".join(["", *told])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_case_file_says_where_it_comes_from(path: Path) -> None:
    data = _read(path)
    assert data["id"] == path.stem
    assert set(data) >= REQUIRED
    assert set(data) <= REQUIRED | OPTIONAL
    assert set(data.get("law", {})) <= OF_LAW
    assert data["address"].startswith("http")
    assert data["source"].strip()
    assert data["published"].strip()
    assert data["expected"]
    for variant in data.get("variants", []):
        assert set(variant) <= OF_VARIANT


def test_no_two_cases_have_one_name() -> None:
    names = [golden.name for golden in GOLDENS]
    assert len(names) == len(set(names))


def test_every_invented_law_is_used_by_a_case() -> None:
    used = {golden.law.get("extra") for golden in GOLDENS}
    assert {folder.name for folder in LAW.iterdir() if folder.is_dir()} <= used
