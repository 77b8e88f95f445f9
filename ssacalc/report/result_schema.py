"""The JSON Schema of the interface that :mod:`ssacalc.report.result` writes."""

from collections.abc import Iterable

from ssacalc.domain.money import Per
from ssacalc.domain.rules import Payment
from ssacalc.domain.units import Unit
from ssacalc.report.result import AMOUNTS

Schema = dict[str, object]

TEXT: Schema = {"type": "string"}
ANSWER: Schema = {"type": ["boolean", "null"]}
NUMBER: Schema = {"anyOf": [{"type": "integer"}, {"type": "string", "pattern": "^-?\\d+/\\d+$"}]}
SHARE: Schema = {"type": "string", "pattern": "^-?\\d+/\\d+$"}
DECIMAL: Schema = {"type": "string", "pattern": "^-?\\d+\\.\\d{2,}$"}


def result_schema() -> Schema:
    """Return the schema (draft 2020-12) of a whole determination."""
    states: Schema = {
        "type": "object",
        "propertyNames": {"pattern": "^[A-Z]{2}(-[A-Z0-9]{1,3})?$"},
        "additionalProperties": {"$ref": "#/$defs/state"},
    }
    whole = _object(
        {
            "case": TEXT,
            "law": TEXT,
            "states": states,
            "without_agreements": states,
            "problems": _list(_object({"place": TEXT, "fault": TEXT, "remedy": TEXT})),
            "totals": _list(_money()),
            "totals_without_agreements": _list(_money()),
            "ranges": _list(_range()),
            "worths": _list(_worth()),
        }
    )
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "ssacalc determination",
        **whole,
        "$defs": {
            "state": _object({**_benefit(), "benefits": _list({"$ref": "#/$defs/benefit"})}),
            "benefit": _object({"scheme": TEXT, "title": TEXT, **_benefit()}),
            "step": _step(),
            "citation": _citation(),
        },
    }


def _money() -> Schema:
    return _object({"amount": DECIMAL, "currency": TEXT, "per": _enum(Per)})


def _range() -> Schema:
    bounds = _list(NUMBER)
    parts = {"country": TEXT, "scheme": TEXT, "own": bounds, "total": bounds}
    rights = {"with_agreement": _list(ANSWER), "payable": _or_null(_list(_money()))}
    return _object({**parts, **rights})


def _outcome() -> dict[str, Schema]:
    return {"with_agreement": ANSWER, "payable": _or_null(_money())}


def _worth() -> Schema:
    either = _object(_outcome())
    parts = {"period": TEXT, "country": TEXT, "scheme": TEXT}
    return _object({**parts, "with_it": either, "without_it": either})


def _benefit() -> dict[str, Schema]:
    citations = _list({"$ref": "#/$defs/citation"})
    shortfall = _object({"missing": NUMBER, "unit": _enum(Unit)})
    cure = _object({"condition": TEXT, "closed_on": _or_null(TEXT)})
    return {
        "instrument": _or_null(TEXT),
        "own_right": ANSWER,
        "with_agreement": ANSWER,
        "unit": _enum(Unit),
        "own": NUMBER,
        "total": NUMBER,
        "ratio": _or_null(SHARE),
        **{key: _or_null(DECIMAL) for key in AMOUNTS},
        "currency": _or_null({"type": "string", "pattern": "^[A-Z]{3}$"}),
        "per": _or_null(_enum(Per)),
        "reductions": _list(_reduced(citations)),
        "portability": _portability(citations),
        "shortfall": _or_null(shortfall),
        "cure": _or_null(cure),
        "payable_from": _or_null(TEXT),
        "alternatives": _list(_object({"what": TEXT, "instrument": _or_null(TEXT), **_outcome()})),
        "claimants": _list(_object({"role": TEXT, "born": _or_null(TEXT), "payable": _money()})),
        "steps": _list({"$ref": "#/$defs/step"}),
        "doubts": _list(_object({"kind": TEXT, "key": TEXT, "text": TEXT, "law": citations})),
    }


def _reduced(citations: Schema) -> Schema:
    part = _object({"name": TEXT, "stated": _money(), "counted": _money()})
    rule = {
        "counted": _list(part),
        "divided_by": _or_null({"type": "integer"}),
        "share": _or_null(SHARE),
        "cut": _money(),
        "left": _money(),
        "key": TEXT,
        "text": TEXT,
        "law": citations,
    }
    parts: dict[str, Schema] = {"of": TEXT, "paid": {"type": "boolean"}, "before": _money()}
    return _object({**parts, "rules": _list(_object(rule)), "after": _money()})


def _portability(citations: Schema) -> Schema:
    months = _or_null({"type": "integer"})
    parts = {"paid_abroad": _enum(Payment), "after_months": months}
    law = {"law": citations, "national_law": citations}
    return _object({**parts, "reduced_to": _or_null(_money()), **law})


def _step() -> Schema:
    money = _money()
    duration = _object({"number": NUMBER, "unit": _enum(Unit)})
    plain: Schema = {"type": ["string", "integer", "boolean", "null"]}
    return _object(
        {
            "name": TEXT,
            "label": TEXT,
            "value": {"anyOf": [plain, money, duration]},
            "working": TEXT,
            "law": _list({"$ref": "#/$defs/citation"}),
            "uses": _list({"type": "integer", "minimum": 0}),
        }
    )


def _citation() -> Schema:
    texts = dict.fromkeys(("document", "article", "source", "address"), TEXT)
    return _object({**texts, "verified": {"type": "boolean"}})


def _object(properties: dict[str, Schema]) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _or_null(inner: Schema) -> Schema:
    return {"anyOf": [inner, {"type": "null"}]}


def _enum(choices: Iterable[str]) -> Schema:
    return {"enum": [str(choice) for choice in choices]}
