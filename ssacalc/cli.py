"""The command line: one function for each command. Imports are late so that it starts at once."""

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ssacalc import __version__

if TYPE_CHECKING:
    from ssacalc.domain.case import Case
    from ssacalc.domain.determination import Determination
    from ssacalc.domain.law import Law
    from ssacalc.report.wording import Wording

DONE, BUG, BAD_INPUT = 0, 1, 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status.

    0 for any determination (a refusal is a result), 2 for input that somebody can mend, with
    every fault on standard error, 1 for a bug.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments in (["--version"], ["-V"]):
        print(f"ssacalc {__version__}")
        return DONE
    from ssacalc.domain.errors import SsacalcError

    try:
        options = _parser().parse_args(arguments)
        status: int = options.run(options)
    except SsacalcError as error:
        print(error, file=sys.stderr)
        return BAD_INPUT
    except BrokenPipeError:
        return DONE
    return status


def _parser() -> argparse.ArgumentParser:
    from ssacalc.commands.agreements import add_agreements

    parser = argparse.ArgumentParser(
        prog="ssacalc",
        description="Social security agreements: totalisation, pro rata pensions, portability.",
        epilog="ssacalc COMMAND --help tells the options of a command.",
    )
    parser.add_argument("--version", "-V", action="version", version=f"ssacalc {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    _determine_parser(commands)
    _example_parser(commands)
    _open_parser(commands)
    add_agreements(commands, _day, _today)
    _schemes_parser(commands)
    _schema_parser(commands)
    return parser


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = f"{text!r} is not a date; write it as 2026-05-31"
        raise argparse.ArgumentTypeError(message) from None


def _determine_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("determine", help="work out what each State owes a person")
    parser.add_argument("case", type=Path, help="a case file (TOML or JSON)")
    _result_options(parser)
    parser.set_defaults(run=_determine)


def _result_options(parser: argparse.ArgumentParser) -> None:
    from ssacalc.commands.agreements import add_law

    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.add_argument("--brief", action="store_true", help="leave the steps out of the text")
    parser.add_argument(
        "--language", default="en", choices=_languages(), help="language of the wording"
    )
    parser.add_argument("--pdf", type=Path, metavar="FILE", help="also write the statement")
    parser.add_argument(
        "--on",
        type=_day,
        action="append",
        default=[],
        metavar="DATE",
        help="claim on another day (repeat it to compare several days)",
    )
    parser.add_argument(
        "--instrument", action="append", metavar="ID", help="use only this instrument (repeatable)"
    )
    parser.add_argument(
        "--no-agreements", action="store_true", help="national law alone (the counterfactual)"
    )
    add_law(parser, "instruments and schemes")


def _languages() -> list[str]:
    from ssacalc.resources import folder

    catalogues = (folder("resources") / "translations").glob("??.toml")
    return sorted(catalogue.stem for catalogue in catalogues)


def _determine(options: argparse.Namespace) -> int:
    from ssacalc.exchange.case_file import read_case

    return _tell(read_case(options.case), options)


def _tell(case: "Case", options: argparse.Namespace) -> int:
    from ssacalc.library.law import load_law
    from ssacalc.report.wording import Wording

    law = load_law(case.concerned, extra=options.law)
    determinations = _determined(case, law, options)
    wording = Wording(options.language, {i.id: i.short for i in law.instruments})
    if options.pdf is not None:
        _write_statement(determinations[0], wording, options.pdf)
    print(_worded(determinations, wording, options))
    return DONE


def _determined(
    case: "Case", law: "Law", options: argparse.Namespace
) -> "tuple[Determination, ...]":
    from ssacalc.engine.determination import determine_on

    named = [] if options.no_agreements else options.instrument
    if options.instrument and not options.no_agreements:
        _check_known(options.instrument, {i.id for i in law.instruments})
    return determine_on(case, law, options.on or [case.claim.on], instruments=named)


def _check_known(named: Sequence[str], known: set[str]) -> None:
    from ssacalc.domain.errors import InvalidCase, Problem
    from ssacalc.library.law import load_law

    if set(named) <= known:
        return
    everything = {i.id for i in load_law().instruments}
    problems = [
        Problem(
            f"--instrument {name}",
            "this instrument does not concern the States of the case."
            if name in everything
            else "there is no such instrument.",
            "ssacalc agreements list shows them.",
        )
        for name in named
        if name not in known
    ]
    raise InvalidCase("The instrument cannot be used.", tuple(problems))


def _worded(
    determinations: "tuple[Determination, ...]", wording: "Wording", options: argparse.Namespace
) -> str:
    if options.format == "json":
        import json

        from ssacalc.report.result import as_plain

        plain = [as_plain(determination, wording) for determination in determinations]
        dated = {d.case.claim.on.isoformat(): p for d, p in zip(determinations, plain, strict=True)}
        shown = plain[0] if len(plain) == 1 else {"on": dated}
        return json.dumps(shown, ensure_ascii=False, indent=2)
    from ssacalc.report.text import as_text

    brief = options.brief or len(determinations) > 1
    return "\n\n".join(as_text(d, wording, brief=brief) for d in determinations)


def _write_statement(determination: "Determination", wording: "Wording", path: Path) -> None:
    from ssacalc.domain.errors import InvalidCase, Problem
    from ssacalc.report.pdf import write
    from ssacalc.report.statement import statement

    try:
        write(statement(determination, wording, issued=_today()), path)
    except OSError as refused:
        fault = f"the statement cannot be written here ({refused.strerror})."
        remedy = "Name a file in a folder that exists and that you may write to."
        raise InvalidCase(
            "No statement was written.", (Problem(str(path), fault, remedy),)
        ) from None


def _today() -> date:
    return date.today()  # noqa: DTZ011 - the day at the desk, never inside a rule


def _example_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser(
        "example", help="work out the example case, write its statement, open the window"
    )
    _result_options(parser)
    parser.add_argument("--no-window", action="store_true", help="do not open the window")
    parser.set_defaults(run=_example)


def _example(options: argparse.Namespace) -> int:
    from ssacalc.exchange.case_file import read_case
    from ssacalc.resources import folder

    path = folder("resources") / "examples" / "first-case.toml"
    options.pdf = options.pdf or Path("first-case-statement.pdf")
    status = _tell(read_case(path), options)
    if options.format == "text":
        print(f"\nThe statement is in {options.pdf.resolve()}")
    if status == DONE and not options.no_window and _has_display():
        return _window(path)
    return status


def _has_display() -> bool:
    import os

    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _window(path: Path | None) -> int:
    """Start the window as a program of its own: the command line never loads Qt."""
    import subprocess

    command = [sys.executable, "-m", "ssacalc.desktop", *([str(path)] if path else [])]
    return subprocess.run(command, check=False).returncode  # noqa: S603 - our own module


def _open_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("open", help="open the window")
    parser.add_argument("case", type=Path, nargs="?", help="a case file to show")
    parser.set_defaults(run=lambda options: _window(options.case))


def _schemes_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("schemes", help="the library of national schemes")
    actions = parser.add_subparsers(metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="a line for each scheme")
    listing.add_argument("--country", metavar="COUNTRY")
    listing.set_defaults(run=_schemes_list)
    covering = actions.add_parser("coverage", help="a Markdown table of what is coded")
    covering.set_defaults(run=_schemes_coverage)
    showing = actions.add_parser("show", help="one scheme with its figures")
    showing.add_argument("id")
    showing.set_defaults(run=_schemes_show)
    checking = actions.add_parser("check", help="name every fault and gap")
    checking.add_argument("files", type=Path, nargs="*", help="scheme files (default: all)")
    checking.set_defaults(run=_schemes_check)


def _schemes_list(options: argparse.Namespace) -> int:
    from ssacalc.library.law import load_law
    from ssacalc.library.scheme_catalogue import listed

    for line in listed(load_law().schemes, country=options.country):
        print(line)
    return DONE


def _schemes_coverage(options: argparse.Namespace) -> int:
    from ssacalc.library.law import load_law
    from ssacalc.library.scheme_catalogue import coverage

    for line in coverage(load_law().schemes):
        print(line)
    return DONE


def _schemes_show(options: argparse.Namespace) -> int:
    from ssacalc.library.law import load_law
    from ssacalc.library.scheme_catalogue import described, named

    print(described(named(load_law().schemes, options.id)))
    return DONE


def _schemes_check(options: argparse.Namespace) -> int:
    from ssacalc.library.checking import check_schemes

    faults, report = check_schemes(options.files, _today())
    print(report)
    return BAD_INPUT if faults else DONE


def _schema_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("schema", help="print the JSON Schema of a file or of the result")
    parser.add_argument(
        "what",
        choices=("instrument", "list", "scheme", "ratifications", "provisions", "case", "result"),
    )
    parser.set_defaults(run=_schema)


def _schema(options: argparse.Namespace) -> int:
    import json

    print(json.dumps(_schema_of(options.what), indent=2, ensure_ascii=False))
    return DONE


def _schema_of(what: str) -> dict[str, object]:
    if what == "instrument":
        from ssacalc.library.instrument_file import InstrumentFile

        return InstrumentFile.model_json_schema()
    if what == "list":
        from ssacalc.library.list_file import ListFile

        return ListFile.model_json_schema()
    if what == "scheme":
        from ssacalc.library.scheme_file import SchemeFile

        return SchemeFile.model_json_schema()
    if what in ("ratifications", "provisions"):
        from ssacalc.library.national_file import ProvisionsFile, RatificationsFile

        file = ProvisionsFile if what == "provisions" else RatificationsFile
        return file.model_json_schema()
    if what == "case":
        from ssacalc.exchange.case_file import case_schema

        return case_schema()
    from ssacalc.report.result_schema import result_schema

    return result_schema()


if __name__ == "__main__":
    sys.exit(main())
