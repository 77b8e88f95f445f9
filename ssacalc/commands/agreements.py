"""``ssacalc agreements``: read, search, compare and check the library of instruments."""

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeAlias

from ssacalc.commands import answering
from ssacalc.commands.answering import FORMATS, TEXT

Day = Callable[[str], date]
Actions: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001
"""What argparse calls the commands of a parser; it has no public name for it."""


def add_agreements(commands: Actions, day: Day, today: Callable[[], date]) -> None:
    """Add the command with its actions; ``day`` reads a date, ``today`` tells today's."""
    parser = commands.add_parser("agreements", help="the library of instruments")
    actions = parser.add_subparsers(metavar="ACTION", required=True)
    parser.set_defaults(today=today)
    for add in (_list, _show, _search, _compare, _corridor):
        add(actions, day)
    _attaching(actions)
    _keeping(actions)


def _reading(actions: Actions, name: str, told: str, run: object) -> argparse.ArgumentParser:
    """Return the parser of an action that gives an answer in one of the formats."""
    parser = actions.add_parser(name, help=told)
    parser.add_argument("--format", choices=FORMATS, default=TEXT)
    parser.add_argument("--table", metavar="NAME", help="which table CSV gives (see codebook)")
    parser.set_defaults(run=run)
    return parser


def add_law(parser: argparse.ArgumentParser, further: str = "instruments") -> None:
    """Add the option that names folders with more of the law than the program brings."""
    parser.add_argument(
        "--law",
        action="append",
        type=Path,
        default=[],
        metavar="FOLDER",
        help=f"a folder of further {further} (repeatable)",
    )


def _list(actions: Actions, day: Day) -> None:
    parser = _reading(actions, "list", "a line for each instrument", answering.run_list)
    parser.add_argument("--party", action="append", default=[], metavar="COUNTRY")
    parser.add_argument("--on", type=day, metavar="DATE", help="in force on this day")
    parser.add_argument("--branch", help="covering this branch")
    add_law(parser)


def _show(actions: Actions, day: Day) -> None:
    parser = _reading(actions, "show", "one instrument with its clauses", answering.run_show)
    parser.add_argument("id")
    parser.add_argument("--on", type=day, metavar="DATE", help="as it holds on this day")
    add_law(parser)


def _search(actions: Actions, _: Day) -> None:
    told = "find words in clauses, notes and attached texts"
    parser = _reading(actions, "search", told, answering.run_search)
    parser.add_argument("words", nargs="+", help="words that must all be there; begin* of words")
    parser.add_argument("--party", action="append", default=[], metavar="COUNTRY")
    parser.add_argument("--in", dest="within", action="append", metavar="ID", help="only in these")
    parser.add_argument("--most", type=int, default=20, help="how many to show (20)")
    add_law(parser)


def _compare(actions: Actions, day: Day) -> None:
    told = "instruments clause by clause, differences first"
    parser = _reading(actions, "compare", told, answering.run_compare)
    parser.add_argument("ids", nargs="+", metavar="ID", help="an id, or the file of a draft")
    parser.add_argument("--topic", action="append", default=[], help="topic, group or clause")
    parser.add_argument(
        "--against", metavar="ID", help="set them against this one; model: the ILO provisions"
    )
    parser.add_argument("--on", type=day, metavar="DATE", help="as they hold on this day")
    add_law(parser)


def _corridor(actions: Actions, day: Day) -> None:
    told = "what binds two States, branch by branch, and what else protects"
    parser = _reading(actions, "corridor", told, answering.run_corridor)
    parser.add_argument("states", nargs=2, metavar="COUNTRY")
    parser.add_argument("--on", type=day, metavar="DATE", help="on this day (today)")
    parser.add_argument("--branch", help="only this branch")
    add_law(parser)


def _attaching(actions: Actions) -> None:
    parser = actions.add_parser("attach", help="keep an official text of yours with an instrument")
    parser.add_argument("id")
    parser.add_argument("file", type=Path, help="text, PDF, Akoma Ntoso or Justice Canada XML")
    parser.add_argument("--title", default="")
    parser.set_defaults(run=answering.run_attach)
    parser = actions.add_parser("detach", help="remove an attached text")
    parser.add_argument("id")
    parser.add_argument("name", help="as ssacalc agreements texts shows it")
    parser.set_defaults(run=answering.run_detach)
    parser = _reading(actions, "texts", "the texts you attached", answering.run_texts)
    parser.add_argument("id", nargs="?")


def _keeping(actions: Actions) -> None:
    parser = _reading(actions, "check", "name every fault and gap", answering.run_check)
    told = "files of instruments, or lists of them (default: all)"
    parser.add_argument("files", type=Path, nargs="*", help=told)
    _reading(actions, "codebook", "what every column and code means", answering.run_codebook)
    _reading(actions, "coverage", "what the library covers, as a page", answering.run_coverage)
