"""Site-to-Site VPN connections and their static routes.

Sources: EC2 API reference; Site-to-Site VPN user guide; pulumi-aws 7 resource documentation; terraform-provider-aws,
vpnsite_connection.go.
"""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree import ElementTree as ET

from securecart.sandbox.types.ec2_tags import EC2_TAGS, with_tags
from securecart.sandbox.types.normalise import network, unordered
from securecart.sandbox.types.vocabulary import (
    Aws,
    Call,
    Fill,
    Lookup,
    Normalise,
    Property,
    Read,
    ResourceType,
    Scope,
    Update,
    properties,
)

_TUNNELS = (1, 2)
_SCALARS = {
    "dpdTimeoutAction": ("DPDTimeoutAction", "clear"),
    "dpdTimeoutSeconds": ("DPDTimeoutSeconds", 30),
    "enableTunnelLifecycleControl": ("EnableTunnelLifecycleControl", False),
    "phase1LifetimeSeconds": ("Phase1LifetimeSeconds", 28_800),
    "phase2LifetimeSeconds": ("Phase2LifetimeSeconds", 3_600),
    "rekeyFuzzPercentage": ("RekeyFuzzPercentage", 100),
    "rekeyMarginTimeSeconds": ("RekeyMarginTimeSeconds", 540),
    "replayWindowSize": ("ReplayWindowSize", 1_024),
    "startupAction": ("StartupAction", "add"),
}
"""Options of a tunnel: AWS's name, and the default that the real provider sends when the program drops one."""
_ENCRYPTION = ["AES128", "AES256", "AES128-GCM-16", "AES256-GCM-16"]
_INTEGRITY = ["SHA1", "SHA2-256", "SHA2-384", "SHA2-512"]
_LISTS: Mapping[str, tuple[str, list[object]]] = {
    "ikeVersions": ("IKEVersions", ["ikev1", "ikev2"]),
    "phase1DhGroupNumbers": ("Phase1DHGroupNumbers", [2, *range(14, 25)]),
    "phase1EncryptionAlgorithms": ("Phase1EncryptionAlgorithms", [*_ENCRYPTION]),
    "phase1IntegrityAlgorithms": ("Phase1IntegrityAlgorithms", [*_INTEGRITY]),
    "phase2DhGroupNumbers": ("Phase2DHGroupNumbers", [2, 5, *range(14, 25)]),
    "phase2EncryptionAlgorithms": ("Phase2EncryptionAlgorithms", [*_ENCRYPTION]),
    "phase2IntegrityAlgorithms": ("Phase2IntegrityAlgorithms", [*_INTEGRITY]),
}
"""The same of sets, which AWS wraps item by item."""
_PLAIN = {"presharedKey": "PreSharedKey", "logOptions": "LogOptions"}
_INSIDE = {"insideCidr": "TunnelInsideCidr", "insideIpv6Cidr": "TunnelInsideIpv6Cidr"}
_TOLD = {
    "Address": "vpn_gateway/tunnel_outside_address/ip_address",
    "BgpAsn": "vpn_gateway/bgp/asn",
    "BgpHoldtime": "vpn_gateway/bgp/hold_time",
    "CgwInsideAddress": "customer_gateway/tunnel_inside_address/ip_address",
    "VgwInsideAddress": "vpn_gateway/tunnel_inside_address/ip_address",
    "PresharedKey": "ike/pre_shared_key",
}
"""Outputs of a tunnel: paths in the customer gateway's configuration, from which the real provider reads them."""


def _name(number: int, option: str) -> str:
    return f"tunnel{number}{option[0].upper()}{option[1:]}"


def _or_default(default: object) -> Normalise:
    """No value is the same as the default (the real provider's DiffSuppressFunc)."""
    return lambda value: default if value is None else value


def _tunnel_properties(number: int) -> dict[str, Property]:
    return {
        **{_name(number, option): Property(normalise=_or_default(d)) for option, (_, d) in _SCALARS.items()},
        **{_name(number, option): Property(normalise=unordered) for option in _LISTS},
        **{_name(number, option): Property(replace=True, computed=True) for option in _INSIDE},
        _name(number, "presharedKey"): Property(computed=True, unread=True),
        _name(number, "logOptions"): Property(computed=True, normalise=_enabled_logs),
    }


def _enabled_logs(value: object) -> object:
    """Logs that are off are the same as none; where they are on, the format is json unless told (EC2 API)."""
    logs = value.get("cloudwatchLogOptions") if isinstance(value, Mapping) else None
    told = {name: item for name, item in logs.items() if item not in (None, "", False)} if logs else {}
    return {"logOutputFormat": "json", **told} if told.get("logEnabled") or told.get("bgpLogEnabled") else None


