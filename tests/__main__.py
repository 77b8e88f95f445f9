"""Every check of the project, in order: ``python3 tests``. Arguments go to pytest."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[0] = str(ROOT)

from ssacalc import bootstrap  # noqa: E402

LINT_IMPORTS = "from importlinter.cli import lint_imports_command as lint; lint()"
CHECKS = (
    ("ruff check", ("-m", "ruff", "check", "--quiet", "ssacalc", "tests")),
    ("ruff format", ("-m", "ruff", "format", "--check", "ssacalc", "tests")),
    ("mypy", ("-m", "mypy", "--no-error-summary")),
    ("lint-imports", ("-c", LINT_IMPORTS, "--no-logo")),
    ("pytest", ("-m", "pytest")),
)


def main(arguments: list[str]) -> int:
    try:
        python = bootstrap.prepare(bootstrap.DEVELOPMENT)
    except bootstrap.SetupError as error:
        bootstrap.say(str(error))
        return bootstrap.CANNOT_START
    except KeyboardInterrupt:
        return bootstrap.INTERRUPTED
    for name, command in CHECKS:
        extra = arguments if name == "pytest" else []
        if not passes(name, [str(python), *command, *extra]):
            return 1
    print("Every check passed:", ", ".join(name for name, _ in CHECKS))
    return 0


def passes(name: str, command: list[str]) -> bool:
    environment = dict(os.environ)
    if not bootstrap.has_screen(environment):
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    print(f"--- {name}", flush=True)
    started = time.monotonic()
    code = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
    took = time.monotonic() - started
    print(f"    {name}: {'failed' if code else 'passed'} ({took:.1f} s)", flush=True)
    if code:
        print(f"FAILED at {name}; the checks after it did not run.")
    return code == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
