"""Where files lie: those that travel with the program, the user's cache, the user's data."""

import os
import sys
from pathlib import Path

_PACKAGE = Path(__file__).parent


def folder(name: str) -> Path:
    """Return the folder ``agreements`` or ``resources``, in a checkout or an installed copy."""
    installed = _PACKAGE / "_data" / name
    return installed if installed.is_dir() else _PACKAGE.parent / name


def cache_folder() -> Path | None:
    """Return the user's folder for files that can be made anew; ``None`` where there is none."""
    try:
        home = Path.home()
    except RuntimeError:
        return None
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / "ssacalc"
    if sys.platform == "darwin":
        return home / "Library" / "Caches" / "ssacalc"
    named = Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache")
    return (named if named.is_absolute() else home / ".cache") / "ssacalc"


def data_folder() -> Path | None:
    """Return the user's folder for files to be kept; ``None`` where there is none."""
    try:
        home = Path.home()
    except RuntimeError:
        return None
    if sys.platform == "win32":
        local = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
        return local / "ssacalc" / "data"
    if sys.platform == "darwin":
        return home / "Library" / "Application Support" / "ssacalc"
    named = Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    return (named if named.is_absolute() else home / ".local" / "share") / "ssacalc"
