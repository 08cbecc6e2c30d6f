"""What both tunnels of every VPN connection agree to: strong algorithms alone, watched and logged.

Source: AWS Site-to-Site VPN user guide, "Tunnel options for your AWS Site-to-Site VPN connection".
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import pulumi

TUNNELS: Final = (1, 2)
"""A connection always has two, for maintenance and failures of one of them."""

IKE_VERSIONS: Final = ("ikev2",)
"""IKEv1 is historic (RFC 9395)."""
ENCRYPTION: Final = ("AES256", "AES256-GCM-16")
"""Algorithms of both phases; AES with 128 bits is left out."""
INTEGRITY: Final = ("SHA2-256", "SHA2-384", "SHA2-512")
"""Algorithms of both phases; SHA-1 is left out."""
DH_GROUPS: Final = (14, 15, 16, 17, 18, 19, 20, 21)
"""Diffie-Hellman groups of both phases: 2048 bits and more, and elliptic curves. RFC 8247, section 2.4, advises
against 2, 5, 22, 23 and 24."""

_PER_PHASE: Final[Mapping[str, tuple[object, ...]]] = MappingProxyType(
    {"encryption_algorithms": ENCRYPTION, "integrity_algorithms": INTEGRITY, "dh_group_numbers": DH_GROUPS}
)
_PER_TUNNEL: Final[Mapping[str, str | int]] = MappingProxyType(
    {
        "dpd_timeout_action": "restart",  # AWS's default would leave a lost tunnel down
        "dpd_timeout_seconds": 30,
        "startup_action": "start",  # AWS opens the tunnel, and again after a loss
        "phase1_lifetime_seconds": 28_800,
        "phase2_lifetime_seconds": 3_600,
        "rekey_margin_time_seconds": 540,
        "rekey_fuzz_percentage": 100,
        "replay_window_size": 1_024,
    }
)


def tunnel_options(log_group_arn: pulumi.Input[str]) -> dict[str, object]:
    """Return the options of both tunnels, by ``pulumi_aws.ec2.VpnConnection``'s names."""
    logs = {
        "cloudwatch_log_options": {"log_enabled": True, "log_group_arn": log_group_arn, "log_output_format": "json"}
    }
    options: dict[str, object] = {"ike_versions": [*IKE_VERSIONS], "log_options": logs, **_PER_TUNNEL}
    for phase in (1, 2):
        options |= {f"phase{phase}_{name}": [*values] for name, values in _PER_PHASE.items()}
    return {f"tunnel{number}_{name}": value for number in TUNNELS for name, value in options.items()}
