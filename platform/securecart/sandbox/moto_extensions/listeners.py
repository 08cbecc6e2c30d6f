"""Listeners and rules as AWS takes them: certificates, protocols, target groups and priorities that fit.

moto lacks: refusal of a port in use, of a secure listener without a certificate that is issued, of a target group of
another protocol, VPC or load balancer, of a network load balancer's redirect, and of a priority in use when it is
changed; listeners changed to TLS. AWS: ELB API reference, CreateListener, ModifyListener, AddListenerCertificates,
CreateRule and SetRulePriorities with their errors. Added: methods and operations in front of moto's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from moto.acm.exceptions import CertificateNotFound
from moto.core.responses import ActionResult
from moto.elbv2.exceptions import DuplicateListenerError, ELBClientError, PriorityInUseError
from moto.elbv2.models import ELBv2Backend, FakeAction, FakeListener, FakeListenerRule, FakeLoadBalancer, FakeRule
from moto.elbv2.responses import ELBV2Response
from moto.elbv2.ssl_policies import SSL_POLICIES

from securecart.sandbox.moto_extensions.certificates import is_issued
from securecart.sandbox.moto_extensions.support import extend
from securecart.sandbox.moto_extensions.target_groups import forwarded_to

if TYPE_CHECKING:
    from moto.elbv2.models import ELBv2Backend as _Methods
    from moto.elbv2.responses import ELBV2Response as _Operations
else:
    _Methods = _Operations = object

_CREATE = ELBv2Backend.create_listener
_CREATE_RULE = ELBv2Backend.create_rule
_MODIFY_RULE = ELBv2Backend.modify_rule
_ADD = ELBv2Backend.add_listener_certificates
_RESPOND = ELBV2Response.create_listener
_SECURE = ("HTTPS", "TLS")
_FITTING = {
    "HTTP": ("HTTP", "HTTPS"),
    "HTTPS": ("HTTP", "HTTPS"),
    "TCP": ("TCP", "TCP_UDP"),
    "TLS": ("TCP", "TLS"),
    "UDP": ("UDP", "TCP_UDP"),
    "TCP_UDP": ("TCP_UDP",),
}
"""Protocols of target groups that a listener's protocol may forward to."""
_MOST_PRIORITY = 50_000


def check_certificate(account: str, region: str, arn: str) -> None:
    """Refuse a certificate of ACM that is not there, or not issued.

    Raises:
        ELBClientError: CertificateNotFound, UnsupportedCertificate.
    """
    if ":acm:" not in arn:
        return
    try:
        issued = is_issued(account, region, arn)
    except CertificateNotFound:
        raise ELBClientError("CertificateNotFound", f"Certificate '{arn}' not found") from None
    if not issued:
        raise ELBClientError(
            "UnsupportedCertificate",
            f"The certificate '{arn}' must have a fully-qualified domain name, a supported signature, and a supported"
            " key size.",
        )


def check_security(protocol: str, certificates: Sequence[str], ssl_policy: str | None) -> None:
    """Refuse a secure listener without a certificate, a plain one with, and a policy that does not exist.

    Raises:
        ELBClientError: ValidationError, SSLPolicyNotFound.
    """
    if protocol in _SECURE and not certificates:
        raise ELBClientError("ValidationError", f"A certificate must be specified for {protocol} listeners")
    if protocol not in _SECURE and (certificates or ssl_policy):
        raise ELBClientError(
            "ValidationError", f"A certificate or a security policy cannot be specified for {protocol} listeners"
        )
    if ssl_policy and ssl_policy not in SSL_POLICIES:
        raise ELBClientError("SSLPolicyNotFound", f"SSL policy '{ssl_policy}' not found")


def check_actions(
    backend: ELBv2Backend, balancer: FakeLoadBalancer, protocol: str, actions: Sequence[FakeAction]
) -> None:
    """Refuse actions that the load balancer cannot carry out.

    Raises:
        ELBClientError: InvalidLoadBalancerAction, IncompatibleProtocols, InvalidConfigurationRequest,
            TargetGroupAssociationLimit.
    """
    if balancer.type == "network" and any(action.type != "forward" for action in actions):
        raise ELBClientError("InvalidLoadBalancerAction", "A network load balancer can only forward")
    for arn in forwarded_to(list(actions)):
        group = backend.target_groups.get(arn)
        if group is None or group.target_type == "lambda":
            continue
        if group.protocol not in _FITTING[protocol]:
            raise ELBClientError(
                "IncompatibleProtocols", f"The {protocol} listener cannot forward to '{arn}' of {group.protocol}"
            )
        if group.vpc_id != balancer.vpc_id:
            raise ELBClientError(
                "InvalidConfigurationRequest", f"'{arn}' is in a different VPC than load balancer '{balancer.arn}'"
            )
        if set(group.load_balancer_arns) - {balancer.arn}:
            raise ELBClientError(
                "TargetGroupAssociationLimit",
                f"'{arn}' cannot be associated with more than one load balancer",
            )


def _rules(listener: FakeListener) -> Iterator[FakeRule | FakeListenerRule]:
    yield from listener.rules.values()


