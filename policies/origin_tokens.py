"""The header by which a load balancer's web ACL knows requests that a distribution has counted."""

from __future__ import annotations

from typing import Final

from policies.logic import Truth, equal, every, some
from policies.parts import at, listed, present
from policies.values import UNKNOWN, Value, nested

HEADER: Final = "x-securecart-origin"
"""The header, stated here anew."""
_MATCH: Final = ("notStatement", "statement", "byteMatchStatement")


def leaves_out_token_alone(scope_down: Value) -> Truth:
    """Tell whether a scope-down statement leaves out requests with a certain value of the header, and no others."""
    match = at(scope_down, *_MATCH)
    transformations = listed(match, "textTransformations")
    unchanged = (
        Truth.UNKNOWN
        if transformations is UNKNOWN
        else every(equal(at(each, "type"), "NONE") for each in transformations)
    )
    return every(
        (
            *(_alone(at(scope_down, *_MATCH[:depth]), key) for depth, key in enumerate(_MATCH)),
            _alone(at(match, "fieldToMatch"), "singleHeader"),
            equal(at(match, "fieldToMatch", "singleHeader", "name"), HEADER),
            equal(at(match, "positionalConstraint"), "EXACTLY"),
            unchanged,
        )
    )


def token_of(rule: Value) -> Value:
    """Return the value of the header that a rate rule leaves out; None where it leaves out nothing."""
    return at(rule, "statement", "rateBasedStatement", "scopeDownStatement", *_MATCH, "searchString")


def carries_token(origin: Value) -> Truth:
    """Tell whether a distribution sends the header to an origin.

    Its value is another stack's: with a wrong one, requests are counted again, and nobody passes who should not.
    """
    headers = listed(origin, "customHeaders")
    return Truth.UNKNOWN if headers is UNKNOWN else some(equal(at(header, "name"), HEADER) for header in headers)


def _alone(value: Value, key: str) -> Truth:
    """Tell whether an object has this member and no other, but for what a provider keeps there for itself."""
    others = (name for name in nested(value) if name != key and not name.startswith("__"))
    return present(value, key) & every(~present(value, name) for name in others)
