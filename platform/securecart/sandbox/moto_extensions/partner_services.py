"""Services that other firms offer by PrivateLink, which are in no account of the sandbox.

An endpoint to one of them is made and connected; nothing answers behind it. Any other name is refused, as EC2 does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class PartnerService:
    """A partner's service."""

    private_name: str
    """The name that its owner has proven; empty: none."""
    accepts: bool
    """Its owner accepts every connection by hand, which nobody does here."""


PARTNERS: Mapping[str, PartnerService] = MappingProxyType(
    {
        # The payment provider of the default fleet; its name is one for documentation (RFC 2606).
        "com.amazonaws.vpce.us-east-1.vpce-svc-0c0ffee0c0ffee001": PartnerService(
            private_name="api.payment-provider.example", accepts=False
        ),
        # One that keeps its consumers waiting.
        "com.amazonaws.vpce.us-east-1.vpce-svc-0c0ffee0c0ffee002": PartnerService(
            private_name="api.slow-partner.example", accepts=True
        ),
    }
)
"""Partners' services by their full names, which hold their region."""
