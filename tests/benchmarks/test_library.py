"""How long the use of the library takes: ``pytest tests/benchmarks``. Nothing asserts a time.

Over 650 instruments between 200 States, made from the shipped ones: all of them coded clause by
clause, and for the load without a cache also as the library is, the shipped ones and a list. Aims,
on an ordinary office computer: all of them from the compiled cache in 150 ms, without it in 1 s; a
search in 50 ms with the index in the cache; five compared in 50 ms; less than 150 MB of memory with
every clause loaded.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from itertools import count, islice
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from ssacalc.codes import countries
from ssacalc.domain.law import Law
from ssacalc.library import compiled, law, searching
from ssacalc.library.catalogue import selected
from ssacalc.library.comparing import compare
from ssacalc.library.corridors import corridor
from ssacalc.library.indexing import made
from ssacalc.library.law import load_agreements, load_law
from ssacalc.library.searching import library_index, passages, search
from ssacalc.resources import folder

INSTRUMENTS, STATES = 650, 200
ON = date(2024, 1, 1)
ROOT = Path(__file__).parent.parent.parent
COLD = """
import sys, time, resource
from pathlib import Path
begun = time.perf_counter()
from ssacalc.library import compiled, law
law.folder = lambda name: Path(sys.argv[1]) / name
compiled.cache_folder = lambda: Path(sys.argv[2])
imported = time.perf_counter()
held = law.load_agreements().instruments
loaded = time.perf_counter()
number = sum(len(i.clauses) for i in held)
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print((imported - begun) * 1e3, (loaded - imported) * 1e3, memory)
"""


def pairs(codes: list[str]) -> Iterator[tuple[str, str]]:
    for step in count(1):
        for place, one in enumerate(codes):
            yield one, codes[(place + step * 7) % len(codes)]


def generate(place: Path) -> None:
    """Write the shipped instruments of many States, and bilateral ones with invented parties."""
    shipped = {p: p.read_text(encoding="utf-8") for p in folder("agreements").glob("*.toml")}
    states = {p: re.findall(r'^country = "(..)"$', text, re.M) for p, text in shipped.items()}
    bilateral = sorted(p for p, codes in states.items() if len(codes) == 2)
    place.mkdir()
    for path in shipped.keys() - set(bilateral):
        shutil.copy(path, place)
    left = INSTRUMENTS - len(shipped) + len(bilateral)
    codes = [code for code in sorted(countries().names) if len(code) == 2][:STATES]
    for number, (one, other) in zip(range(left), pairs(codes), strict=False):
        path = bilateral[number % len(bilateral)]
        name = f"made-{one.lower()}-{other.lower()}-{number}"
        text = re.sub(r'^id = ".*"$', f'id = "{name}"', shipped[path], count=1, flags=re.M)
        for known, mark in zip(states[path], ("@1", "@2"), strict=True):
            text = text.replace(f'"{known}"', f'"{mark}"')
        text = text.replace('"@1"', f'"{one}"').replace('"@2"', f'"{other}"')
        (place / f"{name}.toml").write_text(text, encoding="utf-8")


LIST = """format = "ssacalc-list/1"
title = "A list"
checked = 2026-01-01
sources = [{ id = "list", title = "A list", address = "https://example.org" }]
"""
ENTRY = """
[[instruments]]
id = "made-{low}-{number}"
parties = ["{one}", "{other}"]
signed = 1990-01-01
in_force = 1991-02-01
branches = ["old-age", "invalidity", "survivors"]
totalises = true
status = "verified"
note = "Read in the list alone; a protocol of 1995 changed it."
"""


def generate_mixed(place: Path) -> None:
    """Write the shipped instruments, and a list with as many others as are wanting."""
    place.mkdir(parents=True)
    shipped = list(folder("agreements").glob("*.toml"))
    for path in shipped:
        shutil.copy(path, place)
    codes = [code for code in sorted(countries().names) if len(code) == 2][:STATES]
    entries = (
        ENTRY.format(low=f"{one}-{other}".lower(), one=one, other=other, number=number)
        for number, (one, other) in enumerate(pairs(codes))
    )
    (place / "lists").mkdir()
    text = LIST + "".join(islice(entries, INSTRUMENTS - len(shipped)))
    (place / "lists" / "made.toml").write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return a folder with the generated library and a cache that fits it."""
    place = tmp_path_factory.mktemp("library")
    generate(place / "agreements")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(law, "folder", lambda name: place / name)
        for module in (compiled, searching):
            patch.setattr(module, "cache_folder", lambda: place / "cache")
        load_agreements()
        yield place


