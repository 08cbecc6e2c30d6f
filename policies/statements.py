"""What the statements of a policy allow, as far as it is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from policies.logic import Truth, equal, every, one_of, truth
from policies.values import UNKNOWN, Props, Unknown, Value, from_json, items, nested, text


@dataclass(frozen=True)
class Grant:
    """One statement of a policy."""

    allows: Truth
    """Whether it allows; one that denies takes nothing away from what others must not allow."""
    props: Props
    """The statement as it is written."""

    @property
    def actions(self) -> tuple[Value, ...] | Unknown:
        """Actions that it names."""
        return items(self.props, "Action")

    @property
    def resources(self) -> tuple[Value, ...] | Unknown:
        """Resources that it names."""
        return items(self.props, "Resource")

    @property
    def inverted(self) -> Truth:
        """Whether it means all but what it names."""
        return truth(any(key in self.props for key in ("NotAction", "NotResource", "NotPrincipal")))

    def requires(self, operator: str, key: str, allowed: Iterable[str]) -> Truth:
        """Tell whether a condition holds a key of the request to allowed values, however the request looks."""
        condition = self.props.get("Condition")
        block = UNKNOWN if condition is UNKNOWN else nested(condition).get(operator)
        values = UNKNOWN if block is UNKNOWN else items(nested(block), key)
        return all_of(values, allowed)


def all_of(values: tuple[Value, ...] | Unknown, allowed: Iterable[str]) -> Truth:
    """Tell whether there are values, and each is an allowed one."""
    wanted = tuple(allowed)
    if values is UNKNOWN:
        return Truth.UNKNOWN
    return truth(bool(values)) & every(one_of(value, wanted) for value in values)


def grants(policy: str | Unknown | None) -> Iterator[Grant]:
    """Return the statements of a policy document that allow something, or may; one for all where nothing is known."""
    document = UNKNOWN if policy is UNKNOWN else from_json(policy or "")
    listed = UNKNOWN if document is UNKNOWN else items(nested(document), "Statement")
    for statement in (UNKNOWN,) if listed is UNKNOWN else listed:
        if statement is UNKNOWN:
            yield Grant(Truth.UNKNOWN, {"Action": UNKNOWN, "Resource": UNKNOWN, "Condition": UNKNOWN})
            continue
        props = nested(statement)
        allows = ~equal(text(props, "Effect"), "Deny")
        if allows is not Truth.FALSE:
            yield Grant(allows, props)


def has_statements(policy: str | Unknown | None) -> Truth:
    """Tell whether a policy document has a statement at all."""
    if policy is UNKNOWN:
        return Truth.UNKNOWN
    listed = items(nested(from_json(policy or "")), "Statement")
    return Truth.UNKNOWN if listed is UNKNOWN else truth(bool(listed))
