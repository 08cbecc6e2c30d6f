"""VPN connections are the listed ones, strong, watched, and meet the fleet's segments by listed routes alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from policies import aws_types as t
from policies.facts import StackFacts
from policies.log_groups import encrypted_and_kept
from policies.logic import Truth, at_least, equal, every, exactly, one_of, some, truth
from policies.networks import same_cidr
from policies.rule import Claim, Rule
from policies.values import UNKNOWN, Value, flag, items, nested, text
from policies.views import Resource, Stack

_TUNNELS: Final = ("tunnel1", "tunnel2")
_ALGORITHMS: Final[tuple[tuple[str, tuple[Value, ...]], ...]] = (
    ("EncryptionAlgorithms", ("AES256", "AES256-GCM-16")),
    ("IntegrityAlgorithms", ("SHA2-256", "SHA2-384", "SHA2-512")),
    # RFC 8247, section 2.4: 2, 5, 22, 23 and 24 are to be avoided.
    ("DhGroupNumbers", (14, 15, 16, 17, 18, 19, 20, 21)),
)
_RESTART: Final = {"DpdTimeoutAction": "restart", "StartupAction": "start"}


def device_listed(resource: Resource, facts: StackFacts) -> Iterator[Claim]:
    """Judge a customer gateway: its address is that of the stack's site in the fleet file."""
    address = text(resource.props, "ipAddress")
    devices = (facts.vpn.device,) if facts.vpn else facts.direct_connect.devices if facts.direct_connect else ()
    listed = one_of(address, devices)
    shown = address if isinstance(address, str) else ""
    yield Claim(~listed, "no listed site has this device", resource.urn, shown)


def tunnels_strong(resource: Resource, facts: StackFacts) -> Iterator[Claim]:
    """Judge a connection: both tunnels take strong algorithms alone. AWS's defaults take weak ones too."""
    for tunnel in _TUNNELS:
        kinds: list[tuple[str, tuple[Value, ...]]] = [(f"{tunnel}IkeVersions", ("ikev2",))]
        kinds += [(f"{tunnel}Phase{phase}{name}", allowed) for phase in (1, 2) for name, allowed in _ALGORITHMS]
        for key, allowed in kinds:
            yield Claim(~_only(resource, key, allowed), f"{key} is not limited to {_listed(allowed)}", resource.urn)


def tunnels_restart(resource: Resource, facts: StackFacts) -> Iterator[Claim]:
    """Judge a connection: a lost tunnel comes back by itself. AWS's defaults leave that to the other end."""
    for tunnel in _TUNNELS:
        for name, wanted in _RESTART.items():
            right = equal(text(resource.props, f"{tunnel}{name}"), wanted)
            yield Claim(~right, f"{tunnel}{name} is not {wanted}", resource.urn)


def tunnels_logged(resource: Resource, facts: StackFacts) -> Iterator[Claim]:
    """Judge a connection: both tunnels log."""
    for tunnel in _TUNNELS:
        options = resource.props.get(f"{tunnel}LogOptions")
        inner = UNKNOWN if options is UNKNOWN else nested(options).get("cloudwatchLogOptions")
        enabled = UNKNOWN if inner is UNKNOWN else flag(nested(inner), "logEnabled", default=False)
        yield Claim(~equal(enabled, True), f"{tunnel} does not log", resource.urn)


def keys_kept(resource: Resource, facts: StackFacts) -> Iterator[Claim]:
    """Judge a connection: AWS makes the keys and keeps them in Secrets Manager; no program holds one."""
    storage = text(resource.props, "presharedKeyStorage")
    yield Claim(~equal(storage, "SecretsManager"), "the keys are not kept in Secrets Manager", resource.urn)
    for tunnel in _TUNNELS:
        key = resource.props.get(f"{tunnel}PresharedKey")
        given = Truth.UNKNOWN if key is UNKNOWN else truth(key is not None)
        yield Claim(given, f"the program gives {tunnel} its key", resource.urn)


def static_on_hubs(resource: Resource, facts: StackFacts) -> Iterator[Claim]:
    """Judge a connection on a Transit Gateway: its routes are the fleet file's, not what the site announces."""
    gateway = text(resource.props, "transitGatewayId")
    on_hub = truth(gateway is not None)
    static = equal(flag(resource.props, "staticRoutesOnly", default=False), True)
    yield Claim(on_hub & ~static, "the site's own announcements can move routes", resource.urn)


