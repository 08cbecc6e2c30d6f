"""Pure functions that map values AWS treats as equal to one value, for comparing."""

from __future__ import annotations

import ipaddress
import json
from collections.abc import Mapping, Sequence

_PROTOCOL_NUMBERS = {"all": "-1", "icmp": "1", "tcp": "6", "udp": "17", "icmpv6": "58"}
_PROTOCOL_NAMES = {"all": "-1", "1": "icmp", "6": "tcp", "17": "udp", "58": "icmpv6"}


def unordered(value: object) -> object:
    """Return a list as AWS sees a set: no order, no empty members within."""
    if not isinstance(value, Sequence) or isinstance(value, str):
        return value
    return sorted((compact(item) for item in value), key=_stable)


def compact(value: object) -> object:
    """Return an object without its empty members, its lists of scalars in order, its networks canonical."""
    if isinstance(value, Mapping):
        kept = {key: compact(item) for key, item in value.items()}
        return {key: item for key, item in kept.items() if item not in (None, "", False, [], {})}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return sorted((compact(item) for item in value), key=_stable)
    return value


def document(value: object) -> object:
    """Return a JSON document, such as a policy, without regard to spaces and the order of keys."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def network(value: object) -> object:
    """Return a CIDR block in its canonical form; a value that is none stays as it is."""
    try:
        return str(ipaddress.ip_network(str(value), strict=False))
    except ValueError:
        return value


def acl_protocol(value: object) -> object:
    """Return a protocol as network ACLs write it: its number."""
    return _PROTOCOL_NUMBERS.get(str(value).lower(), str(value))


def group_protocol(value: object) -> object:
    """Return a protocol as security groups write it: its name where it has one."""
    return _PROTOCOL_NAMES.get(str(value).lower(), str(value).lower())


def port(value: object) -> object:
    """Return a port: none, 0 and -1 all mean that the protocol has no ports."""
    return 0 if value in (None, -1, "") else value


def _stable(value: object) -> str:
    return json.dumps(value, sort_keys=True, default=str)


def names(value: object) -> set[str]:
    """Return a list of names or ids as a set; empty where there is none."""
    return {str(item) for item in value} if isinstance(value, list) else set()
