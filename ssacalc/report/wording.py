"""Steps, doubts and values in the reader's language, from one catalogue per language.

A catalogue (``resources/translations/<language>.toml``) has four parts: ``format`` (how dates,
numbers and durations look), ``text`` (the sentences of statements), ``names`` (one table for each
kind of thing that is named by a code) and ``messages`` (the working of steps and doubts). What a
language lacks is taken from English; what English lacks too is shown as its key, so that nothing
said by the engine is ever lost.

A message has placeholders. ``{own}`` words the argument ``own`` by its type; a text argument is
looked up in the table of names called like the placeholder (``{country}`` in ``names.country``,
``{countries}`` each of several codes).
``{state:country}`` looks it up in the named table, ``{name:text}`` leaves it as it is,
``{rate:percent}`` writes a rate in percent, ``{total:number}`` a number grouped, ``{year:plain}``
one without grouping, and ``{n:plural=period|periods}`` the number with the noun that fits it.
"""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from functools import cache

from ssacalc import resources
from ssacalc.domain.determination import Doubt
from ssacalc.domain.errors import SsacalcError
from ssacalc.domain.money import Money
from ssacalc.domain.trace import Argument, Citation, Step
from ssacalc.domain.units import Duration, Remainder, Unit, settle
from ssacalc.files import parse_plain
from ssacalc.report import numbers, templates
from ssacalc.report.numbers import Locale

FALLBACK = "en"
NUMERIC = ("percent", "plain", "plural", "number")
"""Kinds of placeholder that word a number."""
VALUES = {"portability": "payment"}
"""Steps whose value is a code, and the table of names that words it."""
IN_DAYS = ("period", "overlap")
"""Steps whose whole number is one of days."""
NOT_DUE = (
    "result",
    "independent_amount",
    "theoretical_amount",
    "pro_rata_amount",
    "payable_amount",
)
"""Steps whose value is an amount: ``None`` is no amount, not an unknown answer."""
Table = Mapping[str, object]  # of a catalogue, as read
Arguments = tuple[tuple[str, Argument], ...]


@cache
def _read(name: str) -> dict[str, object]:
    path = resources.folder("resources") / "translations" / f"{name}.toml"
    return parse_plain(path.read_text(encoding="utf-8"), str(path), SsacalcError)


@cache
def languages() -> tuple[str, ...]:
    """Return the languages that have a catalogue, English first."""
    folder = resources.folder("resources") / "translations"
    found = {path.stem for path in folder.glob("*.toml")} - {"countries"}
    return (FALLBACK, *sorted(found - {FALLBACK}))


def _table(value: object) -> Table:
    return value if isinstance(value, dict) else {}


def _flat(table: Table, prefix: str = "") -> dict[str, str]:
    """Return a table of texts with nested keys joined by dots."""
    flat: dict[str, str] = {}
    for key, value in table.items():
        if isinstance(value, dict):
            flat |= _flat(value, f"{prefix}{key}.")
        else:
            flat[f"{prefix}{key}"] = str(value)
    return flat


@cache
def messages(language: str) -> dict[str, str]:
    """Return the messages of a language's own catalogue by key."""
    return _flat(_table(_read(language).get("messages")))


@cache
def texts(language: str) -> dict[str, str]:
    """Return the sentences of statements of a language's own catalogue by key."""
    return _flat(_table(_read(language).get("text")))


@cache
def names(language: str) -> dict[str, dict[str, str]]:
    """Return the tables of names of a language's own catalogue, countries included."""
    tables = _table(_read(language).get("names"))
    named = {table: _flat(_table(rows)) for table, rows in tables.items()}
    countries = _read("countries")
    named["country"] = {
        code: str(row[language])
        for code, row in ((code, _table(row)) for code, row in countries.items())
        if language in row
    }
    return named


@cache
def _locale(language: str) -> Locale:
    return numbers.locale(_table(_read(language).get("format")))


