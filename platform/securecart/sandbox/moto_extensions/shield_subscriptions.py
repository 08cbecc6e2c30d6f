"""Shield Advanced: nothing is protected without a subscription, and there is one.

moto lacks: refusal of a protection in an account that has not subscribed, and of a second subscription. AWS: Shield
API, CreateProtection (ResourceNotFoundException) and CreateSubscription (ResourceAlreadyExistsException). Added:
checks in front of moto's own operations.
"""

from __future__ import annotations

from typing import cast

from moto.shield.exceptions import ResourceAlreadyExistsException
from moto.shield.responses import ShieldResponse

from securecart.sandbox.moto_extensions.guards import check_first


def _subscribed(received: object) -> None:
    # Raises ResourceNotFoundException where there is none.
    cast("ShieldResponse", received).shield_backend.describe_subscription()


def _not_subscribed(received: object) -> None:
    if cast("ShieldResponse", received).shield_backend.subscription is not None:
        raise ResourceAlreadyExistsException("The subscription already exists.")


def install() -> None:
    """Add these checks to moto's Shield."""
    check_first(ShieldResponse, {"create_protection": _subscribed, "create_subscription": _not_subscribed})
