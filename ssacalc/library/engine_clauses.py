"""The clauses the engine computes with: the form of their parameters, and the way to its rules."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field, model_validator

from ssacalc.domain import rules
from ssacalc.domain.overlap import Division, Nature, OverlapRegime, Reducible, Regime
from ssacalc.domain.units import Duration, Remainder, Unit
from ssacalc.library.instrument_file import CountryCode
from ssacalc.models import Day, FileModel

Exact = Annotated[Decimal, Field(allow_inf_nan=False)]


class DurationFile(FileModel):
    """So many units of time."""

    number: Exact
    unit: Unit
    days_per_week: Literal[5, 6, 7] | None = None

    def settled(self) -> Duration:
        """Return the duration as the domain's value."""
        return Duration(Fraction(self.number), self.unit, self.days_per_week)


class ConversionFile(FileModel):
    """One row of a conversion clause."""

    source: str
    kind: rules.ConversionKind
    count: Exact = Decimal(1)
    unit: Unit | None = None
    gives: Exact = Decimal(1)
    gives_unit: Unit | None = None
    basis: rules.Basis = rules.Basis.AGGREGATE
    remainder: Remainder = Remainder.UP
    yearly_cap: Exact | None = None
    counted_from: Day | None = None
    counted_to: Day | None = None
    kinds: tuple[str, ...] = ()
    unless: str | None = None
    placing: rules.Placing = rules.Placing.NOWHERE
    only_as_needed: bool = False
    since_age: int | None = None
    months: rules.Months = rules.Months.TOUCHED

    @model_validator(mode="after")
    def _units_named(self) -> "ConversionFile":
        needed = {
            rules.ConversionKind.RATIO: ("unit", "gives_unit"),
            rules.ConversionKind.YEAR_CONTAINING: ("unit", "gives_unit"),
        }.get(self.kind, ())
        missing = [name for name in needed if getattr(self, name) is None]
        if missing:
            msg = f"a row of kind {self.kind.value} needs {' and '.join(missing)}"
            raise ValueError(msg)
        if self.count <= 0 or self.gives < 0:
            raise ValueError("count must be above 0 and gives not below 0")
        return self

    def settled(self) -> rules.Conversion:
        """Return the row as the domain's value."""
        return rules.Conversion(
            source=self.source,
            kind=self.kind,
            count=Fraction(self.count),
            unit=self.unit,
            gives=Fraction(self.gives),
            gives_unit=self.gives_unit,
            basis=self.basis,
            remainder=self.remainder,
            yearly_cap=None if self.yearly_cap is None else Fraction(self.yearly_cap),
            counted_from=self.counted_from,
            counted_to=self.counted_to,
            kinds=self.kinds,
            unless=self.unless,
            placing=self.placing,
            only_as_needed=self.only_as_needed,
            since_age=self.since_age,
            months=self.months,
        )


class DayRowFile(FileModel):
    """One row of a table of day types."""

    days_per_week: Literal[5, 6, 7]
    week: int
    month: int
    quarter: int
    year: int


class EngineParameters(FileModel):
    """Parameters of a clause that the engine computes with."""

    def settled(self, option: str) -> rules.Rule | None:
        """Return the typed rule; ``None`` where the option leaves nothing to compute."""
        raise NotImplementedError


class T03File(EngineParameters):
    """Parameters of clause T03 (conversion)."""

    rows: tuple[ConversionFile, ...] = ()
    table: tuple[DayRowFile, ...] = ()
    week_month_row: Literal[5, 6, 7] | None = None

    def settled(self, option: str) -> rules.ConversionRules:
        """Return the typed rule."""
        rows = tuple(row.settled() for row in self.rows)
        if not rows and option == "same":
            rows = (rules.Conversion("*", rules.ConversionKind.SAME),)
        if not rows and option == "table":
            rows = (rules.Conversion("*", rules.ConversionKind.TABLE),)
        return rules.ConversionRules(
            rows,
            tuple(
                rules.DayRow(r.days_per_week, r.week, r.month, r.quarter, r.year)
                for r in self.table
            ),
            self.week_month_row,
        )


class T04File(EngineParameters):
    """Parameters of clause T04 (overlapping periods)."""

    add_back_voluntary: bool = False

    def settled(self, option: str) -> rules.Overlapping:
        """Return the typed rule."""
        rule = rules.OverlapRule.RANKED if option == "ranked" else rules.OverlapRule.HOME_PREVAILS
        return rules.Overlapping(rule, self.add_back_voluntary)