@pytest.fixture(scope="module")
def held(library: Path) -> Law:
    assert library.is_dir()
    whole = load_agreements()
    assert len(whole.instruments) == INSTRUMENTS
    return whole


def test_all_instruments_from_the_compiled_cache(
    library: Path, benchmark: BenchmarkFixture
) -> None:
    command = [sys.executable, "-c", COLD, str(library), str(library / "cache")]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    imports, load, memory = (float(number) for number in told.split())
    benchmark.extra_info |= {"fresh: imports ms": imports, "fresh: load ms": load, "MB": memory}
    assert len(benchmark(load_agreements).instruments) == INSTRUMENTS


def test_all_instruments_without_a_cache(library: Path, benchmark: BenchmarkFixture) -> None:
    cache = library / "cache" / compiled.NAME
    setup = lambda: cache.unlink(missing_ok=True)  # noqa: E731
    held = benchmark.pedantic(load_agreements, setup=setup, rounds=2)
    assert len(held.instruments) == INSTRUMENTS


def test_the_shipped_instruments_and_a_list_without_a_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, benchmark: BenchmarkFixture
) -> None:
    generate_mixed(tmp_path / "agreements")
    monkeypatch.setattr(law, "folder", lambda name: tmp_path / name)
    monkeypatch.setattr(compiled, "cache_folder", lambda: tmp_path / "cache")
    setup = lambda: (tmp_path / "cache" / compiled.NAME).unlink(missing_ok=True)  # noqa: E731
    held = benchmark.pedantic(load_agreements, setup=setup, rounds=3)
    assert len(held.instruments) == INSTRUMENTS


def test_the_library_as_it_is_without_a_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, benchmark: BenchmarkFixture
) -> None:
    monkeypatch.setattr(compiled, "cache_folder", lambda: tmp_path)
    setup = lambda: (tmp_path / compiled.NAME).unlink(missing_ok=True)  # noqa: E731
    assert benchmark.pedantic(load_agreements, setup=setup, rounds=3).instruments


def test_what_concerns_two_states_without_a_cache(
    library: Path, benchmark: BenchmarkFixture
) -> None:
    cache = library / "cache" / compiled.NAME
    setup = lambda: cache.unlink(missing_ok=True)  # noqa: E731
    benchmark.pedantic(load_law, args=(["AE", "AT"],), setup=setup, rounds=3)
    load_agreements()


def test_a_list_by_party_and_day(held: Law, benchmark: BenchmarkFixture) -> None:
    assert benchmark(selected, held.instruments, ["AE"], ON)


@pytest.mark.parametrize("query", ["third state", "posted", "periods added", "no*"])
def test_a_search(held: Law, benchmark: BenchmarkFixture, query: str) -> None:
    library_index(held)
    assert benchmark(lambda: search([library_index(held)], query)).total


def test_making_the_index(held: Law, benchmark: BenchmarkFixture) -> None:
    benchmark.pedantic(lambda: made(passages(held.instruments)), rounds=2)


def test_five_compared(held: Law, benchmark: BenchmarkFixture) -> None:
    five = held.instruments[::130]
    assert len(five) == 5
    assert benchmark(compare, five, ON).rows


def test_a_corridor(held: Law, benchmark: BenchmarkFixture) -> None:
    assert benchmark(corridor, held, ("AE", "AT"), ON).states
