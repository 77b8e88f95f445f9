"""``ssacalc agreements``: read, search, compare and check the library of instruments."""

import argparse
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from ssacalc.domain.agreement import Instrument
    from ssacalc.domain.law import Law
    from ssacalc.library.indexing import Index
    from ssacalc.library.tables import Table

DONE, BAD_INPUT = 0, 2
TEXT, JSON, CSV = FORMATS = ("text", "json", "csv")

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


def _with_law(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        *("--law",),
        action="append",
        type=Path,
        default=[],
        metavar="FOLDER",
        help="a folder of further instruments (repeatable)",
    )


def _list(actions: Actions, day: Day) -> None:
    parser = _reading(actions, "list", "a line for each instrument", _run_list)
    parser.add_argument("--party", action="append", default=[], metavar="COUNTRY")
    parser.add_argument("--on", type=day, metavar="DATE", help="in force on this day")
    parser.add_argument("--branch", help="covering this branch")
    _with_law(parser)


def _show(actions: Actions, day: Day) -> None:
    parser = _reading(actions, "show", "one instrument with its clauses", _run_show)
    parser.add_argument("id")
    parser.add_argument("--on", type=day, metavar="DATE", help="as it holds on this day")
    _with_law(parser)


def _search(actions: Actions, _: Day) -> None:
    told = "find words in clauses, notes and attached texts"
    parser = _reading(actions, "search", told, _run_search)
    parser.add_argument("words", nargs="+", help="words that must all be there; begin* of words")
    parser.add_argument("--party", action="append", default=[], metavar="COUNTRY")
    parser.add_argument("--in", dest="within", action="append", metavar="ID", help="only in these")
    parser.add_argument("--most", type=int, default=20, help="how many to show (20)")
    _with_law(parser)


def _compare(actions: Actions, day: Day) -> None:
    told = "instruments clause by clause, differences first"
    parser = _reading(actions, "compare", told, _run_compare)
    parser.add_argument("ids", nargs="+", metavar="ID", help="an id, or the file of a draft")
    parser.add_argument("--topic", action="append", default=[], help="topic, group or clause")
    parser.add_argument(
        "--against", metavar="ID", help="set them against this one; model: the ILO provisions"
    )
    parser.add_argument("--on", type=day, metavar="DATE", help="as they hold on this day")
    _with_law(parser)


def _corridor(actions: Actions, day: Day) -> None:
    told = "what binds two States, branch by branch, and what else protects"
    parser = _reading(actions, "corridor", told, _run_corridor)
    parser.add_argument("states", nargs=2, metavar="COUNTRY")
    parser.add_argument("--on", type=day, metavar="DATE", help="on this day (today)")
    parser.add_argument("--branch", help="only this branch")
    _with_law(parser)


def _attaching(actions: Actions) -> None:
    parser = actions.add_parser("attach", help="keep an official text of yours with an instrument")
    parser.add_argument("id")
    parser.add_argument("file", type=Path, help="text, PDF, Akoma Ntoso or Justice Canada XML")
    parser.add_argument("--title", default="")
    parser.set_defaults(run=_run_attach)
    parser = actions.add_parser("detach", help="remove an attached text")
    parser.add_argument("id")
    parser.add_argument("name", help="as ssacalc agreements texts shows it")
    parser.set_defaults(run=_run_detach)
    parser = _reading(actions, "texts", "the texts you attached", _run_texts)
    parser.add_argument("id", nargs="?")


def _keeping(actions: Actions) -> None:
    parser = _reading(actions, "check", "name every fault and gap", _run_check)
    parser.add_argument("files", type=Path, nargs="*", help="instrument files (default: all)")
    _reading(actions, "codebook", "what every column and code means", _run_codebook)
    _reading(actions, "coverage", "what the library covers, as a page", _run_coverage)


# Running


def _law(options: argparse.Namespace) -> "Law":
    from ssacalc.library.law import load_agreements

    return load_agreements(options.law)


def _on(options: argparse.Namespace) -> date:
    """Return the day asked for, or today."""
    day: date = options.on or options.today()
    return day


def _give(options: argparse.Namespace, tables: "Sequence[Table]", text: "Callable[[], str]") -> int:
    """Print an answer in the format asked for; CSV gives the first table or the one named."""
    from ssacalc.library.tables import as_csv, as_json, chosen

    if options.format == JSON:
        print(as_json(tables))
    elif options.format == CSV:
        print(as_csv(chosen(tables, options.table)))
    else:
        print(text())
    return DONE


def _run_list(options: argparse.Namespace) -> int:
    from ssacalc.commands.agreement_text import listed
    from ssacalc.library.catalogue import branch_of, selected, state_of
    from ssacalc.library.instrument_tables import instruments_table

    parties = [state_of(code) for code in options.party]
    branch = branch_of(options.branch) if options.branch else None
    found = selected(_law(options).instruments, parties, options.on, branch)
    if options.format == TEXT:
        print("\n".join(listed(found)))
        return DONE
    return _give(options, [instruments_table(found, _on(options))], str)


def _run_show(options: argparse.Namespace) -> int:
    from ssacalc.commands.agreement_text import described
    from ssacalc.library.answer_tables import texts_table
    from ssacalc.library.attaching import attached
    from ssacalc.library.instrument_tables import CLAUSES, instrument_tables

    instrument = _named(_law(options).instruments, options.id)
    texts = attached(instrument.id)
    tables = [*instrument_tables(instrument, _on(options), options.on), texts_table(texts)]
    tables.sort(key=lambda held: held.kind is not CLAUSES)
    return _give(options, tables, lambda: described(instrument, texts, options.on))