def own_table(stack: Stack) -> Iterator[Claim]:
    """Judge an office: it is in a route table of its own, and the listed tiers are routed in that one alone."""
    vpn, site = stack.facts.vpn, stack.facts.site
    if vpn is None or site is None:
        return
    for connection in stack.of(t.VPN_CONNECTION):
        joined = exactly(1, (_joins(each, connection, stack) for each in stack.of(t.TGW_ASSOCIATION)))
        yield Claim(~joined, "the connection is not in one route table, its own", connection.urn)
    blocks = [str(block) for reach in site.reaches for block in reach.blocks]
    for route in stack.of(t.TGW_ROUTE):
        cidr = text(route.props, "destinationCidrBlock")
        inward = some(same_cidr(cidr, block) for block in blocks)
        shown = cidr if isinstance(cidr, str) else ""
        message = "a listed tier is routed in another table than the office's own"
        yield Claim(inward & ~_in_own_table(route, stack), message, route.urn, shown)


def routes_listed(stack: Stack) -> Iterator[Claim]:
    """Judge an office's Transit Gateway routes: to each listed tier, and back in each segment; no others."""
    vpn, site = stack.facts.vpn, stack.facts.site
    if vpn is None or site is None:
        return
    wanted = {str(block): 1 for reach in site.reaches for block in reach.blocks}
    wanted |= dict.fromkeys(site.cidrs, vpn.segments)
    routes = [(route, text(route.props, "destinationCidrBlock")) for route in stack.of(t.TGW_ROUTE)]
    for route, cidr in routes:
        listed = some(same_cidr(cidr, block) for block in wanted)
        shown = cidr if isinstance(cidr, str) else ""
        yield Claim(~listed, "the route leads neither to a listed tier nor to the office", route.urn, shown)
    for block, count in wanted.items() if stack.of(t.VPN_CONNECTION) else ():
        found = exactly(count, (same_cidr(cidr, block) for _, cidr in routes))
        yield Claim(~found, f"{block} is not routed {count} times on the hub", stack.urn)


def tunnels_watched(stack: Stack) -> Iterator[Claim]:
    """Judge each connection: an alarm for each of its tunnels, which a missing metric raises too."""
    for connection in stack.of(t.VPN_CONNECTION):
        alarms = [_watches(alarm, connection, stack) for alarm in stack.of(t.METRIC_ALARM)]
        enough = at_least(len(_TUNNELS), alarms)
        yield Claim(~enough, "not every tunnel of the connection has an alarm", connection.urn)


def logs_encrypted(stack: Stack) -> Iterator[Claim]:
    """Judge the log groups of a VPN connection's stack."""
    if stack.facts.site:
        yield from encrypted_and_kept(stack)


def _only(resource: Resource, key: str, allowed: tuple[Value, ...]) -> Truth:
    """Tell whether a list holds something, and nothing but allowed values."""
    found = items(resource.props, key)
    if found is UNKNOWN:
        return Truth.UNKNOWN
    return truth(bool(found)) & every(one_of(each, allowed) for each in found)


def _listed(values: tuple[Value, ...]) -> str:
    return ", ".join(str(value) for value in values)


def _joins(association: Resource, connection: Resource, stack: Stack) -> Truth:
    key = "transitGatewayAttachmentId"
    target = stack.target(association, key, t.VPN_CONNECTION, key)
    own = truth(None if target is UNKNOWN else target is connection)
    return own & _in_own_table(association, stack)


def _in_own_table(resource: Resource, stack: Stack) -> Truth:
    table = stack.target(resource, "transitGatewayRouteTableId", t.TGW_ROUTE_TABLE)
    return truth(None if table is UNKNOWN else table is not None)


def _watches(alarm: Resource, connection: Resource, stack: Stack) -> Truth:
    props = alarm.props
    return every(
        (
            equal(text(props, "namespace"), "AWS/VPN"),
            equal(text(props, "metricName"), "TunnelState"),
            equal(text(props, "comparisonOperator"), "LessThanThreshold"),
            equal(text(props, "threshold"), "1"),
            equal(text(props, "treatMissingData"), "breaching"),
            _is_about(alarm, connection, stack),
        )
    )


