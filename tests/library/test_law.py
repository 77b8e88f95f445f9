"""The law as a whole: what concerns whom, the cache, an office's own files, the edition."""

import copy
import pickle
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ssacalc import resources
from ssacalc.domain.agreement import LATER as LARGE
from ssacalc.domain.errors import InvalidLaw
from ssacalc.domain.law import Law
from ssacalc.library import compiled, law
from ssacalc.library.law import load_agreements, load_law

LATER = frozenset(LARGE)
SHIPPED = resources.folder("agreements")
SCHEME = """
format = "ssacalc-scheme/1"
id = "ma-ours"
country = "MA"
title = "Ours"
branch = "old-age"
unit = "day"
per = "month"
maturity = "certified-only"
currency = "MAD"
checked = 2030-01-01
sources = [{ id = "a", title = "A", address = "https://example.org" }]
counting = { kind = "days" }
"""


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "cache"
    monkeypatch.setattr(compiled, "cache_folder", lambda: place)
    return place / compiled.NAME


@pytest.fixture
def few(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a small library in the place of the shipped one."""
    place = tmp_path / "shipped"
    (place / "agreements").mkdir(parents=True)
    (place / "resources" / "schemes" / "ma").mkdir(parents=True)
    for name in ("ca-in-2012", "ca-ph-1994", "ca-us-1981", "it-us-1973"):
        shutil.copy(SHIPPED / f"{name}.toml", place / "agreements")
    ma = place / "resources" / "schemes" / "ma" / "ma-ours.toml"
    ma.write_text(SCHEME, encoding="utf-8")
    monkeypatch.setattr(law, "folder", lambda name: place / name)
    return place


def ids(held: Law) -> list[str]:
    return [*(i.id for i in held.instruments), *(s.id for s in held.schemes)]


def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    read: list[str] = []
    real = law._read

    def spy(path: Path, kind: str) -> object:
        read.append(path.name)
        return real(path, kind)

    monkeypatch.setattr(law, "_read", spy)
    return read


@pytest.mark.usefixtures("few")
def test_only_what_concerns_the_states_is_loaded() -> None:
    assert ids(load_law()) == ["ca-in-2012", "ca-ph-1994", "ca-us-1981", "it-us-1973", "ma-ours"]
    assert ids(load_law(["CA", "US", "MA"])) == ["ca-us-1981", "ma-ours"]
    assert ids(load_law(["CA-QC", "US"])) == ["ca-us-1981"]
    assert ids(load_law(["CA"])) == []
    assert ids(load_law([])) == []


@pytest.mark.usefixtures("few")
def test_the_cache_gives_the_same_law_without_reading_a_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = load_law()
    read = counted(monkeypatch)
    assert load_law() == first
    assert read == []


def test_only_a_changed_file_is_read_again(few: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = load_law()
    read = counted(monkeypatch)
    changed = few / "agreements" / "ca-in-2012.toml"
    changed.write_text(changed.read_text("utf-8") + "# changed\n", encoding="utf-8")
    second = load_law()
    assert read == ["ca-in-2012.toml"]
    assert second.instruments == first.instruments
    assert second.edition != first.edition


def test_a_removed_file_is_gone(few: Path) -> None:
    load_law()
    (few / "agreements" / "ca-in-2012.toml").unlink()
    assert "ca-in-2012" not in ids(load_law())


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("damage", [0, 1, 20, 200, 5_000, -10])
def test_a_damaged_cache_is_read_past(cache: Path, damage: int) -> None:
    first = load_law()
    content = bytearray(cache.read_bytes())
    content[damage] ^= 0x01
    cache.write_bytes(content)
    assert load_law() == first


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("content", [b"", b"x", b"\n\n", b"\x80\n\x80\n\x80"])
def test_a_cache_that_is_none_is_read_past(cache: Path, content: bytes) -> None:
    first = load_law()
    cache.write_bytes(content)
    assert load_law() == first


@pytest.mark.usefixtures("few")
def test_a_cache_of_another_program_is_not_used(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = load_law()
    monkeypatch.setattr(compiled, "__version__", "0.0.0")
    read = counted(monkeypatch)
    assert load_law() == first
    assert len(read) == 5
    assert cache.exists()


@pytest.mark.usefixtures("few")
def test_without_a_folder_for_it_the_law_is_loaded_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file, not a folder", encoding="utf-8")
    first = load_law()
    for place in (None, blocked, blocked / "below"):
        monkeypatch.setattr(compiled, "cache_folder", lambda place=place: place)
        assert load_law() == first


def test_an_office_adds_its_own_law(few: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    shutil.copy(SHIPPED / "ca-uy-1999.toml", own)
    (own / "ma-new.toml").write_text(SCHEME.replace("ma-ours", "ma-new"), encoding="utf-8")
    (own / "notes.txt").write_text("no law", encoding="utf-8")
    (own / "wages.toml").write_text(
        'format = "ssacalc-series/1"\nvalues = { 2000 = 1 }\n', encoding="utf-8"
    )
    held = load_law(extra=[own])
    assert {"ca-uy-1999", "ma-new", "ma-ours"} <= set(ids(held))
    assert load_law(extra=[own]) == held
    assert load_law().edition != held.edition
    assert few.exists()


@pytest.mark.usefixtures("few")
def test_every_file_that_cannot_be_used_is_told_with_its_faults(tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "a.toml").write_text("x = 1\n", encoding="utf-8")
    (own / "ma-b.toml").write_text(SCHEME.replace('"day"', '"dya"'), encoding="utf-8")
    shutil.copy(SHIPPED / "ca-in-2012.toml", own)
    with pytest.raises(InvalidLaw) as caught:
        load_law(extra=[own, tmp_path / "none"])
    told = "\n".join(str(problem) for problem in caught.value.problems)
    assert "a.toml format: it says no format of the law" in told
    assert "ma-b.toml unit: 'dya' is not known" in told
    assert "the instrument ca-in-2012 is in" in told
    assert "the folder cannot be read" in told


def test_a_fault_in_a_file_of_other_states_stops_nobody(few: Path) -> None:
    sound = load_law(["IT", "US"])
    path = few / "agreements" / "ca-in-2012.toml"
    text = path.read_text("utf-8")
    path.write_text(text.replace('kind = "bilateral"', 'kind = "bilatral"'), encoding="utf-8")
    assert load_law(["IT", "US"]).instruments == sound.instruments
    assert load_law(["IT", "US"]).edition != sound.edition
    for countries in (["CA", "IN"], None):
        with pytest.raises(InvalidLaw, match=r"ca-in-2012\.toml kind: 'bilatral' is not known"):
            load_law(countries)
    path.write_text("format", encoding="utf-8")
    with pytest.raises(InvalidLaw, match="it says no format of the law"):
        load_law(["IT", "US"])


def test_the_edition_is_the_same_for_the_same_files_elsewhere(
    few: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = load_law().edition
    assert first.startswith("2030-01-01 (")
    other = tmp_path / "elsewhere"
    shutil.copytree(few, other)
    for path in other.rglob("*.toml"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    monkeypatch.setattr(law, "folder", lambda name: other / name)
    assert load_law().edition == first


def test_a_scheme_is_read_again_when_its_series_changes(few: Path) -> None:
    place = few / "resources" / "schemes" / "ma"
    series = place / "wages.toml"
    text = 'format = "ssacalc-series/1"\nvalues = { 2000 = 1 }\n'
    series.write_text(text, encoding="utf-8")
    with (place / "ma-ours.toml").open("a", encoding="utf-8") as file:
        file.write('[[series]]\nname = "wages"\nunit = "MAD"\nfile = "wages.toml"\n')
    assert load_law(["MA"]).schemes[0].series["wages"] == {2000: 1}
    series.write_text(text.replace("= 1 }", "= 22 }"), encoding="utf-8")
    assert load_law(["MA"]).schemes[0].series["wages"] == {2000: 22}


@pytest.mark.usefixtures("few")
def test_a_value_that_cannot_be_kept_is_read_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(law, "encoded", lambda value: None)
    first = load_law()
    read = counted(monkeypatch)
    assert load_law() == first
    assert len(read) == 5


def test_without_a_cache_only_files_that_concern_the_states_are_read(
    few: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = load_law()
    cached_law().unlink()
    read = counted(monkeypatch)
    some = load_law(["CA", "IN"])
    assert read == ["ca-in-2012.toml"]
    assert some.edition == whole.edition
    assert some.instruments == whole.instruments[:1]
    read.clear()
    more = load_law(["CA", "IN", "US"])
    assert more.instruments == (whole.instruments[0], whole.instruments[2])
    assert read == ["ca-us-1981.toml"]
    assert load_law() == whole
    assert len(read) == 4
    assert few.exists()


def cached_law() -> Path:
    place = compiled.cache_folder()
    assert place is not None
    return place / compiled.NAME


@pytest.mark.parametrize(
    "country",
    [
        "country = 'MA'",
        '"country" = "MA"',
        'country="MA"',
        "  country  =  'MA'",
        'country = """MA"""',
        '# country = "FR"\ncountry = "\\u004dA"',
    ],
)
def test_a_country_written_in_another_way_is_not_overlooked(few: Path, country: str) -> None:
    path = few / "resources" / "schemes" / "ma" / "ma-ours.toml"
    path.write_text(SCHEME.replace('country = "MA"', country), encoding="utf-8")
    assert ids(load_law(["MA"])) == ["ma-ours"]


def test_the_instruments_can_be_had_without_the_schemes(few: Path) -> None:
    held = load_agreements()
    assert ids(held) == ["ca-in-2012", "ca-ph-1994", "ca-us-1981", "it-us-1973"]
    assert load_agreements() == held
    assert load_law().instruments == held.instruments
    assert few.exists()


def test_model_provisions_concern_nobody(few: Path) -> None:
    shutil.copy(SHIPPED / "ilo-r167.toml", few / "agreements")
    for _ in range(2):
        assert "ilo-r167" in ids(load_law())
        assert ids(load_law(["CA", "US"])) == ["ca-us-1981"]


@pytest.mark.usefixtures("few")
def test_large_fields_from_the_cache_are_made_when_asked_for() -> None:
    read = {i.id: i for i in load_agreements().instruments}
    for held in load_agreements().instruments:
        assert not LATER & held.__dict__.keys()
        assert held.parties == read[held.id].parties
        assert held.clauses == read[held.id].clauses
        assert "clauses" in held.__dict__
        assert "events" not in held.__dict__
        assert held == read[held.id]


@pytest.mark.usefixtures("few")
def test_an_instrument_from_the_cache_is_copied_and_pickled_whole() -> None:
    load_agreements()
    for made in (copy.copy, copy.deepcopy, lambda i: pickle.loads(pickle.dumps(i))):  # noqa: S301
        held = load_agreements().instruments[0]
        again = made(held)
        assert again == held
        assert again.clauses == held.clauses
        with pytest.raises(AttributeError, match="nothing_of_the_kind"):
            _ = again.nothing_of_the_kind


@pytest.mark.slow
def test_a_warm_cache_needs_no_validation_library(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from ssacalc.library import compiled;"
        f"compiled.cache_folder = lambda: Path({str(tmp_path)!r});"
        "from ssacalc.library.law import load_law; load_law(['CA', 'PH']);"
        "print('pydantic' in sys.modules)"
    )
    root = Path(__file__).parent.parent.parent
    command = [sys.executable, "-c", program]
    said = [
        subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout.strip()
        for _ in range(2)
    ]
    assert said == ["True", "False"]


@pytest.mark.parametrize(
    ("platform", "variables", "expected"),
    [
        ("linux", {"XDG_CACHE_HOME": "/c"}, "/c/ssacalc"),
        ("linux", {"XDG_CACHE_HOME": "relative"}, "HOME/.cache/ssacalc"),
        ("linux", {}, "HOME/.cache/ssacalc"),
        ("darwin", {}, "HOME/Library/Caches/ssacalc"),
        ("win32", {"LOCALAPPDATA": "/local"}, "/local/ssacalc"),
        ("win32", {}, "HOME/AppData/Local/ssacalc"),
    ],
)
def test_the_cache_lies_where_the_system_keeps_such_files(
    platform: str, variables: dict[str, str], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(Path, "home", lambda: Path("HOME"))
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert resources.cache_folder() == Path(expected)


def test_without_a_home_there_is_no_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError

    monkeypatch.setattr(Path, "home", homeless)
    assert resources.cache_folder() is None