class T05File(EngineParameters):
    """Parameters of clause T05 (minimum own period)."""

    minimum: DurationFile | None = None
    unless_own_right: bool = False
    where_abroad_only: bool = False
    last_state_assumes: bool = False
    enters_theoretical_only: bool = False

    def settled(self, option: str) -> rules.MinimumPeriod | None:
        """Return the typed rule; ``None`` where the clause sets no minimum."""
        if self.minimum is None:
            if option in {"no-duty", "assumed", "not-counted"}:
                raise ValueError("a minimum period needs its duration (parameters.minimum)")
            return None
        return rules.MinimumPeriod(
            self.minimum.settled(),
            rules.ShortPeriod(option) if option != "refund" else rules.ShortPeriod.NOT_COUNTED,
            unless_own_right=self.unless_own_right,
            where_abroad_only=self.where_abroad_only,
            last_state_assumes=self.last_state_assumes,
            enters_theoretical_only=self.enters_theoretical_only,
        )


class T06File(EngineParameters):
    """Parameters of clause T06 (third States)."""

    only_if_needed: bool = True
    nationals_of: tuple[CountryCode, ...] = ()

    def settled(self, option: str) -> rules.ThirdStateRule:
        """Return the typed rule."""
        third = rules.ThirdStates(option)
        return rules.ThirdStateRule(third, self.only_if_needed, self.nationals_of)


class T02File(EngineParameters):
    """Parameters of clause T02 (when totalised)."""

    def settled(self, option: str) -> rules.Totalising:
        """Return the typed rule."""
        always = option in {"always", "claimant-option"}
        return rules.Totalising(rules.Use.ALWAYS if always else rules.Use.ONLY_IF_NEEDED)


class DenominatorFile(FileModel):
    """One value of an instrument's own denominator."""

    value: Exact
    born_since: Day | None = None
    born_until: Day | None = None
    moved_since: Day | None = None
    moved_until: Day | None = None


class P01File(EngineParameters):
    """Parameters of clause P01 (method of calculation)."""

    denominators: tuple[DenominatorFile, ...] = ()
    plus_units: Exact = Decimal(0)
    at_most_one: bool = True
    raise_to_minimum: bool = False
    theoretical_not_below_minimum: bool = False
    includes_third_states: bool = True
    theoretical_of_parties_only: bool = False
    theoretical_on_own_periods: bool = False
    before_risk: bool = False
    from_age: int | None = None
    until_age: int | None = None
    lump_sum_years: Exact | None = None
    waives_pro_rata: bool = False
    capped_at_national: bool = False
    fixed_duration: Exact | None = None
    unit: Unit = Unit.MONTH

    def settled(self, option: str) -> rules.Calculation | None:
        """Return the typed rule; ``None`` for methods that the engine does not compute."""
        if option not in {method.value for method in rules.Method}:
            return None
        return rules.Calculation(
            rules.Method(option),
            denominators=tuple(
                rules.Denominator(
                    Fraction(d.value), d.born_since, d.born_until, d.moved_since, d.moved_until
                )
                for d in self.denominators
            ),
            plus_units=Fraction(self.plus_units),
            at_most_one=self.at_most_one,
            raise_to_minimum=self.raise_to_minimum,
            theoretical_not_below_minimum=self.theoretical_not_below_minimum,
            includes_third_states=self.includes_third_states,
            theoretical_of_parties_only=self.theoretical_of_parties_only,
            theoretical_on_own_periods=self.theoretical_on_own_periods,
            before_risk=self.before_risk,
            from_age=self.from_age,
            until_age=self.until_age,
            lump_sum_years=None if self.lump_sum_years is None else Fraction(self.lump_sum_years),
            waives_pro_rata=self.waives_pro_rata,
            capped_at_national=self.capped_at_national,
            fixed_duration=None if self.fixed_duration is None else Fraction(self.fixed_duration),
            unit=self.unit,
        )


class G05File(EngineParameters):
    """Parameters of clause G05 (personal scope)."""

    third_country_nationals_since: Day | None = None
    not_bound_to_third_country_nationals: tuple[CountryCode, ...] = ()
    survivors: bool = True

    def settled(self, option: str) -> rules.PersonalScope:
        """Return the typed rule."""
        persons = (
            rules.Persons(option)
            if option in {p.value for p in rules.Persons}
            else rules.Persons.ALL_INSURED
        )
        return rules.PersonalScope(
            persons,
            self.third_country_nationals_since,
            self.not_bound_to_third_country_nationals,
        )


class G08File(EngineParameters):
    """Parameters of clause G08 (payment abroad)."""

    totalised_minimum: bool = False
    months: int | None = None
    only_instrument_benefits_to_third: bool = False
    minimum: DurationFile | None = None
    excluded: tuple[str, ...] = ()

    def settled(self, option: str) -> rules.Export | None:
        """Return the typed rule; ``None`` where the option is not one of payment."""
        if option not in {scope.value for scope in rules.ExportScope}:
            return None
        return rules.Export(
            rules.ExportScope(option),
            self.totalised_minimum,
            self.months,
            self.only_instrument_benefits_to_third,
            None if self.minimum is None else self.minimum.settled(),
        )


