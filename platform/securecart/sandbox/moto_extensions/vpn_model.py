"""A Site-to-Site VPN connection as AWS describes it, and the rules that its tunnels' options keep.

Sources: EC2 API, CreateVpnConnection, VpnTunnelOptionsSpecification, VpnConnection; Site-to-Site VPN user guide,
"Tunnel options" and "Pre-shared keys in Secrets Manager".
"""

from __future__ import annotations

import secrets
import string
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Network, ip_network

from moto.core.utils import utcnow
from moto.ec2.utils import random_vpn_connection_id

from securecart.sandbox.moto_extensions.support import Document, ec2_error

_INSIDE = IPv4Network("169.254.0.0/16")
_RESERVED = tuple(IPv4Network(f"169.254.{block}/30") for block in ("0.0", "1.0", "2.0", "3.0", "4.0", "5.0", "169.252"))
_KEY_LETTERS = frozenset(string.ascii_letters + string.digits + "._")
_DH_PHASE_1 = frozenset({2, *range(14, 25)})
_ENCRYPTION = frozenset({"AES128", "AES256", "AES128-GCM-16", "AES256-GCM-16"})
_INTEGRITY = frozenset({"SHA1", "SHA2-256", "SHA2-384", "SHA2-512"})
_CHOICES: Mapping[str, frozenset[object]] = {
    "DPDTimeoutAction": frozenset({"clear", "none", "restart"}),
    "StartupAction": frozenset({"add", "start"}),
    "IKEVersions": frozenset({"ikev1", "ikev2"}),
    "Phase1EncryptionAlgorithms": _ENCRYPTION,
    "Phase2EncryptionAlgorithms": _ENCRYPTION,
    "Phase1IntegrityAlgorithms": _INTEGRITY,
    "Phase2IntegrityAlgorithms": _INTEGRITY,
    "Phase1DHGroupNumbers": frozenset(_DH_PHASE_1),
    "Phase2DHGroupNumbers": frozenset({5, *_DH_PHASE_1}),
}
_RANGES: Mapping[str, tuple[int, int]] = {
    "Phase1LifetimeSeconds": (900, 28_800),
    "Phase2LifetimeSeconds": (900, 3_600),
    "DPDTimeoutSeconds": (30, 3_600),
    "RekeyMarginTimeSeconds": (60, 1_800),
    "RekeyFuzzPercentage": (0, 100),
    "ReplayWindowSize": (64, 2_048),
}
_RENAMED = {
    "DPDTimeoutAction": "DpdTimeoutAction",
    "DPDTimeoutSeconds": "DpdTimeoutSeconds",
    "IKEVersions": "IkeVersions",
}
"""Members that TunnelOption, the answer, spells another way than the request."""


def check_tunnel(options: Document) -> None:
    """Refuse options of a tunnel that AWS refuses.

    Raises:
        EC2ClientError: InvalidParameterValue.
    """
    for name, allowed in _CHOICES.items():
        for value in _values(options.get(name)):
            if value not in allowed:
                raise _invalid(name, value, f"allowed are {', '.join(sorted(map(str, allowed)))}")
    for name, (least, most) in _RANGES.items():
        number = options.get(name)
        if number is not None and not least <= int(str(number)) <= most:
            raise _invalid(name, number, f"it is between {least} and {most}")
    _check_inside(options.get("TunnelInsideCidr"))
    _check_key(options.get("PreSharedKey"))
    _check_logs(options.get("LogOptions"))


def _values(value: object) -> list[object]:
    listed = value if isinstance(value, list) else [] if value is None else [value]
    return [item["Value"] if isinstance(item, Mapping) else item for item in listed]


def _check_inside(cidr: object) -> None:
    if cidr is None:
        return
    try:
        network = ip_network(str(cidr))
    except ValueError:
        network = IPv4Network("0.0.0.0/0")
    if not isinstance(network, IPv4Network) or network.prefixlen != 30 or not network.subnet_of(_INSIDE):
        raise _invalid("TunnelInsideCidr", cidr, "it is a /30 of 169.254.0.0/16")
    if network in _RESERVED:
        raise _invalid("TunnelInsideCidr", cidr, "AWS keeps this block for itself")


def _check_key(key: object) -> None:
    """Judge a key without ever telling it: the message goes to logs."""
    if key is None:
        return
    text = str(key)
    if not 8 <= len(text) <= 64 or text.startswith("0") or not _KEY_LETTERS.issuperset(text):
        rule = "it has 8 to 64 letters, digits, periods and underscores, and does not start with 0"
        raise ec2_error("InvalidParameterValue", f"The value of PreSharedKey is invalid: {rule}.")


def _check_logs(options: object) -> None:
    logs = options.get("CloudWatchLogOptions", {}) if isinstance(options, Mapping) else {}
    if str(logs.get("LogEnabled")).lower() == "true" and not logs.get("LogGroupArn"):
        raise ec2_error("MissingParameter", "A LogGroupArn is required when LogEnabled is true.")
    if logs.get("LogOutputFormat") not in (None, "json", "text"):
        raise _invalid("LogOutputFormat", logs["LogOutputFormat"], "allowed are json, text")


def _invalid(name: str, value: object, rule: str) -> Exception:
    return ec2_error("InvalidParameterValue", f"The value ({value}) of {name} is invalid: {rule}.")


