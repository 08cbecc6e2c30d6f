"""The secret by which a load balancer's web ACL knows requests that came through a distribution."""

from __future__ import annotations

from typing import Final, cast

import pulumi

from securecart.components.sdk import secretsmanager
from securecart.program.provenance import computed
from securecart.program.scope import Scope

ORIGIN_HEADER: Final = "x-securecart-origin"
"""Header in which a distribution sends the token; CloudFront overwrites what a viewer sends under this name."""
_LENGTH: Final = 64
"""Letters and digits, which need no encoding in a header."""


def origin_token(scope: Scope, name: str) -> pulumi.Output[str]:
    """Create a load balancer's token, random when the secret is made and the same from then on.

    The password is asked for once the secret's id is known, so that a first preview has none: a saved plan could
    otherwise not be kept to, since each run is given another one. Later ones are ignored.

    Args:
        scope: Account and region of the load balancer.
        name: Name of the load balancer.

    Returns:
        The token, secret.
    """
    secret = secretsmanager.Secret(
        name,
        name=f"origin-token/{name}",
        description=f"What distributions send to load balancer {name} in the header {ORIGIN_HEADER}",
        # A token of what is gone opens nothing, and its name has to be free for the next.
        recovery_window_in_days=0,
        tags=scope.tags(name),
        opts=scope.opts(),
    )
    # Not by depends_on: an invoke that waits for an unknown id forgets in the preview whom it waits for.
    password: pulumi.Output[str] = secret.id.apply(lambda _: _password(scope))
    version = secretsmanager.SecretVersion(
        name,
        secret_id=secret.id,
        secret_string=computed(password, secret, "id"),
        opts=scope.opts(ignore_changes=["secretString"]),
    )
    return cast(pulumi.Output[str], version.secret_string)


def _password(scope: Scope) -> pulumi.Output[str]:
    return secretsmanager.get_random_password_output(
        password_length=_LENGTH,
        exclude_punctuation=True,
        opts=pulumi.InvokeOutputOptions(parent=scope.parent, provider=scope.provider),
    ).random_password
