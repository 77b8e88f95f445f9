"""How numbers, amounts and days look in one language."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from ssacalc.domain.money import Money, decimal_string
from ssacalc.domain.units import Remainder, settle

GROUPED_FROM = 10_000
"""A bare whole number below this may be a calendar year and is written without grouping."""
CENTS = 2
MOST_PLACES = 4
"""Decimal places shown of a number in a working before an ellipsis stands for the rest."""


@dataclass(frozen=True, slots=True)
class Locale:
    """The conventions of one language."""

    direction: str
    decimal: str
    group: str
    months: tuple[str, ...]
    date: str
    first_day: str
    money: str
    percent: str
    counted: str
    one_below_two: bool

    def one(self, number: Fraction) -> bool:
        """Tell whether a number takes the singular."""
        return abs(number) < 2 if self.one_below_two else number == 1


def locale(table: Mapping[str, object]) -> Locale:
    """Return the conventions that a catalogue's table ``format`` states."""
    months = table.get("months")
    return Locale(
        direction=str(table.get("direction", "ltr")),
        decimal=str(table.get("decimal", ".")),
        group=str(table.get("group", "")),
        months=tuple(str(month) for month in months) if isinstance(months, list) else (),
        date=str(table.get("date", "{day} {month} {year}")),
        first_day=str(table.get("first_day", "1")),
        money=str(table.get("money", "{number} {currency}")),
        percent=str(table.get("percent", "{number}%")),
        counted=str(table.get("counted", "{number} {noun}")),
        one_below_two=bool(table.get("one_below_two", False)),
    )


def day(value: date, style: Locale) -> str:
    """Word a day."""
    number = style.first_day if value.day == 1 else str(value.day)
    month = style.months[value.month - 1] if style.months else f"{value.month:02d}"
    return style.date.format(day=number, month=month, year=value.year)


def places(number: Fraction) -> int | None:
    """Return how many decimals write a number exactly; ``None`` where none do.

    >>> places(Fraction(5, 4)), places(Fraction(1, 3))
    (2, None)
    """
    rest, twos, fives = number.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    return max(twos, fives) if rest == 1 else None


def _grouped(digits: str, style: Locale) -> str:
    whole, _, decimals = digits.partition(".")
    sign, whole = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    groups = f"{int(whole):,}".replace(",", style.group)
    return f"{sign}{groups}{style.decimal}{decimals}" if decimals else f"{sign}{groups}"


def number(value: Fraction, style: Locale) -> str:
    """Word a number exactly, as a decimal or a mixed number; else cut it, with an ellipsis."""
    exact = places(value)
    if exact is not None and exact <= MOST_PLACES + 2:
        return _grouped(decimal_string(value, exact), style)
    if value.denominator >= GROUPED_FROM:
        return _grouped(_cut(value, MOST_PLACES + 2), style) + "…"
    return _mixed(value, style)


def _mixed(value: Fraction, style: Locale) -> str:
    """Word a fraction as a whole number and the part left: 162 11/30."""
    whole, left = divmod(abs(value.numerator), value.denominator)
    part = f"{_grouped(str(left), style)}/{_grouped(str(value.denominator), style)}"
    sign = "-" if value < 0 else ""
    return f"{sign}{_grouped(str(whole), style)} {part}" if whole else f"{sign}{part}"


def money(value: Money, style: Locale) -> str:
    """Word an amount in a working; digits that are left out are shown by an ellipsis."""
    exact = places(value.amount)
    if exact is not None and exact <= MOST_PLACES:
        digits = _grouped(decimal_string(value.amount, max(CENTS, exact)), style)
    else:
        digits = _grouped(_cut(value.amount, MOST_PLACES), style) + "…"
    return style.money.format(number=digits, currency=value.currency)


def _cut(amount: Fraction, keep: int) -> str:
    scaled = settle(abs(amount) * 10**keep, Remainder.DOWN)
    text = decimal_string(scaled / 10**keep, keep)
    return f"-{text}" if amount < 0 else text


def plain_amount(amount: Fraction) -> str:
    """Write an amount as a decimal string: as the law rounded it, two decimals at the least.

    An amount that no law rounded is brought to the cent, halves up.
    """
    exact = places(amount)
    return decimal_string(amount, max(CENTS, exact if exact and exact <= CENTS + 1 else CENTS))


def settled(value: Money, style: Locale) -> str:
    """Word an amount as it is paid."""
    digits = _grouped(plain_amount(value.amount), style)
    return style.money.format(number=digits, currency=value.currency)
