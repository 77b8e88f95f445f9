"""What each action of ``ssacalc agreements`` does. Imports are late so that each starts at once."""

import argparse
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ssacalc.domain.agreement import Instrument
    from ssacalc.domain.law import Law
    from ssacalc.library.indexing import Index
    from ssacalc.library.tables import Table

DONE, BAD_INPUT = 0, 2
TEXT, JSON, CSV = FORMATS = ("text", "json", "csv")
MODEL = "ilo-r167"
"""What ``--against model`` stands for."""


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


def run_list(options: argparse.Namespace) -> int:
    """Print the instruments selected."""
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


def run_show(options: argparse.Namespace) -> int:
    """Print everything coded of one instrument."""
    from ssacalc.commands.agreement_text import described
    from ssacalc.library.answer_tables import texts_table
    from ssacalc.library.attaching import attached
    from ssacalc.library.instrument_tables import CLAUSES, instrument_tables

    instrument = _named(_law(options).instruments, options.id)
    texts = attached(instrument.id)
    tables = [*instrument_tables(instrument, _on(options), options.on), texts_table(texts)]
    tables.sort(key=lambda held: held.kind is not CLAUSES)
    return _give(options, tables, lambda: described(instrument, texts, options.on))


def run_search(options: argparse.Namespace) -> int:
    """Print the passages that hold the words."""
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


def run_compare(options: argparse.Namespace) -> int:
    """Print instruments side by side."""
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


def _model(name: str) -> str:
    return MODEL if name == "model" else name


def run_corridor(options: argparse.Namespace) -> int:
    """Print what binds two States and what else protects."""
    from dataclasses import replace

    from ssacalc.commands.corridor_text import corridor_words
    from ssacalc.domain.law import Law
    from ssacalc.library.catalogue import branch_of, two_states
    from ssacalc.library.corridor_tables import corridor_tables, spoken
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
            instruments=tuple(
                i for i in found.instruments if branch in spoken(i, found) or not spoken(i, found)
            ),
            bindings=tuple(b for b in found.bindings if b.branch is branch),
            bridges=tuple(b for b in found.bridges if branch in b.branches),
            provisions=tuple(p for p in found.provisions if p.branch is branch),
        )
    return _give(options, corridor_tables(found), lambda: corridor_words(found))


def run_attach(options: argparse.Namespace) -> int:
    """Keep an official text of the office with an instrument."""
    from ssacalc.commands.agreement_text import attached_words
    from ssacalc.library.attaching import attach
    from ssacalc.library.catalogue import named
    from ssacalc.library.law import load_agreements

    instrument = named(load_agreements().instruments, options.id)
    print(attached_words(attach(instrument.id, options.file, options.today(), options.title)))
    return DONE


def run_detach(options: argparse.Namespace) -> int:
    """Remove an attached text."""
    from ssacalc.commands.agreement_text import detached_words
    from ssacalc.library.attaching import detach

    print(detached_words(detach(options.id, options.name)))
    return DONE


def run_texts(options: argparse.Namespace) -> int:
    """Print the texts attached."""
    from ssacalc.commands.agreement_text import texts_words
    from ssacalc.library.answer_tables import texts_table
    from ssacalc.library.attaching import attached

    texts = attached(options.id)
    return _give(options, [texts_table(texts)], lambda: texts_words(texts))


def run_check(options: argparse.Namespace) -> int:
    """Print faults and what is to be looked at; faults give status 2."""
    from ssacalc.commands.check_text import checked
    from ssacalc.library.answer_tables import findings_table
    from ssacalc.library.checking import check_instruments

    report = check_instruments(options.files, options.today())
    if options.format != TEXT:
        for fault in report.faults:
            print(fault, file=sys.stderr)
    _give(options, [findings_table(report.findings)], lambda: checked(report))
    return BAD_INPUT if report.faults else DONE


def run_codebook(options: argparse.Namespace) -> int:
    """Print what every column and code means."""
    from ssacalc.commands.agreement_text import codebook_words
    from ssacalc.library.codebook import codebook

    tables = codebook()
    return _give(options, tables, lambda: codebook_words(tables))


def run_coverage(options: argparse.Namespace) -> int:
    """Print what the library covers."""
    from ssacalc.commands.coverage_page import page
    from ssacalc.library.coverage import coverage_table, totals
    from ssacalc.library.law import load_law

    law, today = load_law(), options.today()
    states = coverage_table(law.instruments, law.schemes, today)
    told = totals(law.instruments, today)
    return _give(options, [states], lambda: page(told, states, law.edition))