def _random_inside() -> str:
    while True:
        network = IPv4Network((int(_INSIDE.network_address) + 4 * secrets.randbelow(2**14), 30))
        if network not in _RESERVED:
            return str(network)


def _random_outside() -> str:
    """An address of the range for benchmarks (RFC 2544), which no network routes."""
    return str(IPv4Network("198.18.0.0/15")[secrets.randbelow(2**17)])


def _random_key() -> str:
    letters = string.ascii_letters + string.digits
    return "k" + "".join(secrets.choice(letters) for _ in range(31))


@dataclass
class Tunnel:
    """One tunnel."""

    options: dict[str, object]
    """VpnTunnelOptionsSpecification as given; AWS's own choices for what it always tells are filled in."""
    outside: str = field(default_factory=_random_outside)
    """Public address of AWS's end."""

    def __post_init__(self) -> None:
        """Choose what the request left open."""
        self.options.setdefault("TunnelInsideCidr", _random_inside())
        self.options.setdefault("PreSharedKey", _random_key())
        self.options.setdefault("LogOptions", {"CloudWatchLogOptions": {"LogEnabled": False}})

    @property
    def key(self) -> str:
        """The pre-shared key."""
        return str(self.options["PreSharedKey"])

    @property
    def inside(self) -> IPv4Network:
        """The network inside the tunnel: AWS's end has its first address, the customer's its second."""
        return IPv4Network(str(self.options["TunnelInsideCidr"]))

    def document(self, *, tells_key: bool) -> Document:
        """TunnelOption."""
        told = {_RENAMED.get(name, name): value for name, value in self.options.items()}
        if not tells_key:
            del told["PreSharedKey"]
        return {**told, "OutsideIpAddress": self.outside}


@dataclass
class VpnConnection:
    """A VPN connection; the members that moto's own code reads have moto's names."""

    customer_gateway_id: str
    """Id of the customer gateway."""
    vpn_gateway_id: str | None
    """Id of the virtual private gateway, if it ends there."""
    transit_gateway_id: str | None
    """Id of the transit gateway, if it ends there."""
    options: dict[str, object]
    """VpnConnectionOptions without the tunnels."""
    tunnels: list[Tunnel]
    """Both tunnels."""
    key_arn: str | None = None
    """ARN of the secret that holds the keys; None: the service holds them."""
    routes: list[str] = field(default_factory=list)
    """Destinations of its static routes."""
    state: str = "available"
    """VpnState."""
    id: str = field(default_factory=random_vpn_connection_id)
    """Id, vpn-..."""

    def document(self, tags: list[Document], customer_asn: str, amazon_asn: str) -> Document:
        """VpnConnection. Keys that Secrets Manager holds are not told.

        Args:
            tags: Its tags.
            customer_asn: BGP number of the customer gateway.
            amazon_asn: BGP number of AWS's end.
        """
        told = {
            "VpnConnectionId": self.id,
            "State": self.state,
            "Type": "ipsec.1",
            "Category": "VPN",
            "CustomerGatewayId": self.customer_gateway_id,
            "VpnGatewayId": self.vpn_gateway_id,
            "TransitGatewayId": self.transit_gateway_id,
            "PreSharedKeyArn": self.key_arn,
            "CustomerGatewayConfiguration": self._configuration(customer_asn, amazon_asn),
            "Options": {**self.options, "TunnelOptions": [self._tunnel(one) for one in self.tunnels]},
            "Routes": [{"DestinationCidrBlock": cidr, "State": "available"} for cidr in self.routes],
            "VgwTelemetry": [_telemetry(one) for one in self.tunnels],
            "Tags": tags,
        }
        return {name: value for name, value in told.items() if value is not None}

    def _tunnel(self, tunnel: Tunnel) -> Document:
        return tunnel.document(tells_key=self.key_arn is None)

    def _configuration(self, customer_asn: str, amazon_asn: str) -> str:
        parts = "".join(self._ipsec(one, customer_asn, amazon_asn) for one in self.tunnels)
        return f'<vpn_connection id="{self.id}">{parts}</vpn_connection>'

    def _ipsec(self, tunnel: Tunnel, customer_asn: str, amazon_asn: str) -> str:
        key = tunnel.key if self.key_arn is None else ""
        return (
            "<ipsec_tunnel>"
            f"<customer_gateway><tunnel_inside_address><ip_address>{tunnel.inside[2]}</ip_address>"
            f"</tunnel_inside_address><bgp><asn>{customer_asn}</asn></bgp></customer_gateway>"
            f"<vpn_gateway><tunnel_outside_address><ip_address>{tunnel.outside}</ip_address></tunnel_outside_address>"
            f"<tunnel_inside_address><ip_address>{tunnel.inside[1]}</ip_address></tunnel_inside_address>"
            f"<bgp><asn>{amazon_asn}</asn><hold_time>30</hold_time></bgp></vpn_gateway>"
            f"<ike><pre_shared_key>{key}</pre_shared_key></ike>"
            "</ipsec_tunnel>"
        )


def _telemetry(tunnel: Tunnel) -> Document:
    """No customer's device answers in the sandbox, so a tunnel is down."""
    return {
        "AcceptedRouteCount": 0,
        "LastStatusChange": utcnow().replace(year=2024, month=1, day=1, hour=0, minute=0, second=0, microsecond=0),
        "OutsideIpAddress": tunnel.outside,
        "Status": "DOWN",
        "StatusMessage": "",
    }