class G10File(EngineParameters):
    """Parameters of clause G10 (overlap of benefits)."""

    division: Division | None = None
    mutual: bool = False
    amounts_only: bool = False

    def settled(self, option: str) -> OverlapRegime:
        """Return the typed rule."""
        return OverlapRegime(Regime(option), self.division, self.mutual, self.amounts_only)


class G13File(EngineParameters):
    """Parameters of clause G13 (benefits that one of the same kind may cut)."""

    except_with: tuple[CountryCode, ...] = ()
    only_if_stated: bool = False

    def settled(self, option: str) -> Reducible | None:
        """Return the typed rule; ``None`` where no benefit of the same kind cuts."""
        if option == "never":
            return None
        return Reducible(Nature(option), self.except_with, self.only_if_stated)


class P02File(EngineParameters):
    """Parameters of clause P02 (type of a law on invalidity)."""

    laws: tuple[str, ...] = ()
    one_state_pays: bool = False

    def settled(self, option: str) -> rules.InvalidityLaw:
        """Return the typed rule."""
        return rules.InvalidityLaw(rules.LawType(option), self.laws, self.one_state_pays)


class P03File(EngineParameters):
    """Clause P03 (bound of the denominator) has no parameters."""

    def settled(self, option: str) -> rules.Cap:
        """Return the typed rule."""
        return rules.Cap(option)


class P07File(EngineParameters):
    """Clause P07 (person with an own right) has no parameters."""

    def settled(self, option: str) -> rules.WhenOwnRight:
        """Return the typed rule."""
        return rules.WhenOwnRight(option)


class P06File(EngineParameters):
    """Clause P06 (supplement to a minimum) has no parameters."""

    def settled(self, option: str) -> rules.Supplement:
        """Return the typed rule."""
        return rules.Supplement(option)


class P11File(EngineParameters):
    """Clause P11 (States whose conditions are not met) has no parameters."""

    def settled(self, option: str) -> rules.ConditionsNotMet:
        """Return the typed rule."""
        return rules.ConditionsNotMet(option)


class P08File(EngineParameters):
    """Clause P08 (new calculation after a change elsewhere) has no parameters."""

    def settled(self, option: str) -> rules.NewCalculation:
        """Return the typed rule."""
        return rules.NewCalculation(option)


class P12File(EngineParameters):
    """Clause P12 (provisional payment) has no parameters."""

    def settled(self, option: str) -> rules.Provisional:
        """Return the typed rule."""
        return rules.Provisional(option)


class P13File(EngineParameters):
    """Clause P13 (aggravation of invalidity) has no parameters."""

    def settled(self, option: str) -> rules.Aggravation:
        """Return the typed rule."""
        return rules.Aggravation(option)


class P14File(EngineParameters):
    """Parameters of clause P14 (small pensions of people abroad)."""

    settled_up_to: Exact
    choice_up_to: Exact = Decimal(0)

    def settled(self, option: str) -> rules.SmallPension:
        """Return the typed rule."""
        return rules.SmallPension(Fraction(self.settled_up_to), Fraction(self.choice_up_to))


class T07File(EngineParameters):
    """Parameters of clause T07 (special schemes and occupations)."""

    minimum: DurationFile | None = None

    def settled(self, option: str) -> rules.SpecialTime:
        """Return the typed rule."""
        return rules.SpecialTime(option)


class T09File(EngineParameters):
    """Clause T09 (being insured at the event) has no parameters."""

    def settled(self, option: str) -> rules.InsuredAtEvent:
        """Return the typed rule."""
        return rules.InsuredAtEvent(option)


ENGINE_CLAUSES: Mapping[str, type[EngineParameters]] = {
    "G05": G05File,
    "G08": G08File,
    "G10": G10File,
    "G13": G13File,
    "T02": T02File,
    "T03": T03File,
    "T04": T04File,
    "T05": T05File,
    "T06": T06File,
    "T07": T07File,
    "T09": T09File,
    "P01": P01File,
    "P02": P02File,
    "P03": P03File,
    "P06": P06File,
    "P07": P07File,
    "P08": P08File,
    "P11": P11File,
    "P12": P12File,
    "P13": P13File,
    "P14": P14File,
}
"""The clauses whose parameters the engine computes with, and the form these must have."""

UNIVERSAL_OPTIONS = ("silent", "inconclusive", "not-applicable")