def _is_about(alarm: Resource, connection: Resource, stack: Stack) -> Truth:
    dimensions = alarm.props.get("dimensions")
    named = UNKNOWN if dimensions is UNKNOWN else text(nested(dimensions), "VpnId")
    own = text(connection.props, "id")
    if isinstance(named, str) and isinstance(own, str):
        return truth(named == own)
    if named is None:
        return Truth.FALSE
    sources = stack.sources(alarm, "dimensions", t.VPN_CONNECTION)
    return truth(True if connection in sources else None)


RULES = (
    Rule(
        id="vpn-device-listed",
        title="A customer gateway is the device of a site that the fleet file lists, in the site's stack.",
        mission_row="C5",
        controls=("PCI DSS 1.4.1",),
        remedy="declare the site under vpns or direct_connects in the fleet file",
        applies_to=frozenset(t.CUSTOMER_GATEWAY),
        resource=device_listed,
    ),
    Rule(
        id="vpn-tunnels-strong",
        title="Both tunnels of a VPN connection take IKEv2, AES-256, SHA-2 and strong groups from 14 up alone.",
        mission_row="C5",
        remedy="set the tunnels' versions, algorithms and groups as the firm demands",
        applies_to=frozenset(t.VPN_CONNECTION),
        resource=tunnels_strong,
    ),
    Rule(
        id="vpn-tunnels-restart",
        title="AWS opens both tunnels of a VPN connection, and opens them again when the other end is lost.",
        mission_row="C5",
        controls=("EC2.20",),
        remedy="set dpdTimeoutAction to restart and startupAction to start, for both tunnels",
        applies_to=frozenset(t.VPN_CONNECTION),
        resource=tunnels_restart,
    ),
    Rule(
        id="vpn-tunnels-logged",
        title="Both tunnels of a VPN connection log to CloudWatch.",
        mission_row="C5",
        controls=("EC2.171",),
        remedy="enable cloudwatchLogOptions for both tunnels",
        applies_to=frozenset(t.VPN_CONNECTION),
        resource=tunnels_logged,
    ),
    Rule(
        id="vpn-keys-in-secrets-manager",
        title="AWS makes the pre-shared keys of a VPN connection and keeps them in Secrets Manager.",
        mission_row="C5",
        remedy="set presharedKeyStorage to SecretsManager, and give no key",
        applies_to=frozenset(t.VPN_CONNECTION),
        resource=keys_kept,
    ),
    Rule(
        id="vpn-static-on-hubs",
        title="A VPN connection on a Transit Gateway has static routes only.",
        mission_row="C5",
        controls=("PCI DSS 1.4.1",),
        remedy="set staticRoutesOnly to true",
        applies_to=frozenset(t.VPN_CONNECTION),
        resource=static_on_hubs,
    ),
    Rule(
        id="vpn-logs-encrypted",
        title="The log group of a VPN connection is encrypted by a key of the firm's, and kept for a year.",
        mission_row="C5",
        controls=("CKV_AWS_158", "CKV_AWS_338"),
        remedy="give the log group a key of its stack, and keep its entries 365 days or longer",
        stack=logs_encrypted,
    ),
    Rule(
        id="vpn-own-table",
        title="An office is in a Transit Gateway route table of its own, the only one with routes to what it reaches.",
        mission_row="C5",
        controls=("PCI DSS 1.4.1",),
        remedy="associate the connection with its stack's route table, and route the listed tiers there alone",
        stack=own_table,
    ),
    Rule(
        id="vpn-routes-listed",
        title="An office's Transit Gateway routes lead to the listed tiers and back to the office, once each.",
        mission_row="C5",
        controls=("PCI DSS 1.4.1",),
        remedy="remove the route, or list the network in the fleet file",
        stack=routes_listed,
    ),
    Rule(
        id="vpn-tunnel-alarms",
        title="Each tunnel of a VPN connection has an alarm on its state, which missing data raises too.",
        mission_row="C5",
        controls=("EC2.20",),
        remedy="declare a MetricAlarm on TunnelState for each tunnel",
        stack=tunnels_watched,
    ),
)
