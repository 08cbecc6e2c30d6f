"""A customer managed KMS key, rotated every year."""

from __future__ import annotations

import json

from securecart.components.policy_document import PolicyDocument
from securecart.components.sdk import kms
from securecart.program.scope import Scope

DELETION_WINDOW_DAYS = 30
"""Days in which a deleted key can still be saved: 7 to 30 (KMS API, ScheduleKeyDeletion)."""


def customer_key(scope: Scope, name: str, description: str, policy: PolicyDocument) -> kms.Key:
    """Create a key below the scope's parent.

    Args:
        scope: Account and region of the key.
        name: Name of the resource and its Name tag.
        description: What the key encrypts.
        policy: Its key policy, which must let the owning account administer it.
    """
    return kms.Key(
        name,
        description=description,
        enable_key_rotation=True,
        deletion_window_in_days=DELETION_WINDOW_DAYS,
        policy=json.dumps(policy),
        tags=scope.tags(name),
        opts=scope.opts(),
    )
