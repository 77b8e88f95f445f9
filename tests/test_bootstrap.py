"""The set-up of a fresh checkout, without installing anything."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ssacalc import bootstrap

ROOT = Path(__file__).parent.parent
READ_BY_ANY_PYTHON = ("ssacalc/__init__.py", "ssacalc/__main__.py", "ssacalc/bootstrap.py")


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout that is set up, as far as its stamps can tell."""
    venv = tmp_path / ".venv"
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "VENV", venv)
    monkeypatch.setattr(bootstrap, "LIBRARIES", venv / "libraries.stamp")
    python = bootstrap.environment_python(venv)
    python.parent.mkdir(parents=True)
    python.symlink_to(sys.executable)
    (tmp_path / bootstrap.RUNTIME).write_text("a==1\n", encoding="utf-8")
    (tmp_path / bootstrap.DEVELOPMENT).write_text("a==1\nb==1\n", encoding="utf-8")
    for name in (bootstrap.RUNTIME, bootstrap.DEVELOPMENT):
        digest = bootstrap.fingerprint(tmp_path / name)
        text = f"{digest}\n{bootstrap.place(python)}\n"
        bootstrap.stamp(name).write_text(text, encoding="utf-8")
    return tmp_path


def no_program(*_: object, **__: object) -> subprocess.CompletedProcess[str]:
    raise AssertionError("nothing may be started")


def answer(code: int, output: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.CompletedProcess([], code, output)


@pytest.mark.parametrize("name", [*READ_BY_ANY_PYTHON, "tests/__main__.py"])
def test_an_old_python_can_read_what_finds_a_newer_one(name: str) -> None:
    source = (ROOT / name).read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 7))


@pytest.mark.parametrize("name", [*READ_BY_ANY_PYTHON, "tests/__main__.py"])
def test_the_set_up_imports_the_standard_library_alone(name: str) -> None:
    tree = ast.parse((ROOT / name).read_text(encoding="utf-8"))
    imported = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
    }
    imported |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {full.split(".")[0] for full in imported} <= sys.stdlib_module_names | {"ssacalc"}


@pytest.mark.parametrize(
    ("version", "fits"),
    [((3, 10), False), ((3, 11), True), ((3, 14), True), ((3, 15), False)],
)
def test_only_the_pythons_the_libraries_know_are_used(version: tuple[int, int], fits: bool) -> None:
    assert bootstrap.fits(version) is fits


def test_the_first_other_python_that_starts_is_chosen() -> None:
    there = {"python3.12": "/usr/bin/python3.12", "python3.13": "/usr/bin/python3.13"}
    assert bootstrap.another_python(there.get, lambda _: True) == "/usr/bin/python3.12"
    assert bootstrap.another_python(there.get, lambda path: "13" in path) == "/usr/bin/python3.13"
    assert bootstrap.another_python(lambda _: None, lambda _: True) is None


def test_without_a_fitting_python_the_person_learns_which_to_install() -> None:
    text = bootstrap.no_python((3, 9))
    assert "needs Python 3.11" in text
    assert "this is 3.9" in text
    assert "apt-get install -y python3.11" in text


def test_a_ready_checkout_starts_no_other_program(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subprocess, "run", no_program)
    monkeypatch.setattr(subprocess, "Popen", no_program)
    monkeypatch.setattr(bootstrap, "loads", lambda _: True)
    python = bootstrap.environment_python(checkout / ".venv")
    assert bootstrap.prepare(bootstrap.RUNTIME) == python
    assert bootstrap.prepare(bootstrap.DEVELOPMENT) == python


