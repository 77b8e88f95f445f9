"""The page ``docs/second-coding.md``: ``python -m tests.second_coding.page`` writes it anew."""

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction

from ssacalc.library.taxonomy import taxonomy
from tests.second_coding.rate import (
    HERE,
    Comparison,
    Outcome,
    comparisons,
    kappa,
    options,
    rate,
    sample,
)
from tests.second_coding.settlement import Settled, rules, settlement

PAGE = HERE.parent.parent / "docs" / "second-coding.md"

_HEAD = """# Two codings of one text: how far they agree

Made from the files by `python -m tests.second_coding.page`; a test fails when it is out of date.

{sample} agreements were coded twice, independently, from the same texts and by the same guide.
Both codings are kept as they stood, so that every figure here can be computed again: the first in
`tests/second_coding/first`, the second in `tests/second_coding/second`. The disagreements were
then settled against the texts (`tests/second_coding/settled.toml`); `agreements/` follows the
settlement, and a test holds it against the entries.

**Sample.** From the verified bilateral agreements with more than 30 clauses, without those of the
United States, 101 on the day, `random.Random(20261122)` drew 18 of them: {names}.

**What is compared.** For each clause of the taxonomy the questions are asked that either coding
tells apart: by State where one narrows the clause to a State, by branch and scheme where one does,
by part of a benefit where one does. The clause that prevails for the question is looked up in each
coding as a determination does it. Questions about one State that get the same pair of answers are
one comparison. A clause stated for all parties is thus held against one clause for each. `silent`,
`not-applicable` and a clause that is not there say the same: nothing; `inconclusive` does not.
Beside the option the typed rule is compared where a determination computes with the clause, else
the parameters that are figures, days or yes and no. Lists, notes and articles are each reader's
own words and are not compared. Parts of a benefit that the readers named otherwise are taken for
one where they are (`SAME_PART` in `rate.py`).

**Clauses on which a determination rests** are G05, G08, G10, G11, G13 and the groups T and P.

**Kappa** is Cohen's, for the options alone and without parameters: the share of the disagreements
expected by chance, clause by clause, that did not happen. All rates are exact fractions, rounded
for this page only.

## Rates

| | comparisons | agree | rate | without those where both say nothing | kappa |
|---|---|---|---|---|---|
{rates}

| outcome | all clauses | clauses of determinations |
|---|---|---|
{outcomes}

## By agreement

| agreement | comparisons | agree | rate | of determinations: comparisons | agree | rate |
|---|---|---|---|---|---|---|
{agreements}

## By clause

| clause | title | comparisons | agree | rate | other parameters | other option | one only | kappa |
|---|---|---|---|---|---|---|---|---|
{clauses}

## Rules that settle a kind

They went into `docs/coding-an-instrument.md`.

| rule | clause | what holds |
|---|---|---|
{rules}

## Disagreements and how they were settled

{settled} of {disagreements} disagreements are settled: {by}. Of those on clauses of determinations
none is open. `–` is a clause that is not there.

| agreement | clause | first | second | prevailed | article | why |
|---|---|---|---|---|---|---|
{settlements}

## Open

| agreement | clause | first | second |
|---|---|---|---|
{open}
"""


def page() -> str:
    """Return the page."""
    held = comparisons()
    differing = [c for c in held if not c.agrees]
    told = [(c, settlement(c)) for c in differing]
    settled = [(c, s) for c, s in told if s is not None]
    return _HEAD.format(
        sample=len(sample()),
        names=", ".join(f"`{name}`" for name in sample()),
        rates="\n".join(_rates(held)),
        outcomes="\n".join(_outcomes(held)),
        agreements="\n".join(_by(held, lambda c: c.agreement, _agreement)),
        clauses="\n".join(_by(held, lambda c: c.clause, _clause)),
        rules="\n".join(f"| {r.id} | {r.clause} | {r.text} |" for r in rules()),
        settled=len(settled),
        disagreements=len(differing),
        by=_prevailed([s for _, s in settled]),
        settlements="\n".join(_settlement(c, s) for c, s in settled),
        open="\n".join(f"| {_both(c)} |" for c, s in told if s is None) or "| – | | | |",
    )


