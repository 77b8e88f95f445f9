"""From a fresh checkout to a running program, with the standard library alone.

Any Python from 3.7 must be able to read this module, for it is what finds a newer one.
Everything is installed in ``.venv`` in the checkout; nothing else on the machine is changed,
except that missing Debian packages are installed where that needs no password.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LIBRARIES = VENV / "libraries.stamp"
RUNTIME = "requirements.txt"
DEVELOPMENT = "requirements-dev.txt"
OLDEST = (3, 11)
NEWEST = (3, 14)
CANNOT_START = 2
INTERRUPTED = 130

DRAWING = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libX11.so.6": "libx11-6",
}
SCREEN = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
NO_NETWORK = (
    "name resolution",
    "Name or service not known",
    "nodename nor servname",
    "getaddrinfo failed",
    "Network is unreachable",
    "Failed to establish a new connection",
    "Connection refused",
    "ConnectTimeout",
    "Read timed out",
    "ProxyError",
)


class SetupError(Exception):
    """The program cannot be set up; the text says why and what to do."""


def run(*arguments: str) -> int:
    """Set up what is missing, then run the environment's Python with ``arguments``."""
    try:
        python = prepare(RUNTIME)
    except SetupError as error:
        say(str(error))
        return CANNOT_START
    except KeyboardInterrupt:
        say("Interrupted. The same command goes on from here.")
        return INTERRUPTED
    return hand_over([str(python), *arguments])


def prepare(requirements: str) -> Path:
    """Return the environment's Python, with ``requirements`` installed; ready means quick."""
    use_a_fitting_python()
    if not (ROOT / requirements).is_file():
        raise SetupError(f"{ROOT} is no checkout of ssacalc. Type: ssacalc")
    try:
        python = ready_environment(requirements)
        check_libraries()
    except OSError as error:
        raise SetupError(trouble_with_files(error)) from None
    return python


def say(text: str) -> None:
    """Tell the person at the terminal; standard output stays the program's own."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def hand_over(command: list[str]) -> int:
    """Become ``command``; Windows cannot, so there it is run and its exit code returned."""
    if os.name != "nt":
        os.execv(command[0], command)
    return subprocess.run(command, check=False).returncode


# Which Python


def use_a_fitting_python() -> None:
    """Start again under another Python if this one is too old or too new."""
    if fits(sys.version_info[:2]):
        return
    other = another_python(shutil.which, works)
    if other is None:
        raise SetupError(no_python(sys.version_info[:2]))
    sys.exit(hand_over([other, *sys.argv]))


def fits(version: Sequence[int]) -> bool:
    """Say whether the libraries exist for this version of Python."""
    return OLDEST <= tuple(version) <= NEWEST


def another_python(which: Callable[[str], str | None], works: Callable[[str], bool]) -> str | None:
    """Return the path of the first fitting Python that ``which`` finds and that ``works``."""
    names = [f"python3.{minor}" for minor in range(OLDEST[1], NEWEST[1] + 1)]
    return next((path for path in map(which, names) if path and works(path)), None)


def works(python: str) -> bool:
    """Say whether a Python starts at all; a version manager's stand-in may not."""
    return quietly([python, "-c", ""]).returncode == 0


def no_python(version: Sequence[int]) -> str:
    """Say that no fitting Python is there."""
    return (
        f"ssacalc needs Python {dotted(OLDEST)} to {dotted(NEWEST)}; this is {dotted(version)},"
        " and no other was found.\n"
        "On Debian and Ubuntu: sudo apt-get install -y python3.11 python3.11-venv"
    )


def dotted(version: Sequence[int]) -> str:
    """Write a version as people do: 3.11."""
    return ".".join(str(part) for part in version)


# The environment


def ready_environment(requirements: str) -> Path:
    """Return the environment's Python, after making whatever is not up to date."""
    python = environment_python(VENV)
    digest = fingerprint(ROOT / requirements)
    if is_current(read(stamp(requirements)), digest, place(python)):
        return python
    say(f"Setting up in {VENV} (once; a few minutes on a slow line, 100 MB or so) …")
    if not can_be_kept(python):
        create_environment()
    install(python, requirements)
    write_entry_points(python)
    for name in satisfied_by(requirements):
        stamp(name).write_text(f"{fingerprint(ROOT / name)}\n{place(python)}\n", encoding="utf-8")
    return python


