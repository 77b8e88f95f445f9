"""Start ssacalc: ``python -m ssacalc``, or ``python3 ssacalc`` in a fresh checkout."""

import gc
import os
import sys
from pathlib import Path


def main() -> int:
    """Run the command line, through the set-up when this folder was executed as a script."""
    if not __package__:
        sys.path[0] = str(Path(__file__).resolve().parent.parent)
        from ssacalc import bootstrap

        return bootstrap.run("-m", "ssacalc", *(sys.argv[1:] or ["example"]))
    gc.set_threshold(20_000, 20, 20)  # what a start makes is kept: looking for rubbish costs 30 ms
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")  # nor are add-ons looked for
    from ssacalc import cli

    return cli.main()


if __name__ == "__main__":
    sys.exit(main())
