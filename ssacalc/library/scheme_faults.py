"""Faults of a scheme's file that no part shows alone: names, references, days in force."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations
from pathlib import Path

from ssacalc.codes import meant
from ssacalc.domain.blocks import FACTS
from ssacalc.domain.errors import Problem
from ssacalc.domain.scheme import ConditionKind, Maturity
from ssacalc.library.formula_file import operands
from ssacalc.library.scheme_file import SchemeFile, ValidFile


def scheme_faults(file: SchemeFile, path: Path) -> Iterator[Problem]:
    """Yield every fault of a file whose parts are well formed."""
    if file.id != path.stem:
        yield Problem(
            "id", f"{file.id!r} differs from the file's name {path.stem!r}.", "Make them equal."
        )
    if not file.id.startswith(f"{file.country.lower()}-"):
        yield Problem("id", f"it does not begin with {file.country.lower()}-.", "Let it.")
    known = [source.id for source in file.sources]
    for place, entry in (*file.cited(), ("", file)):
        if entry.source is not None and entry.source not in known:
            where = f"{place}.source".lstrip(".")
            yield Problem(where, f"{entry.source!r} is no source.", meant(entry.source, known))
    yield from _name_faults(file)
    yield from _reference_faults(file)
    yield from _operand_faults(file)
    yield from _validity_faults(file)
    yield from _form_faults(file)


def _name_faults(file: SchemeFile) -> Iterator[Problem]:
    taken = dict.fromkeys(FACTS, "a fact of every career")
    taken |= dict.fromkeys(file.facts, "facts")
    for kind in ("figures", "tables", "series", "blocks"):
        for number, entry in enumerate(getattr(file, kind), 1):
            if entry.name in taken:
                place = f"{kind}[{number}].name"
                yield Problem(
                    place, f"{entry.name!r} is the name of {taken[entry.name]}.", "Choose another."
                )
            taken.setdefault(entry.name, f"{kind}[{number}]")


def _reference_faults(file: SchemeFile) -> Iterator[Problem]:
    figures = [figure.name for figure in file.figures]
    blocks = [block.name for block in file.blocks]
    named: list[tuple[str, str | None, list[str], str]] = [
        ("qualifying", file.qualifying, figures, "figure"),
        ("full_career", file.full_career, figures, "figure"),
        ("minimum_amount", file.minimum_amount, [*figures, *blocks], "figure or block"),
        ("amount", file.amount, blocks, "block"),
        *((f"parts.{part}", name, blocks, "block") for part, name in file.parts.items()),
    ]
    for number, condition in enumerate(file.conditions, 1):
        named.append((f"conditions[{number}].figure", condition.figure, figures, "figure"))
        average = condition.kind is ConditionKind.YEARLY_AVERAGE
        known, what = (list(file.facts), "fact") if average else (figures, "figure")
        named.append((f"conditions[{number}].window", condition.window, known, what))
    for number, rule in enumerate(file.abroad, 1):
        named.append((f"abroad[{number}].unless_units", rule.unless_units, figures, "figure"))
    named.append(("survivors_cap", file.survivors_cap, figures, "figure"))
    for number, share in enumerate(file.survivors, 1):
        for field in ("share", "cap", "from_age", "until_age", "disabled_until_age"):
            place = f"survivors[{number}].{field}"
            named.append((place, getattr(share, field), figures, "figure"))
    for place, name, among, kind in named:
        if name is not None and name not in among:
            yield Problem(place, f"the scheme has no {kind} {name!r}.", _cure(name, among, kind))


def _cure(name: str, known: list[str], what: str) -> str:
    return meant(name, known) if known else f"Add the {what} with its source."


def _operand_faults(file: SchemeFile) -> Iterator[Problem]:
    tables = [table.name for table in file.tables]
    series = [entry.name for entry in file.series]
    values = [*FACTS, *file.facts, *(figure.name for figure in file.figures)]
    for number, block in enumerate(file.blocks, 1):
        kinds = {"table": tables, "series": series, "value": values}
        kinds["value or series"] = [*values, *series]
        for field, kind, name in operands(block):
            if name not in kinds[kind]:
                what = "figure, fact or earlier block" if kind == "value" else kind
                remedy = _cure(name, kinds[kind], what)
                place = f"blocks[{number}].{field}"
                yield Problem(place, f"the scheme has no {what} {name!r}.", remedy)
        values.append(block.name)


def _validity_faults(file: SchemeFile) -> Iterator[Problem]:
    yield from _clashes("currency", file.currency)
    for number, figure in enumerate(file.figures, 1):
        yield from _clashes(f"figures[{number}] {figure.name}", figure.values)
    for number, table in enumerate(file.tables, 1):
        yield from _clashes(f"tables[{number}] {table.name}", table.values)
        for index, edition in enumerate(table.values, 1):
            starts = [row[0] for row in edition.rows]
            if starts != sorted(set(starts)):
                place = f"tables[{number}] {table.name}.values[{index}].rows"
                yield Problem(place, "the rows do not rise.", "Order them; name each number once.")


def _clashes(place: str, values: Sequence[ValidFile]) -> Iterator[Problem]:
    for (first, one), (second, other) in combinations(enumerate(values, 1), 2):
        if _meet(one, other):
            yield Problem(
                place,
                f"values {first} and {second} hold for the same people on the same day.",
                "Give the earlier one its last day (until).",
            )
    for number, value in enumerate(values, 1):
        backwards = _backwards(value.since, value.until)
        if backwards or _backwards(value.born_since, value.born_until):
            yield Problem(f"{place}.values[{number}]", "it ends before it begins.")


def _meet(one: ValidFile, other: ValidFile) -> bool:
    return _cross(one.since, one.until, other.since, other.until) and _cross(
        one.born_since, one.born_until, other.born_since, other.born_until
    )


def _cross(since: date | None, until: date | None, first: date | None, last: date | None) -> bool:
    return (since or date.min) <= (last or date.max) and (first or date.min) <= (until or date.max)


def _backwards(since: date | None, until: date | None) -> bool:
    return since is not None and until is not None and until < since


def _form_faults(file: SchemeFile) -> Iterator[Problem]:
    if file.maturity is not Maturity.CERTIFIED_ONLY and file.amount is None:
        remedy = 'Name the block that is the pension, or write maturity = "certified-only".'
        yield Problem("amount", "the scheme has no amount.", remedy)
    for number, series in enumerate(file.series, 1):
        if bool(series.values) == (series.file is not None):
            fault = "a series needs its values, or the file that holds them, not both."
            yield Problem(f"series[{number}] {series.name}", fault, "State one of the two.")