def environment_python(environment: Path) -> Path:
    """Return where a virtual environment keeps its Python."""
    if os.name == "nt":
        return environment / "Scripts" / "python.exe"
    return environment / "bin" / "python"


def stamp(requirements: str) -> Path:
    """Return the file that says which requirements are installed."""
    return VENV / f"{requirements}.stamp"


def fingerprint(path: Path) -> str:
    """Return the digest of a file's content."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def place(python: Path) -> str:
    """Name what an environment breaks without: its folder, and the Python it was made from."""
    return f"{ROOT} {python.resolve()}"


def is_current(stamped: str, digest: str, where: str) -> bool:
    """Say whether a stamp speaks of these requirements, in this place."""
    return stamped.splitlines() == [digest, where]


def satisfied_by(requirements: str) -> tuple[str, ...]:
    """Return the requirements files that installing ``requirements`` fulfils."""
    return (RUNTIME, DEVELOPMENT) if requirements == DEVELOPMENT else (requirements,)


def read(path: Path) -> str:
    """Return a file's text, or nothing where there is no such file."""
    try:
        return path.read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return ""


def can_be_kept(python: Path) -> bool:
    """Say whether the environment that is there can be brought up to date as it is."""
    stamps = [read(stamp(name)) for name in (RUNTIME, DEVELOPMENT)]
    if any(text and text.splitlines()[1:] != [place(python)] for text in stamps):
        return False
    if not python.exists():
        return False
    probe = f"import sys, pip; sys.exit(not {OLDEST} <= sys.version_info[:2] <= {NEWEST})"
    return quietly([str(python), "-c", probe]).returncode == 0


def create_environment() -> None:
    """Make a new, empty environment, installing Debian's venv package first where it lacks."""
    maker = base_python()
    if quietly([maker, "-c", "import ensurepip, venv"]).returncode:
        package = f"python{dotted(sys.version_info[:2])}-venv"
        if not install_packages([package]):
            raise SetupError(no_venv(package))
    result = quietly([maker, "-m", "venv", "--clear", str(VENV)])
    if result.returncode:
        raise SetupError(trouble_with_environment(result.stdout))


def base_python() -> str:
    """Return this Python outside any virtual environment, which may be the one to be replaced."""
    return getattr(sys, "_base_executable", None) or sys.executable


def no_venv(package: str) -> str:
    """Say how to get Python's own module for virtual environments."""
    return (
        "This Python comes without its module for virtual environments. Type this, then try"
        f" again:\n    {apt_line([package])}"
    )


def install(python: Path, requirements: str) -> None:
    """Install exactly what the requirements file names, each file checked against its hash."""
    command = [str(python), "-m", "pip", "install", "--disable-pip-version-check"]
    command += ["--no-input", "--retries", "2", "--require-hashes"]
    command += ["-r", str(ROOT / requirements)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    ) as process:
        lines = []
        for line in process.stdout or ():
            lines.append(line)
            show_progress(line)
    if process.returncode:
        raise SetupError(trouble_with_pip("".join(lines)))


def show_progress(line: str) -> None:
    """Name each file as pip fetches it, without the address it comes from."""
    words = line.split()
    if words[:1] == ["Downloading"] and len(words) > 1:
        name = words[1].rsplit("/", 1)[-1]
        say("  " + " ".join([name, *words[2:4]]))