def _changeable(number: int) -> list[str]:
    return [_name(number, option) for option in (*_SCALARS, *_LISTS, *_PLAIN)]


def _options(scope: Scope, number: int) -> dict[str, object]:
    """Return a tunnel's options by AWS's names, as far as the program gives them."""
    plain = {**{option: wire for option, (wire, _) in _SCALARS.items()}, **_PLAIN, **_INSIDE}
    given = {wire: scope.get(_name(number, option)) for option, wire in plain.items()}
    listed = {wire: _wrapped(scope.get(_name(number, option))) for option, (wire, _) in _LISTS.items()}
    return {name: value for name, value in {**given, **listed}.items() if value is not None}


def _wrapped(values: object) -> list[dict[str, object]] | None:
    return [{"Value": value} for value in values] if isinstance(values, list) and values else None


def _all_options(scope: Scope) -> list[dict[str, object]]:
    return [_options(scope, number) for number in _TUNNELS]


def _logs(value: object) -> object:
    """Return LogOptions for a direct call, in AWS's own letter case."""
    logs = value.get("cloudwatchLogOptions") if isinstance(value, Mapping) else None
    told = {f"{name[0].upper()}{name[1:]}": item for name, item in (logs or {"logEnabled": False}).items()}
    return {"CloudWatchLogOptions": told}


def _change_tunnels(aws: Aws, scope: Scope) -> None:
    """Modify one tunnel after the other, each by its outside address; a dropped option gets its default."""
    old = scope.get("old")
    before = old if isinstance(old, Mapping) else {}
    for number in _TUNNELS:
        changed = {name for name in _changeable(number) if scope.get(name) != before.get(name)}
        options = {wire: value for wire, value in _changed(scope, number, changed).items() if value is not None}
        if options:
            _modify(aws, scope, number, {"TunnelOptions": options})


def _changed(scope: Scope, number: int, changed: set[str]) -> dict[str, object]:
    options: dict[str, object] = {}
    for option, (wire, default) in _SCALARS.items():
        if _name(number, option) in changed:
            given = scope.get(_name(number, option))
            options[wire] = default if given is None else given
    for option, (wire, defaults) in _LISTS.items():
        if _name(number, option) in changed:
            options[wire] = _wrapped(scope.get(_name(number, option)) or defaults)
    if _name(number, "logOptions") in changed and scope.get(_name(number, "logOptions")) is not None:
        options["LogOptions"] = _logs(scope[_name(number, "logOptions")])
    if _name(number, "presharedKey") in changed:
        options["PreSharedKey"] = scope.get(_name(number, "presharedKey"))
    return options


def _modify(aws: Aws, scope: Scope, number: int, params: Mapping[str, object]) -> None:
    address = {"VpnConnectionId": scope["id"], "VpnTunnelOutsideIpAddress": scope[_name(number, "address")]}
    aws.call("ModifyVpnTunnelOptions", {**address, **params})


def _change_storage(aws: Aws, scope: Scope) -> None:
    """Keep both tunnels' keys elsewhere: AWS takes the word with a tunnel, and one is enough."""
    storage = {"TunnelOptions": {}, "PreSharedKeyStorage": scope["presharedKeyStorage"]}
    _modify(aws, scope, 1, storage)


def _read_tunnels(item: Mapping[str, object], scope: Scope) -> Mapping[str, object]:
    """Make the outputs of both tunnels out of their options and the customer gateway's configuration."""
    options = item.get("Options")
    tunnels = options.get("TunnelOptions", []) if isinstance(options, Mapping) else []
    document = str(item["CustomerGatewayConfiguration"])
    configured = ET.fromstring(document).findall("ipsec_tunnel")  # noqa: S314  # the sandbox's own moto wrote it
    told: dict[str, object] = {}
    for number, tunnel, config in zip(_TUNNELS, tunnels, configured, strict=True):
        found = {name.lower(): value for name, value in tunnel.items()}
        names = {**{option: wire for option, (wire, _) in _SCALARS.items()}, **_INSIDE}
        told |= {_name(number, option): found.get(wire.lower()) for option, wire in names.items()}
        for option, (wire, _) in _LISTS.items():
            told[_name(number, option)] = [one["Value"] for one in found.get(wire.lower(), [])] or None
        told[_name(number, "logOptions")] = found.get("logoptions")
        told |= {f"tunnel{number}{output}": config.findtext(path) or None for output, path in _TOLD.items()}
    return told


