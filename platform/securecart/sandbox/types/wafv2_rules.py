"""Rules of web ACLs between the SDK's form and AWS's.

The two differ in names' letter case, which the provider's engine translates, in bytes, and in the defaults that the
real provider fills in (terraform-provider-aws, internal/service/wafv2/schemas.go).
"""

from __future__ import annotations

from collections.abc import Mapping

_RATE = "rateBasedStatement"
_RATE_DEFAULTS: Mapping[str, object] = {"aggregateKeyType": "IP", "evaluationWindowSec": 300}


def filled(value: object) -> object:
    """Return rules, or a part of them, with the defaults that the real provider fills in."""
    if isinstance(value, Mapping):
        whole = {name: filled(item) for name, item in value.items()}
        rate = whole.get(_RATE)
        return {**whole, _RATE: {**_RATE_DEFAULTS, **rate}} if isinstance(rate, Mapping) else whole
    return [filled(item) for item in value] if isinstance(value, list) else value


def told(value: object) -> object:
    """Return AWS's rules, or a part of them, with text for bytes."""
    if isinstance(value, Mapping):
        return {name: told(item) for name, item in value.items()}
    if isinstance(value, list):
        return [told(item) for item in value]
    return value.decode() if isinstance(value, bytes) else value


def same_rules(rules: object) -> object:
    """Return rules as WAF sees them: by priority, with the defaults, without empty lists; `{}` is a value."""
    listed = rules if isinstance(rules, list) else []
    return sorted((_given(filled(rule)) for rule in listed), key=repr)


def same_object(value: object) -> object:
    """Return an object without absent members and empty lists."""
    return _given(value)


def _given(value: object) -> object:
    if isinstance(value, Mapping):
        kept = ((name, _given(value[name])) for name in sorted(value))
        return {name: item for name, item in kept if item is not None and item != []}
    return [_given(item) for item in value] if isinstance(value, list) else value
