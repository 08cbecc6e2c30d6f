"""Rules of web ACLs in the SDK's form and in AWS's."""

from __future__ import annotations

from securecart.sandbox.types.wafv2_rules import filled, same_object, same_rules, told

GEO = {"geoMatchStatement": {"countryCodes": ["US"]}}


def rule(name: str, statement: dict[str, object], **more: object) -> dict[str, object]:
    return {"name": name, "priority": 0, "statement": statement, **more}


def test_defaults_are_filled_in_at_any_depth_and_given_values_stay():
    rate = {"rateBasedStatement": {"limit": 100, "evaluationWindowSec": 60}}
    deep = {"andStatement": {"statements": [GEO, {"rateBasedStatement": {"limit": 10}}]}}
    [first, second] = filled([rule("a", rate), rule("b", deep)])
    assert first["statement"]["rateBasedStatement"] == {
        "limit": 100,
        "evaluationWindowSec": 60,
        "aggregateKeyType": "IP",
    }
    inner = second["statement"]["andStatement"]["statements"]
    assert inner[0] == GEO
    assert inner[1]["rateBasedStatement"] == {"limit": 10, "evaluationWindowSec": 300, "aggregateKeyType": "IP"}


def test_order_and_absent_members_say_nothing_but_an_empty_object_does():
    first, second = rule("a", GEO, action={"block": {}}), rule("b", GEO, action={"count": {}}, ruleLabels=[])
    assert same_rules([first, second]) == same_rules(
        [rule("b", GEO, action={"count": {}}), {**first, "action": {"block": {}}}]
    )
    assert same_rules([first]) != same_rules([{**first, "action": {"count": {}}}])
    assert same_rules(None) == same_rules([]) == []
    assert same_object({"allow": {}, "block": None}) == {"allow": {}}


def test_bytes_become_text():
    assert told([{"Statement": {"ByteMatchStatement": {"SearchString": b"/admin"}}}]) == [
        {"Statement": {"ByteMatchStatement": {"SearchString": "/admin"}}}
    ]