def test_changed_requirements_are_installed_into_the_same_environment(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed: list[str] = []
    monkeypatch.setattr(bootstrap, "install", lambda _, name: installed.append(name))
    monkeypatch.setattr(bootstrap, "write_entry_points", lambda _: None)
    monkeypatch.setattr(bootstrap, "quietly", lambda _: answer(0))
    monkeypatch.setattr(bootstrap, "create_environment", no_program)
    (checkout / bootstrap.RUNTIME).write_text("a==2\n", encoding="utf-8")
    for _ in range(2):
        bootstrap.ready_environment(bootstrap.RUNTIME)
    assert installed == [bootstrap.RUNTIME]


def test_what_the_tests_need_includes_what_the_program_needs(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed: list[str] = []
    monkeypatch.setattr(bootstrap, "install", lambda _, name: installed.append(name))
    monkeypatch.setattr(bootstrap, "write_entry_points", lambda _: None)
    monkeypatch.setattr(bootstrap, "quietly", lambda _: answer(0))
    for name in (bootstrap.RUNTIME, bootstrap.DEVELOPMENT):
        (checkout / name).write_text("a==2\n", encoding="utf-8")
    bootstrap.ready_environment(bootstrap.DEVELOPMENT)
    bootstrap.ready_environment(bootstrap.RUNTIME)
    assert installed == [bootstrap.DEVELOPMENT]


def test_an_environment_is_made_anew_when_the_checkout_has_moved(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap, "quietly", lambda _: answer(0))
    python = bootstrap.environment_python(checkout / ".venv")
    assert bootstrap.can_be_kept(python)
    monkeypatch.setattr(bootstrap, "ROOT", checkout / "elsewhere")
    assert not bootstrap.can_be_kept(python)


def test_a_broken_environment_is_not_kept(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "quietly", lambda _: answer(1, "No module named pip"))
    python = bootstrap.environment_python(checkout / ".venv")
    assert not bootstrap.can_be_kept(python)
    python.unlink()
    assert not bootstrap.can_be_kept(python)


def test_a_copy_without_requirements_says_how_to_start_it(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bootstrap, "hand_over", no_program)
    (checkout / bootstrap.RUNTIME).unlink()
    assert bootstrap.run() == bootstrap.CANNOT_START
    assert "Type: ssacalc" in capsys.readouterr().err


def test_the_entry_points_lead_to_the_checkout(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packages = checkout / "packages"
    packages.mkdir()
    monkeypatch.setattr(bootstrap, "quietly", lambda _: answer(0, f"{packages}\n"))
    python = bootstrap.environment_python(checkout / ".venv")
    bootstrap.write_entry_points(python)
    assert (packages / "ssacalc.pth").read_text(encoding="utf-8") == f"{checkout}\n"
    command = python.with_name("ssacalc" if os.name != "nt" else "ssacalc.cmd")
    assert "-m ssacalc" in command.read_text(encoding="utf-8")
    assert os.access(command, os.X_OK)


def test_without_the_venv_module_one_line_to_type_is_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bootstrap, "quietly", lambda _: answer(1))
    monkeypatch.setattr(bootstrap, "administrator", lambda: None)
    with pytest.raises(bootstrap.SetupError, match=r"sudo apt-get install -y .*python3\.\d+-venv"):
        bootstrap.create_environment()


def test_a_screen_needs_more_libraries_and_other_systems_none() -> None:
    bare = bootstrap.wanted_libraries("linux", {})
    screen = bootstrap.wanted_libraries("linux", {"DISPLAY": ":0"})
    assert "libEGL.so.1" in bare
    assert "libxcb-cursor.so.0" not in bare
    assert set(bare) < set(screen)
    assert "libxcb-cursor.so.0" in screen
    assert bootstrap.wanted_libraries("linux", {"WAYLAND_DISPLAY": "wayland-0"}) == screen
    assert bootstrap.wanted_libraries("win32", {"DISPLAY": ":0"}) == ()
    assert bootstrap.wanted_libraries("darwin", {}) == ()


def test_missing_libraries_become_one_apt_line() -> None:
    text = bootstrap.no_window(["libxcb-cursor.so.0", "libEGL.so.1"])
    assert "libxcb-cursor.so.0, libEGL.so.1 not found" in text
    line = "sudo apt-get install -y --no-install-recommends libegl1 libxcb-cursor0"
    assert text.endswith(line)


def test_missing_libraries_are_asked_for_once_and_told_every_time(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[list[str]] = []
    lacking = {"libEGL.so.1"}
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(bootstrap, "loads", lambda name: name not in lacking)
    monkeypatch.setattr(bootstrap, "install_packages", asked.append)
    for _ in range(2):
        bootstrap.check_libraries()
        assert "apt-get install" in capsys.readouterr().err
    assert asked == [["libegl1"]]
    lacking.clear()
    bootstrap.check_libraries()
    assert "!" not in (checkout / ".venv" / "libraries.stamp").read_text(encoding="utf-8")
    monkeypatch.setattr(bootstrap, "loads", no_program)
    bootstrap.check_libraries()
    assert capsys.readouterr().err == ""


def test_the_package_lists_are_fetched_when_a_package_is_not_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answers = iter([100, 0, 0])
    commands: list[list[str]] = []

    def apt(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        commands.append(command)
        return answer(next(answers))

    monkeypatch.setattr(bootstrap, "administrator", lambda: ["sudo", "-n"])
    monkeypatch.setattr(bootstrap, "quietly", apt)
    assert bootstrap.install_packages(["libegl1"])
    assert [command[:4] for command in commands] == [
        ["sudo", "-n", "apt-get", "install"],
        ["sudo", "-n", "apt-get", "update"],
        ["sudo", "-n", "apt-get", "install"],
    ]


@pytest.mark.parametrize(
    ("output", "message"),
    [
        (
            "WARNING: Retrying … Temporary failure in name resolution\nERROR: No match",
            "no connection",
        ),
        ("OSError: [Errno 28] No space left on device", "disk is full"),
        ("PermissionError: [Errno 13] Permission denied: '/srv/x'", "No permission to write"),
        ("Collecting x\nERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "DO NOT MATCH THE HASHES"),
    ],
)
def test_trouble_with_pip_is_told_in_one_message(output: str, message: str) -> None:
    text = bootstrap.trouble_with_pip(output)
    assert message in text
    assert "WARNING" not in text
    assert len(text.splitlines()) <= 2


def test_a_folder_that_cannot_be_written_is_named() -> None:
    error = PermissionError(13, "Permission denied", "/srv/ssacalc/.venv")
    assert "No permission to write /srv/ssacalc/.venv" in bootstrap.trouble_with_files(error)


def test_progress_names_the_file_but_not_its_address(capsys: pytest.CaptureFixture[str]) -> None:
    bootstrap.show_progress("  Downloading https://example.org/a/b-1.whl (80.1 MB)\n")
    bootstrap.show_progress("Collecting b==1\n")
    assert capsys.readouterr().err == "  b-1.whl (80.1 MB)\n"
