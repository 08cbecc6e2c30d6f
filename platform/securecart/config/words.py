"""What the model's validation found, in the words of the fleet file."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network
from types import MappingProxyType
from typing import Final

from securecart.config.problem import KeyPath, Problem


@dataclass(frozen=True)
class Fault:
    """One thing that the model's validation found."""

    kind: str
    """Pydantic's name of the error, for example ``extra_forbidden``."""
    path: KeyPath
    """Where, from the top of the document."""
    value: object
    """The value at fault, as data."""
    text: str
    """The value as it is written in the file; empty for mappings and lists."""
    context: Mapping[str, object]
    """Pydantic's details, for example the bound that is broken."""
    known: tuple[str, ...]
    """Keys that exist at this place."""
    description: str
    """What the key at this place means; empty where it has none."""


TYPES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "string_type": "text",
        "int_type": "a whole number",
        "float_type": "a number",
        "bool_type": "true or false",
        "tuple_type": "a list",
        "dict_type": "keys with values",
        "mapping_type": "keys with values",
        "model_type": "keys with values",
    }
)
"""What each of pydantic's type errors expected."""

NAME_PATTERN: Final = r"^[a-z][a-z0-9-]{0,30}$"
"""Pattern of the names of objects."""

PATTERNS: Final[Mapping[str, str]] = MappingProxyType(
    {
        NAME_PATTERN: "a name of lower case letters, digits and hyphens that starts with a "
        "letter, at most 31 characters",
        r"^[a-z]{2}(-[a-z]+)+-[0-9]$": "the name of an AWS region, for example us-east-1",
        r"^[a-zA-Z0-9._-]{1,100}$": "the name of a stack, for example network-dev",
        r"^[0-9]{12}$": 'the twelve digits of an AWS account, in quotes, for example "012345678901"',
        r"^[A-Za-z0-9]{3,10}$": "the code of a Direct Connect location, for example EqDC2",
        r"^[A-Za-z0-9_+=,.@-]{1,64}$": "the name of an IAM role (not its ARN), at most 64 characters",
        r"^[a-z0-9][a-z0-9.-]{2}([a-z0-9.*-]|\{account\}|\{region\})*$": "the name of a bucket, which may hold *, "
        "{account} and {region} after its first three characters",
        r"^[a-zA-Z0-9_.-]{3}([a-zA-Z0-9_.*-]|\{account\}|\{region\})*$": "the name of a table, which may hold *, "
        "{account} and {region} after its first three characters",
        r"^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$": "a domain name in lower case, "
        "without a final dot, for example shop.securecart.example",
        r"^/[A-Za-z0-9._~/-]{0,254}$": "the path of a URL, for example /health",
        r"^/[A-Za-z0-9_.*$/~\"'@:+-]{0,254}$": "a path pattern of CloudFront, for example /api/*",
        r"^[A-Z]{2}$": "the two capital letters of a country (ISO 3166-1), for example DE",
        r"^arn:aws:iam::[0-9]{12}:(root|role/[A-Za-z0-9+=,.@_/-]{1,128}|user/[A-Za-z0-9+=,.@_/-]{1,128})$": "the ARN "
        "of an account's root, a role or a user, for example arn:aws:iam::012345678901:root",
        r"^com\.amazonaws\.vpce\.[a-z]{2}(-[a-z]+)+-[0-9]\.vpce-svc-[0-9a-f]{17}$": "the name of an endpoint "
        "service, for example com.amazonaws.vpce.us-east-1.vpce-svc-0a1b2c3d4e5f60718",
        r"^o-[a-z0-9]{10,32}$": "the id of an AWS organization, for example o-exampleorg1",
    }
)
"""What each pattern of the model asks for."""

BOOLEANS: Final[Mapping[str, str]] = MappingProxyType(
    {"yes": "true", "on": "true", "true": "true", "no": "false", "off": "false", "false": "false"}
)
"""What people write for a boolean, and what YAML 1.2 calls it."""

_BOUNDS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "greater_than_equal": ("ge", "at least {}"),
        "less_than_equal": ("le", "at most {}"),
        "string_too_short": ("min_length", "at least {} characters"),
        "string_too_long": ("max_length", "at most {} characters"),
        "too_short": ("min_length", "at least {} of them"),
    }
)
"""For each broken bound: its name in pydantic's details, and the words for it."""


def problem_of(fault: Fault) -> Problem:
    """Say what is wrong, by which rule, and what to do about it."""
    if fault.kind in TYPES:
        return _wrong_type(fault)
    if fault.kind in _BOUNDS:
        return _out_of_bounds(fault)
    return _WORDS.get(fault.kind, _other)(fault)


def suggestion(wrong: object, choices: Iterable[str]) -> str:
    """Name the closest choice, or all of them."""
    choices = sorted(choices)
    close = difflib.get_close_matches(str(wrong), choices, n=1, cutoff=0.6)
    return f"did you mean {close[0]}?" if close else f"known: {', '.join(choices)}"


