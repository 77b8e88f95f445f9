"""Each import contract is broken once on purpose, to see that it holds."""

import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parent.parent
LINT = "from importlinter.cli import lint_imports_command as lint; lint()"


class Breach(NamedTuple):
    """Modules to plant, and what the broken contract must name."""

    contract: str
    planted: dict[str, str]
    named: tuple[str, ...]


PURE = (
    "PySide6",
    "sqlalchemy",
    "reportlab",
    "pydantic",
    "sqlite3",
    "tomllib",
    "tomli",
    "pathlib",
    "logging",
)

BREACHES = {
    "upwards": Breach(
        "layers", {"domain/planted": "import ssacalc.engine"}, ("ssacalc.domain.planted",)
    ),
    "sideways": Breach(
        "layers", {"report/planted": "import ssacalc.casebook"}, ("ssacalc.report.planted",)
    ),
    "no place": Breach("layers", {"planted": ""}, ("planted",)),
    "bootstrap": Breach("layers", {"bootstrap": "import ssacalc.domain"}, ("ssacalc.bootstrap",)),
    "domain": Breach("pure", {"domain/planted": f"import {', '.join(PURE)}"}, PURE),
    "engine": Breach("pure", {"engine/planted": f"import {', '.join(PURE)}"}, PURE),
    "law on disk": Breach(
        "pure",
        {"engine/planted": "import ssacalc.codes, ssacalc.files, ssacalc.models"},
        ("ssacalc.codes", "ssacalc.files", "ssacalc.models"),
    ),
    "beside": Breach(
        "layers", {"exchange/planted": "import ssacalc.library"}, ("ssacalc.exchange.planted",)
    ),
    "screen": Breach("screen", {"report/planted": "import PySide6.QtGui"}, ("PySide6",)),
    "database": Breach("database", {"ui/planted": "import sqlalchemy.orm"}, ("sqlalchemy",)),
    "paper": Breach("paper", {"ui/planted": "import reportlab.platypus"}, ("reportlab",)),
    "terminal": Breach(
        "terminal",
        {"cli": "import ssacalc.ui, ssacalc.casebook, PySide6, sqlalchemy"},
        ("ssacalc.ui", "ssacalc.casebook", "PySide6", "sqlalchemy"),
    ),
    "cycle": Breach(
        "cycles",
        {
            "domain/planted": "import ssacalc.domain.planted_too",
            "domain/planted_too": "import ssacalc.domain.planted",
        },
        ("planted", "planted_too"),
    ),
}


def lint(folder: Path, contract: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", LINT, "--contract", contract, "--no-cache", "--no-logo"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def plant(folder: Path, modules: dict[str, str]) -> None:
    ignore = shutil.ignore_patterns("__pycache__", "_data")
    shutil.copytree(ROOT / "ssacalc", folder / "ssacalc", ignore=ignore)
    shutil.copy(ROOT / "pyproject.toml", folder)
    for name, text in modules.items():
        Path(folder, "ssacalc", f"{name}.py").write_text(f"{text}\n", encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("breach", BREACHES.values(), ids=BREACHES.keys())
def test_a_forbidden_import_breaks_its_contract(breach: Breach, tmp_path: Path) -> None:
    plant(tmp_path, breach.planted)
    result = lint(tmp_path, breach.contract)
    assert result.returncode == 1, result.stdout + result.stderr
    assert "BROKEN" in result.stdout
    for name in breach.named:
        assert name in result.stdout