_TARGETS = "customerGatewayId vpnGatewayId transitGatewayId"
_CIDRS = "localIpv4NetworkCidr localIpv6NetworkCidr remoteIpv4NetworkCidr remoteIpv6NetworkCidr"
_FIXED = ("enableAcceleration", "staticRoutesOnly", "tunnelInsideIpVersion")
_OPTIONS_READ = {
    name: f"Options.{name[0].upper()}{name[1:]}" for name in (*_CIDRS.split(), *_FIXED, "outsideIpAddressType")
}
_ATTACHMENT = Call(
    "DescribeTransitGatewayAttachments",
    {
        "Filters": [
            {"Name": "resource-id", "Values": ["$vpnConnectionId"]},
            {"Name": "resource-type", "Values": ["vpn"]},
        ]
    },
)
_CONNECTION_GONE = ("InvalidVpnConnectionID.NotFound",)

VPN_CONNECTION = ResourceType(
    token="aws:ec2/vpnConnection:VpnConnection",
    service="ec2",
    properties={
        "type": Property(replace=True, only="ipsec.1"),
        **properties(_TARGETS),
        **properties(_CIDRS, computed=True),
        **properties(" ".join(_FIXED), replace=True, computed=True),
        "outsideIpAddressType": Property(computed=True, only="PublicIpv4"),
        "presharedKeyStorage": Property(computed=True),
        **_tunnel_properties(1),
        **_tunnel_properties(2),
    },
    create=(
        Call(
            "CreateVpnConnection",
            Fill(
                PreSharedKeyStorage="$presharedKeyStorage",
                Options=Fill(TunnelOptions="$tunnelOptions"),
                TagSpecifications=with_tags("vpn-connection"),
            ),
        ),
    ),
    derived={"tunnelOptions": _all_options},
    id="VpnConnection.VpnConnectionId",
    read=Read(
        Call("DescribeVpnConnections", {"VpnConnectionIds": ["$id"]}),
        item="VpnConnections[?!contains(['deleted', 'deleting'], State)] | [0]",
        sets={
            **_OPTIONS_READ,
            "vgwTelemetries": "VgwTelemetry",
            "vpnConnectionId": "VpnConnectionId",
            "presharedKeyStorage": "PreSharedKeyArn && 'SecretsManager' || 'Standard'",
        },
        also=(
            Lookup(
                _ATTACHMENT,
                {
                    "transitGatewayAttachmentId": "TransitGatewayAttachments[?State!='deleted'] | [0]"
                    ".TransitGatewayAttachmentId"
                },
            ),
        ),
        convert=_read_tunnels,
    ),
    updates=(
        Update(
            tuple(_TARGETS.split()),
            (Call("ModifyVpnConnection", Fill(VpnConnectionId="$id")),),
        ),
        Update(tuple(_CIDRS.split()), (Call("ModifyVpnConnectionOptions", Fill(VpnConnectionId="$id")),)),
        Update((*_changeable(1), *_changeable(2)), (_change_tunnels,)),
        Update(("presharedKeyStorage",), (_change_storage,)),
    ),
    delete=(Call("DeleteVpnConnection", {"VpnConnectionId": "$id"}),),
    tagging=EC2_TAGS,
    formats={"arn": "arn:aws:ec2:{region}:{account}:vpn-connection/{id}"},
    gone=_CONNECTION_GONE,
    exactly_one=(("vpnGatewayId", "transitGatewayId"),),
    find_first=True,
)

_ROUTE_ID = "{destinationCidrBlock}:{vpnConnectionId}"
_ROUTE = {"DestinationCidrBlock": "$destinationCidrBlock", "VpnConnectionId": "$vpnConnectionId"}

VPN_CONNECTION_ROUTE = ResourceType(
    token="aws:ec2/vpnConnectionRoute:VpnConnectionRoute",
    service="ec2",
    properties={
        "destinationCidrBlock": Property(replace=True, normalise=network),
        "vpnConnectionId": Property(replace=True),
    },
    create=(Call("CreateVpnConnectionRoute", _ROUTE),),
    id=_ROUTE_ID,
    read=Read(
        Call("DescribeVpnConnections", {"VpnConnectionIds": ["$vpnConnectionId"]}),
        item="VpnConnections[0].Routes[?DestinationCidrBlock==$destinationCidrBlock] | [0]",
    ),
    delete=(Call("DeleteVpnConnectionRoute", _ROUTE),),
    gone=(*_CONNECTION_GONE, "InvalidRoute.NotFound"),
    import_id=_ROUTE_ID,
    find_first=True,
)

TYPES = (VPN_CONNECTION, VPN_CONNECTION_ROUTE)