def _key(fault: Fault) -> str:
    if not fault.path:
        return "the file"
    *before, last = fault.path
    return f"{before[-1]}[{last}]" if before and isinstance(last, int) else str(last)


def _wrong_type(fault: Fault) -> Problem:
    if fault.value is None:
        return _missing(fault)
    if fault.path[:1] == ("accounts",) and _key(fault) == "id" and isinstance(fault.value, int | float):
        message = f"the account id {fault.text} is not quoted: as a number it loses leading zeros"
        return Problem("account-id-unquoted", fault.path, message, f'quote it: id: "{fault.text}"')
    message = f"{_key(fault)} must be {TYPES[fault.kind]}, not {_kind_of(fault.value)}"
    return Problem("wrong-type", fault.path, message, _retyped(fault) or fault.description)


def _retyped(fault: Fault) -> str:
    """The same value as the type that is wanted, where that is plain."""
    if fault.kind == "string_type" and fault.text:
        return f'put it in quotes: "{fault.text}"'
    if fault.kind == "bool_type":
        return f"write {BOOLEANS.get(fault.text.lower(), 'true or false')}"
    if fault.kind == "int_type" and fault.text.isdecimal():
        return f"write {fault.text}, without quotes"
    return ""


def _kind_of(value: object) -> str:
    names: tuple[tuple[type | tuple[type, ...], str], ...] = (
        (bool, "true or false"),
        ((int, float), "a number"),
        (str, "text"),
        (list, "a list"),
    )
    return next((name for kind, name in names if isinstance(value, kind)), "keys with values")


def _missing(fault: Fault) -> Problem:
    key, owner = _key(fault), ".".join(map(str, fault.path[:-1])) or "the fleet"
    verb = "has no value" if fault.kind in TYPES else "is missing"
    if fault.path[:1] == ("accounts",) and key == "role":
        message = f"account {fault.path[1]!r} has no role: the key {key!r} {verb}"
        remedy = "name the IAM role to assume there; no stack uses long-lived keys"
        return Problem("account-without-role", fault.path, message, remedy, at_key=True)
    message = f"the key {key!r} of {owner} {verb}"
    return Problem("missing-key", fault.path, message, f"add it: {fault.description}", at_key=True)


def _out_of_bounds(fault: Fault) -> Problem:
    detail, words = _BOUNDS[fault.kind]
    message = f"{_key(fault)} must have {words.format(fault.context.get(detail))}"
    if fault.kind in ("greater_than_equal", "less_than_equal"):
        message = f"{_key(fault)} must be {words.format(fault.context.get(detail))}"
    return Problem("out-of-bounds", fault.path, message, fault.description)


def _unknown_key(fault: Fault) -> Problem:
    message = f"unknown key {_key(fault)!r}"
    return Problem("unknown-key", fault.path, message, suggestion(_key(fault), fault.known), at_key=True)


def _choice(fault: Fault) -> Problem:
    """An enum, a literal or the tag of a union; pydantic lists the choices in quotes."""
    listed = fault.context.get("expected") or fault.context.get("expected_tags") or ""
    choices = re.findall(r"'([^']*)'", str(listed))
    value = fault.context.get("tag", fault.value)
    message = f"{_key(fault)} must be one of {', '.join(choices)}, not {value!r}"
    return Problem("not-a-choice", fault.path, message, suggestion(value, choices))


def _pattern(fault: Fault) -> Problem:
    pattern = str(fault.context.get("pattern"))
    message = f"{_key(fault)} must be {PATTERNS.get(pattern, f'text that matches {pattern}')}"
    return Problem("malformed", fault.path, message, fault.description)


def _cidr(fault: Fault) -> Problem:
    """The model's only values that pydantic parses are IPv4 networks, and the address of a device."""
    if _key(fault) == "ip_address":
        message = "ip_address must be an IPv4 address, for example 203.0.113.10"
        return Problem("malformed", fault.path, message, fault.description)
    try:
        whole = IPv4Network(str(fault.value), strict=False)
    except ValueError:
        message = f"{_key(fault)} must be an IPv4 CIDR block, for example 10.30.0.0/16"
        return Problem("cidr-malformed", fault.path, message, fault.description)
    message = f"{_key(fault)} has host bits set: {fault.value} lies inside {whole}"
    return Problem("cidr-host-bits", fault.path, message, f"write {whole}")


def _other(fault: Fault) -> Problem:
    reason = fault.context.get("error", fault.kind.replace("_", " "))
    return Problem("malformed", fault.path, f"{_key(fault)} cannot be read: {reason}", fault.description)


_WORDS: Final[Mapping[str, Callable[[Fault], Problem]]] = MappingProxyType(
    {
        "extra_forbidden": _unknown_key,
        "missing": _missing,
        "union_tag_not_found": _missing,
        "union_tag_invalid": _choice,
        "enum": _choice,
        "literal_error": _choice,
        "string_pattern_mismatch": _pattern,
        "value_error": _cidr,
        "ip_v4_network": _cidr,
    }
)
"""Words for each other kind of error."""