def write_entry_points(python: Path) -> None:
    """Let the environment import the checkout, and start it by the name ``ssacalc``."""
    found = quietly([str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"])
    Path(found.stdout.strip(), "ssacalc.pth").write_text(f"{ROOT}\n", encoding="utf-8")
    if os.name == "nt":
        script = '@"%~dp0python.exe" -m ssacalc %*\n'
        python.with_name("ssacalc.cmd").write_text(script, encoding="utf-8")
        return
    command = python.with_name("ssacalc")
    command.write_text(f'#!/bin/sh\nexec "{python}" -m ssacalc "$@"\n', encoding="utf-8")
    command.chmod(0o755)


def quietly(
    command: Sequence[str], *, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a program and keep what it says."""
    return subprocess.run(
        command,
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        env=environment,
    )


# What went wrong, for people


def trouble_with_files(error: OSError) -> str:
    """Say which file could not be used, and why."""
    where = error.filename or ROOT
    if isinstance(error, PermissionError):
        return f"No permission to write {where}. Put the checkout in a folder of your own."
    return f"{error.strerror}: {where}"


def trouble_with_environment(output: str) -> str:
    """Say why the virtual environment could not be made."""
    return known_trouble(output) or f"The environment {VENV} could not be made:\n{last_of(output)}"


def trouble_with_pip(output: str) -> str:
    """Say why the libraries could not be installed."""
    return known_trouble(output) or f"The libraries could not be installed:\n{last_of(output)}"


def known_trouble(output: str) -> str | None:
    """Recognise trouble that has nothing to do with the program."""
    if "No space left on device" in output:
        return f"The disk is full: {VENV} needs about 500 MB."
    if "Permission denied" in output or "Read-only file system" in output:
        return f"No permission to write {VENV}. Put the checkout in a folder of your own."
    if any(sign in output for sign in NO_NETWORK):
        return (
            "The libraries could not be fetched: no connection to the package index.\n"
            "The network is needed once, for the set-up; ssacalc itself works offline."
        )
    return None


def last_of(output: str) -> str:
    """Return the errors in what a program said, or else its last lines."""
    lines = output.strip().splitlines()
    errors = [line for line in lines if line.startswith("ERROR")]
    return "\n".join(f"  {line}" for line in (errors or lines)[-5:])


# Debian packages


def check_libraries() -> None:
    """See that Qt finds the system's libraries; go on without a window where it does not."""
    wanted = wanted_libraries(sys.platform, os.environ)
    remembered = read(LIBRARIES).split()
    unseen = [name for name in wanted if name not in remembered]
    if not unseen:
        return
    missing = [name for name in unseen if not loads(name)]
    if any(attempt(name) not in remembered for name in missing):
        install_packages(packages_for(missing))
        missing = [name for name in missing if not loads(name)]
    if missing:
        say(no_window(missing))
    found = [name for name in wanted if name not in missing]
    with contextlib.suppress(OSError):
        LIBRARIES.write_text("\n".join([*found, *map(attempt, missing)]), encoding="utf-8")


def attempt(library: str) -> str:
    """Mark a library whose package was asked for in vain, so that it is asked for once only."""
    return f"!{library}"


def wanted_libraries(platform: str, environment: Mapping[str, str]) -> tuple[str, ...]:
    """Return the libraries Qt needs here: more with a screen than without, none but on Linux."""
    if platform != "linux":
        return ()
    if has_screen(environment):
        return (*DRAWING, *SCREEN)
    return tuple(DRAWING)


def has_screen(environment: Mapping[str, str]) -> bool:
    """Say whether there is a display to open a window on."""
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def loads(library: str) -> bool:
    """Say whether the system finds a library."""
    import ctypes

    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def packages_for(libraries: Iterable[str]) -> list[str]:
    """Return the Debian packages that hold these libraries."""
    known = {**DRAWING, **SCREEN}
    return sorted({known[name] for name in libraries})


def no_window(missing: Sequence[str]) -> str:
    """Say which libraries the window lacks and how to get them."""
    return (
        f"The window will not open: {', '.join(missing)} not found. On Debian and Ubuntu:\n"
        f"    {apt_line(packages_for(missing))}"
    )


def apt_line(packages: Iterable[str]) -> str:
    """Return the command to type."""
    return " ".join(["sudo", *apt_command(packages)])


def apt_command(packages: Iterable[str]) -> list[str]:
    """Return the command that installs Debian packages."""
    return ["apt-get", "install", "-y", "--no-install-recommends", *packages]


def install_packages(packages: Sequence[str]) -> bool:
    """Install Debian packages if that needs no password; say whether it was done."""
    prefix = administrator()
    if prefix is None:
        return False
    say(f"Installing {', '.join(packages)} …")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    environment["PATH"] = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/sbin"])
    command = [*prefix, *apt_command(packages)]
    if quietly(command, environment=environment).returncode == 0:
        return True
    quietly([*prefix, "apt-get", "update"], environment=environment)
    return quietly(command, environment=environment).returncode == 0


def administrator() -> list[str] | None:
    """Return what to put before a command to run it as administrator, if that is possible."""
    if sys.platform == "win32" or not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and quietly(["sudo", "-n", "true"]).returncode == 0:
        return ["sudo", "-n"]
    return None