class Wording:
    """The words of one language. ``titles`` names instruments by their id where known."""

    def __init__(self, language: str = FALLBACK, titles: Mapping[str, str] | None = None) -> None:
        self.language = language if language in languages() else FALLBACK
        self._locale = _locale(self.language)
        self._titles = dict(titles or {})

    @property
    def direction(self) -> str:
        """``ltr`` or ``rtl``."""
        return self._locale.direction

    def text(self, key: str, **args: Argument) -> str:
        """Word one of the statement's own sentences."""
        return self._fill(self.template(key), args)

    def template(self, key: str) -> str:
        """Return one of the statement's own sentences with its placeholders."""
        return texts(self.language).get(key) or texts(FALLBACK).get(key) or key

    def message(self, key: str, args: Arguments = ()) -> str:
        """Word a message of the engine; an unknown key is shown with its arguments."""
        text = messages(self.language).get(key) or messages(FALLBACK).get(key)
        if text is not None:
            return self._fill(text, dict(args))
        told = ", ".join(f"{name} = {self.argument(value, name)}" for name, value in args)
        return f"{key}: {told}" if told else key

    def name(self, table: str, code: str) -> str:
        """Name what a code stands for; an unknown code names itself."""
        if table == "instrument" and code in self._titles:
            return self._titles[code]
        for language in (self.language, FALLBACK):
            named = names(language).get(table, {}).get(code)
            if named is not None:
                return named
        return code

    def label(self, step: Step) -> str:
        """Name what a step found."""
        named = self.name("step", step.name)
        if named != step.name:
            return named
        return step.name.replace("_", " ").replace("-", " ").capitalize()

    def value(self, step: Step) -> str:
        """Word the value of a step, with its unit where the step's arguments tell it."""
        value = step.value
        if value is None and step.name in NOT_DUE:
            return self.text("none")
        if isinstance(value, int | Fraction) and not isinstance(value, bool):
            return self._counted(value, step)
        return self.argument(value, VALUES.get(step.name, ""))

    def _counted(self, value: int | Fraction, step: Step) -> str:
        if isinstance(value, int) and step.name in IN_DAYS:
            return self.duration(Duration(Fraction(value), Unit.DAY))
        for _, arg in step.args:
            if isinstance(arg, Duration) and arg.number == value:
                return self.duration(arg)
        return self.argument(value)

    def working(self, step: Step) -> str:
        """Word how a step was found."""
        return self.message(step.key, step.args)

    def doubt(self, doubt: Doubt) -> str:
        """Word a doubt."""
        return self.message(doubt.key, doubt.args)

    def citation(self, citation: Citation) -> str:
        """Word a citation; one whose text was not read says so."""
        if citation.verified:
            return str(citation)
        return self.text("citation-unverified", citation=str(citation))

    def date(self, day: date) -> str:
        """Word a day: 1 May 2026."""
        return numbers.day(day, self._locale)

    def number(self, number: Fraction | int) -> str:
        """Word a number: 1,234.5; one that no decimals can write stays a fraction."""
        return numbers.number(Fraction(number), self._locale)

    def money(self, money: Money) -> str:
        """Word an amount: 1,234.50 CAD; digits left out are shown by an ellipsis."""
        return numbers.money(money, self._locale)

    def settled(self, money: Money) -> str:
        """Word an amount as it is paid, in whole cents at the least."""
        return numbers.settled(money, self._locale)

    def ratio(self, ratio: tuple[Fraction, Fraction]) -> str:
        """Word a ratio as the law forms it: 26/104."""
        return "/".join(self.number(part) for part in ratio)

    def duration(self, duration: Duration) -> str:
        """Word a duration: 176 months."""
        number = self.number(duration.number)
        unit = self.unit(duration.unit.value, duration.number)
        if duration.unit is Unit.YEAR and duration.number.denominator != 1:
            return self._years_and_months(duration.number)
        if duration.days_per_week is None:
            return self._locale.counted.format(number=number, noun=unit)
        return self.text("duration-day-type", number=number, noun=unit, days=duration.days_per_week)

    def _years_and_months(self, years: Fraction) -> str:
        """Word years that no decimals can write: 7 years and 8 months."""
        whole = settle(years, Remainder.DOWN)
        rest = Duration((years - whole) * 12, Unit.MONTH)
        if not whole:
            return self.duration(rest)
        first = self.duration(Duration(whole, Unit.YEAR))
        return self.text("duration-of-two", first=first, second=self.duration(rest))

    def unit(self, unit: str, number: Fraction | int | None = None) -> str:
        """Name a unit in the form that fits a number (without one: the plural)."""
        one = number is not None and self._locale.one(Fraction(number))
        return self.name("unit", unit if one else f"{unit}s")

    def yes_no(self, answer: bool | None) -> str:  # noqa: FBT001 - the value to be worded
        """Word a three-valued answer."""
        return self.name("answer", {True: "yes", False: "no", None: "unknown"}[answer])

    def without_amount(self, right: bool | None) -> str:  # noqa: FBT001 - the value to be worded
        """Word what another way gives that gives no amount: no right, or one not computed."""
        return self.text({True: "way-right", False: "way-no-right", None: "way-unknown"}[right])

    def argument(self, value: Argument, name: str = "") -> str:
        """Word any argument by its type; a text is looked up in the table called ``name``."""
        match value:
            case bool() | None:
                worded = self.yes_no(value)
            case str():
                worded = self._coded(value, name)
            case int():
                worded = self.number(value) if abs(value) >= numbers.GROUPED_FROM else str(value)
            case Fraction():
                worded = self.number(value)
            case Money():
                worded = self.money(value)
            case Duration():
                worded = self.duration(value)
            case _:
                worded = self.date(value)
        return worded

    def _coded(self, value: str, table: str) -> str:
        if table == "unit":
            return self.unit(value)
        if table == "countries":
            return ", ".join(self.name("country", code) for code in value.split(", "))
        return self.name(table, value)

    def _fill(self, text: str, args: Mapping[str, Argument]) -> str:
        return "".join(
            piece.text if piece.name is None else self._placed(piece, args)
            for piece in templates.pieces(text)
        ).rstrip()

    def _placed(self, piece: templates.Piece, args: Mapping[str, Argument]) -> str:
        if piece.name is None or piece.name not in args:
            return f"{{{piece.name}}}"
        value = args[piece.name]
        if isinstance(value, int | Fraction) and piece.kind in NUMERIC:
            return self._number_as(value, piece)
        return self.argument(value, piece.kind or piece.name)

    def _number_as(self, value: int | Fraction, piece: templates.Piece) -> str:
        match piece.kind:
            case "percent":
                return self._locale.percent.format(number=self.number(Fraction(value) * 100))
            case "plain":
                return str(value)
            case "plural":
                noun = piece.forms[0 if self._locale.one(Fraction(value)) else 1]
                return self._locale.counted.format(number=self.number(value), noun=noun)
            case _:
                return self.number(value)