def _run_search(options: argparse.Namespace) -> int:
    from ssacalc.commands.agreement_text import found_words
    from ssacalc.library.answer_tables import passages_table
    from ssacalc.library.catalogue import named, selected, state_of
    from ssacalc.library.searching import search

    law = _law(options)
    within: set[str] | None = None
    if options.party or options.within:
        parties = [state_of(code) for code in options.party]
        within = {i.id for i in selected(law.instruments, parties)}
        if options.within:
            within &= {named(law.instruments, name).id for name in options.within}
    found = search(_indexes(law), " ".join(options.words), within, options.most)
    return _give(options, [passages_table(found)], lambda: found_words(found))


def _indexes(law: "Law") -> "Sequence[Index]":
    from ssacalc.library.attaching import texts_index
    from ssacalc.library.searching import library_index

    texts = texts_index()
    return [library_index(law), *([texts] if texts else [])]


def _run_compare(options: argparse.Namespace) -> int:
    from ssacalc.commands.comparison_text import compared
    from ssacalc.library.comparing import compare
    from ssacalc.library.comparison_tables import comparison_table, grid_table, profiles_table
    from ssacalc.library.profiles import profiles

    held, on = _law(options).instruments, _on(options)
    model = _named(held, _model(options.against)) if options.against else None
    chosen = [_named(held, name) for name in options.ids]
    comparison = compare(chosen, on, options.topic, model=model)
    told = list(profiles(comparison, on))
    tables = [comparison_table(comparison), grid_table(comparison), profiles_table(told)]
    return _give(options, tables, lambda: compared(comparison, [] if options.topic else told))


def _named(instruments: "Sequence[Instrument]", name: str) -> "Instrument":
    """Return the instrument of an id; a draft's file is read, which takes longer to start."""
    if not name.endswith(".toml"):
        from ssacalc.library.catalogue import named

        return named(instruments, name)
    from ssacalc.library.instruments import read_instrument

    return read_instrument(Path(name))


MODEL = "ilo-r167"


def _model(name: str) -> str:
    return MODEL if name == "model" else name


def _run_corridor(options: argparse.Namespace) -> int:
    from dataclasses import replace

    from ssacalc.commands.corridor_text import corridor_words
    from ssacalc.domain.law import Law
    from ssacalc.library.catalogue import branch_of, two_states
    from ssacalc.library.corridor_tables import corridor_tables
    from ssacalc.library.corridors import corridor
    from ssacalc.library.law import load_law
    from ssacalc.library.national import provisions, ratifications

    law, states = _law(options), two_states(*options.states)
    schemes = load_law(states, options.law).schemes
    found = corridor(
        Law(law.instruments, schemes, law.edition),
        states,
        _on(options),
        ratifications(law.instruments),
        [provision for state in states for provision in provisions(state)],
    )
    if options.branch:
        branch = branch_of(options.branch)
        found = replace(
            found,
            bindings=tuple(b for b in found.bindings if b.branch is branch),
            bridges=tuple(b for b in found.bridges if branch in b.branches),
            provisions=tuple(p for p in found.provisions if p.branch is branch),
        )
    return _give(options, corridor_tables(found), lambda: corridor_words(found))


def _run_attach(options: argparse.Namespace) -> int:
    from ssacalc.commands.agreement_text import attached_words
    from ssacalc.library.attaching import attach
    from ssacalc.library.catalogue import named
    from ssacalc.library.law import load_agreements

    instrument = named(load_agreements().instruments, options.id)
    print(attached_words(attach(instrument.id, options.file, options.today(), options.title)))
    return DONE


def _run_detach(options: argparse.Namespace) -> int:
    from ssacalc.commands.agreement_text import detached_words
    from ssacalc.library.attaching import detach

    print(detached_words(detach(options.id, options.name)))
    return DONE


def _run_texts(options: argparse.Namespace) -> int:
    from ssacalc.commands.agreement_text import texts_words
    from ssacalc.library.answer_tables import texts_table
    from ssacalc.library.attaching import attached

    texts = attached(options.id)
    return _give(options, [texts_table(texts)], lambda: texts_words(texts))


def _run_check(options: argparse.Namespace) -> int:
    from ssacalc.commands.check_text import checked
    from ssacalc.library.answer_tables import findings_table
    from ssacalc.library.checking import check_instruments

    report = check_instruments(options.files, options.today())
    if options.format != TEXT:
        for fault in report.faults:
            print(fault, file=sys.stderr)
    _give(options, [findings_table(report.findings)], lambda: checked(report))
    return BAD_INPUT if report.faults else DONE


def _run_codebook(options: argparse.Namespace) -> int:
    from ssacalc.commands.agreement_text import codebook_words
    from ssacalc.library.codebook import codebook

    tables = codebook()
    return _give(options, tables, lambda: codebook_words(tables))


def _run_coverage(options: argparse.Namespace) -> int:
    from ssacalc.commands.coverage_page import page
    from ssacalc.library.coverage import coverage_table, totals
    from ssacalc.library.law import load_law

    law, today = load_law(), options.today()
    states = coverage_table(law.instruments, law.schemes, today)
    told = totals(law.instruments, today)
    return _give(options, [states], lambda: page(told, states, law.edition))
