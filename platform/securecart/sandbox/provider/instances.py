"""Provider instances: which connection acts in which account and region.

Each provider of a Pulumi program has a connection of its own, and the server tells them apart by the peer's
address. An instance holds only settings and keys; clients and role sessions are shared between the instances
of an account, so a server that has seen thousands of engine runs holds no more than one that has seen few.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass, field

from securecart.errors import SandboxError
from securecart.sandbox.provider.clients import Clients, Credentials, ServiceCalls
from securecart.sandbox.provider.failures import NotConfiguredError
from securecart.sandbox.provider.settings import AssumedRole, ProviderSettings

_KEPT_INSTANCES = 4096
_KEPT_ROLE_SESSIONS = 256


@dataclass(frozen=True)
class Instance:
    """One configured provider."""

    settings: ProviderSettings
    """Its configuration."""
    account: str
    """The account that its credentials act in, as STS told."""
    credentials: Credentials
    """Keys of the last assumed role."""
    clients: Clients
    """Where its clients come from."""
    closed: threading.Event = field(default_factory=threading.Event, compare=False, repr=False)
    """Set when its connection closes or is cancelled: deletions that wait end then."""

    def service(self, name: str, region: str = "") -> ServiceCalls:
        """Return a service in the instance's account, in its region unless another is named."""
        place = region or self.settings.region
        return ServiceCalls(self.clients.get(name, place, self.credentials), self.account, place)


class Instances:
    """The instances by peer; safe for threads, and bounded."""

    def __init__(self, clients: Clients) -> None:
        """Start with none."""
        self._clients = clients
        self._lock = threading.Lock()
        self._by_peer: OrderedDict[str, Instance] = OrderedDict()
        self._role_sessions: OrderedDict[tuple[AssumedRole, ...], Credentials] = OrderedDict()

    def __len__(self) -> int:
        """Return how many connections are known."""
        with self._lock:
            return len(self._by_peer)

    def configure(self, peer: str, settings: ProviderSettings) -> Instance:
        """Enter the account that the settings name, and keep the instance for this connection.

        Raises:
            SandboxError: The credentials end up in an account that the settings do not allow.
        """
        credentials, account = self._enter(settings)
        allowed = settings.allowed_accounts or frozenset({account})
        if account not in allowed:
            raise SandboxError(
                "the provider's credentials act in an account that it is not allowed in",
                value=account,
                rule=f"allowedAccountIds: {', '.join(sorted(allowed))}",
                remedy="correct the role of assumeRoles or the list",
            )
        instance = Instance(settings, account, credentials, self._clients)
        with self._lock:
            self._by_peer[peer] = instance
            self._by_peer.move_to_end(peer)
            while len(self._by_peer) > _KEPT_INSTANCES:
                self._by_peer.popitem(last=False)
        return instance

    def get(self, peer: str) -> Instance:
        """Return the instance of a connection.

        Raises:
            NotConfiguredError: The connection has not configured its provider.
        """
        with self._lock:
            if peer not in self._by_peer:
                raise NotConfiguredError(
                    "a call on a connection whose provider is not configured",
                    value=peer,
                    remedy="run the engine again",
                )
            self._by_peer.move_to_end(peer)
            return self._by_peer[peer]

    def forget(self, peer: str) -> None:
        """Drop the instance of a connection that closes, or that begins anew."""
        with self._lock:
            dropped = self._by_peer.pop(peer, None)
        if dropped is not None:
            dropped.closed.set()

    def _enter(self, settings: ProviderSettings) -> tuple[Credentials, str]:
        roles = settings.assume_roles
        with self._lock:
            kept = self._role_sessions.get(roles)
        if kept is not None:
            account = self._account_of(kept, settings.region)
            if not roles or account == _account_in(roles[-1]):
                return kept, account
        # Asked anew when moto has forgotten the session: it would answer for its default account then.
        credentials = Credentials()
        for role in roles:
            credentials = self._assume(role, credentials, settings.region)
        account = self._account_of(credentials, settings.region)
        if roles and account != _account_in(roles[-1]):
            raise SandboxError(
                "STS put the assumed role into another account",
                value=account,
                rule=f"the role is {roles[-1].role_arn}",
                remedy="correct the role's ARN",
            )
        with self._lock:
            self._role_sessions[roles] = credentials
            while len(self._role_sessions) > _KEPT_ROLE_SESSIONS:
                self._role_sessions.popitem(last=False)
        return credentials, account

    def _assume(self, role: AssumedRole, credentials: Credentials, region: str) -> Credentials:
        sts = ServiceCalls(self._clients.get("sts", region, credentials), _account_in(role), region)
        params = {"RoleArn": role.role_arn, "RoleSessionName": role.session_name}
        if role.external_id:
            params["ExternalId"] = role.external_id
        given = sts.call("AssumeRole", params)["Credentials"]
        if not isinstance(given, dict):
            raise SandboxError("STS answered without credentials", value=role.role_arn)
        return Credentials(given["AccessKeyId"], given["SecretAccessKey"], given["SessionToken"])

    def _account_of(self, credentials: Credentials, region: str) -> str:
        sts = ServiceCalls(self._clients.get("sts", region, credentials), "unknown", region)
        return str(sts.call("GetCallerIdentity", {})["Account"])


def _account_in(role: AssumedRole) -> str:
    return role.role_arn.split(":")[4]