def _rates(held: Sequence[Comparison]) -> Iterable[str]:
    for name, chosen in (
        ("all clauses", held),
        ("clauses of determinations", [c for c in held if c.engine]),
        ("other clauses", [c for c in held if not c.engine]),
    ):
        spoken = rate(c for c in chosen if not c.both_silent)
        beyond = kappa(chosen)
        yield (
            f"| {name} | {_rate(chosen)} | {percent(spoken.share)} ({spoken.agreed} of "
            f"{spoken.compared}) | {decimal(beyond)} |"
        )


def _outcomes(held: Sequence[Comparison]) -> Iterable[str]:
    for outcome in Outcome:
        of = [c for c in held if c.outcome is outcome]
        yield f"| {outcome.value} | {len(of)} | {sum(c.engine for c in of)} |"


def _by(
    held: Sequence[Comparison],
    key: Callable[[Comparison], str],
    row: Callable[[str, Sequence[Comparison]], str],
) -> Iterable[str]:
    groups: dict[str, list[Comparison]] = {}
    for comparison in held:
        groups.setdefault(key(comparison), []).append(comparison)
    order = [*taxonomy().clauses, *sample()]
    return (row(name, groups[name]) for name in sorted(groups, key=order.index))


def _agreement(name: str, held: Sequence[Comparison]) -> str:
    return f"| {name} | {_rate(held)} | {_rate([c for c in held if c.engine])} |"


def _clause(name: str, held: Sequence[Comparison]) -> str:
    kinds = (Outcome.PARAMETERS, Outcome.OPTION, Outcome.ONE_ONLY)
    counted = " | ".join(str(sum(c.outcome is kind for c in held)) for kind in kinds)
    title = taxonomy().clauses[name].title
    return f"| {name} | {title} | {_rate(held)} | {counted} | {decimal(kappa(held))} |"


def _rate(held: Sequence[Comparison]) -> str:
    found = rate(held)
    return f"{found.compared} | {found.agreed} | {percent(found.share)}"


def _prevailed(settled: Sequence[Settled]) -> str:
    told = [entry.prevailed for entry in settled]
    return ", ".join(
        f"{name} {told.count(which)}"
        for which, name in zip(
            dict.fromkeys(sorted(told)), ("first", "second", "third answer"), strict=True
        )
    )


def _settlement(comparison: Comparison, entry: Settled) -> str:
    why = entry.reason + (f" ({entry.rule})" if entry.rule else "")
    return f"| {_both(comparison)} | {entry.prevailed} | {entry.article} | {why} |"


def _both(comparison: Comparison) -> str:
    party = comparison.questions[0].party
    where = comparison.clause + (f" {party}" if party else "")
    if comparison.outcome is Outcome.PARAMETERS:
        where += " (parameters)"
    one, other = (
        ", ".join(sorted(options(answer))) or "–"
        for answer in (comparison.first, comparison.second)
    )
    return f"{comparison.agreement} | {where} | {one} | {other}"


def percent(share: Fraction | None) -> str:
    """Return a rate in percent with one digit, half upwards.

    >>> percent(Fraction(2, 3))
    '66.7 %'
    """
    if share is None:
        return "–"
    tenths = int(share * 1000 + Fraction(1, 2))
    return f"{tenths // 10}.{tenths % 10} %"


def decimal(value: Fraction | None) -> str:
    """Return a value from -1 to 1 with two digits, half away from nought.

    >>> decimal(Fraction(-1, 8))
    '-0.13'
    """
    if value is None:
        return "–"
    hundredths = int(abs(value) * 100 + Fraction(1, 2))
    sign = "-" if value < 0 and hundredths else ""
    return f"{sign}{hundredths // 100}.{hundredths % 100:02}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