class _Listeners(_Methods):
    def create_listener(
        self,
        load_balancer_arn: str,
        protocol: str,
        port: str,
        ssl_policy: str | None,
        certificate: str | None,
        actions: list[dict[str, object]],
        alpn_policy: list[str] | None = None,
        tags: list[dict[str, str]] | None = None,
    ) -> FakeListener:
        [balancer] = self.describe_load_balancers([load_balancer_arn], None)
        self._validate_port_and_protocol(balancer.type, port, protocol)
        if any(str(one.port) == str(port) for one in balancer.listeners.values()):
            raise DuplicateListenerError()
        if certificate:
            check_certificate(self.account_id, self.region_name, certificate)
        check_actions(self, balancer, protocol, [FakeAction(dict(action)) for action in actions])
        listener = _CREATE(
            self, load_balancer_arn, protocol, port, str(ssl_policy), certificate, actions, alpn_policy, tags
        )
        if protocol not in _SECURE:
            listener.ssl_policy = None  # type: ignore[assignment]  # moto declares it as always there
        return listener

    def modify_listener(
        self,
        arn: str,
        port: str | None = None,
        protocol: str | None = None,
        ssl_policy: str | None = None,
        certificates: list[dict[str, str]] | None = None,
        actions: list[dict[str, object]] | None = None,
    ) -> FakeListener:
        [listener] = self.describe_listeners(None, [arn])
        [balancer] = self.describe_load_balancers([listener.load_balancer_arn], None)
        after = protocol or listener.protocol
        self._validate_port_and_protocol(balancer.type, port or listener.port, after)
        others = [one for one in balancer.listeners.values() if one.arn != arn]
        if port is not None and any(str(one.port) == str(port) for one in others):
            raise DuplicateListenerError()
        given = [one["CertificateArn"] for one in certificates or []]
        kept = listener.certificates if after in _SECURE else []
        check_security(after, given or kept, ssl_policy)
        for one in given:
            check_certificate(self.account_id, self.region_name, one)
        wanted = [FakeAction(dict(action)) for action in actions or []]
        self._validate_actions(wanted)
        check_actions(self, balancer, after, wanted or listener.default_actions)
        listener.port, listener.protocol = port or listener.port, after
        listener.ssl_policy = ssl_policy or listener.ssl_policy
        listener.certificates = [*given, *(one for one in kept[1:] if one not in given)] if given else kept
        listener.certificate = next(iter(listener.certificates), None)
        if wanted:
            listener.default_actions = listener._default_rule[0].actions = wanted
        return listener

    def add_listener_certificates(self, arn: str, certificates: list[dict[str, str]]) -> list[str]:
        [listener] = self.describe_listeners(None, [arn])
        new = [one for one in certificates if one["CertificateArn"] not in listener.certificates]
        check_security(listener.protocol, [*listener.certificates, *(one["CertificateArn"] for one in new)], None)
        for one in new:
            check_certificate(self.account_id, self.region_name, one["CertificateArn"])
        return _ADD(self, arn, new)

    def create_rule(
        self,
        listener_arn: str,
        conditions: list[dict[str, object]],
        priority: int,
        actions: list[dict[str, object]],
        tags: list[dict[str, str]] | None = None,
    ) -> FakeListenerRule:
        [listener] = self.describe_listeners(None, [listener_arn])
        self._check_rule(listener, actions)
        if not 1 <= int(priority) <= _MOST_PRIORITY:
            raise ELBClientError("ValidationError", f"Priority '{priority}' must be between 1 and {_MOST_PRIORITY}")
        return _CREATE_RULE(self, listener_arn, conditions, priority, actions, tags)

    def modify_rule(
        self, rule_arn: str, conditions: list[dict[str, object]], actions: list[dict[str, object]]
    ) -> FakeRule:
        [rule] = self.describe_rules(None, [rule_arn])
        [listener] = self.describe_listeners(None, [rule.listener_arn])
        self._check_rule(listener, actions)
        return _MODIFY_RULE(self, rule_arn, conditions, actions)

    def set_rule_priorities(self, rule_priorities: list[dict[str, object]]) -> list[FakeRule]:
        moving = {str(one["RuleArn"]): one["Priority"] for one in rule_priorities}
        rules = [self.describe_rules(None, [arn])[0] for arn in moving]
        for rule in rules:
            [listener] = self.describe_listeners(None, [rule.listener_arn])
            others = [moving.get(other.arn, other.priority) for other in _rules(listener) if other.arn != rule.arn]
            if str(moving[rule.arn]) in map(str, others):
                raise PriorityInUseError()
        for rule in rules:
            rule.priority = moving[rule.arn]
        return rules

    def _check_rule(self, listener: FakeListener, actions: list[dict[str, object]]) -> None:
        [balancer] = self.describe_load_balancers([listener.load_balancer_arn], None)
        if balancer.type != "application":
            raise ELBClientError("OperationNotPermitted", "Only listeners of application load balancers have rules")
        check_actions(self, balancer, listener.protocol, [FakeAction(dict(action)) for action in actions])


class _Responses(_Operations):
    def create_listener(self) -> ActionResult:
        given = [one["CertificateArn"] for one in self._get_param("Certificates", [])]
        protocol = self._get_param("Protocol")
        if protocol:
            check_security(protocol, given, self._get_param("SslPolicy"))
        return _RESPOND(self)


def install() -> None:
    """Add these methods and operations to moto's Elastic Load Balancing."""
    extend(ELBv2Backend, _Listeners)
    extend(ELBV2Response, _Responses)
