"""What the SDK's classes say of a type."""

from __future__ import annotations

from securecart.sandbox.provider.schema import SchemaSource


def test_a_type_that_holds_itself_is_known_to_any_depth():
    rules = SchemaSource().get("aws:wafv2/webAcl:WebAcl").inputs["rules"].item
    assert rules is not None
    statement = rules.members["statement"]
    for _ in range(20):
        together = statement.members["andStatement"]
        item = together.members["statements"].item
        assert item is not None
        statement = item
    assert statement.kind == "object"
    assert statement.members["geoMatchStatement"].required == {"countryCodes"}


def test_members_are_counted_and_named_without_being_made_out():
    rules = SchemaSource().get("aws:wafv2/webAcl:WebAcl").inputs["rules"].item
    assert rules is not None
    assert {"name", "priority", "statement", "visibilityConfig"} <= set(rules.members)
    assert len(rules.members) == len(set(rules.members))
