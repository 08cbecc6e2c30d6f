"""AWS WAF: web ACLs, IP sets, associations and logging.

moto lacks: the rules of the scope CLOUDFRONT, checks of names, addresses, rules and destinations, capacity, and the
refusal to delete what is in use; it keeps a resource in two web ACLs, keeps what a change leaves out, and its name for
duplicates is not AWS's. AWS: a change names the whole web ACL (WAFV2 API, UpdateWebACL); one of CloudFront lives in
us-east-1, and is named in the distribution instead of associated; a resource has one web ACL, and associating it again
moves it (WAFV2 API, AssociateWebACL); the logs' one destination has a name that begins with aws-waf-logs- (WAFV2 API,
LoggingConfiguration). Added: checks in front of moto's operations, and the backend's change of a web ACL is replaced.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from ipaddress import ip_network
from typing import TYPE_CHECKING, Any, cast

from botocore.model import StringShape
from moto.backends import get_backend
from moto.cloudfront.models import cloudfront_backends
from moto.core.utils import camelcase_to_underscores, get_service_model
from moto.elbv2.models import elbv2_backends
from moto.wafv2.exceptions import WAFNonexistentItemException, WAFOptimisticLockException, WAFv2ClientError
from moto.wafv2.models import GLOBAL_REGION, FakeRule, FakeWebACL, WAFV2Backend, wafv2_backends
from moto.wafv2.responses import WAFV2Response

from securecart.sandbox.moto_extensions.guards import Check, check_first
from securecart.sandbox.moto_extensions.support import extend
from securecart.sandbox.moto_extensions.waf_rules import LARGEST_CAPACITY, Rule, capacity, faults, statements

if TYPE_CHECKING:
    _Backend = WAFV2Backend
else:
    _Backend = object

GLOBAL_HOME = "us-east-1"
"""The one region in which WAF answers for CloudFront."""
_NAME = re.compile(r"[0-9A-Za-z_-]{1,128}")
_DESTINATION = re.compile(
    r"arn:aws[a-z-]*:(?P<service>logs|s3|firehose):(?P<region>[a-z0-9-]*):\d*:"
    r"(?:log-group:|deliverystream/)?aws-waf-logs-[^:]+(?::\*)?"
)
_LOAD_BALANCER = re.compile(r"arn:aws[a-z-]*:elasticloadbalancing:[a-z0-9-]+:\d{12}:loadbalancer/app/.+")
_STAGE = re.compile(r"arn:aws[a-z-]*:apigateway:[a-z0-9-]+::/restapis/(?P<api>[^/]+)/stages/(?P<stage>[^/]+)")
_Body = Mapping[str, object]


def invalid(field: str, reason: str) -> WAFv2ClientError:
    """The error for a request that WAF finds wrong."""
    return WAFv2ClientError("WAFInvalidParameterException", f"Error reason: {reason}, field: {field}")


def in_use() -> WAFv2ClientError:
    """The error of deleting what something still uses."""
    message = "AWS WAF couldn't perform the operation because your resource is being used by another resource."
    return WAFv2ClientError("WAFAssociatedItemException", message)


def backend_of(response: WAFV2Response, scope: str) -> WAFV2Backend:
    """WAF's memory of the caller's account: of its region, or of CloudFront."""
    region = GLOBAL_REGION if scope == "CLOUDFRONT" else response.region
    return wafv2_backends[response.current_account][region]


@cache
def countries() -> Sequence[str]:
    """The country codes of WAFV2's API model."""
    return cast("StringShape", get_service_model("wafv2").shape_for("CountryCode")).enum


def _check_scope(response: WAFV2Response, body: _Body) -> None:
    scope = body.get("Scope")
    if scope not in ("REGIONAL", "CLOUDFRONT", None):
        raise invalid("SCOPE_VALUE", f"the scope {scope} is not REGIONAL or CLOUDFRONT")
    if scope == "CLOUDFRONT" and response.region not in (GLOBAL_HOME, GLOBAL_REGION):
        raise invalid("SCOPE_VALUE", f"the scope CLOUDFRONT is not valid in {response.region}, only in {GLOBAL_HOME}")


def _check_name(name: str, names: Iterator[str]) -> None:
    if not _NAME.fullmatch(name):
        raise invalid("NAME", f"{name!r} is not 1 to 128 letters, digits, hyphens and underscores")
    if name in names:
        raise WAFv2ClientError("WAFDuplicateItemException", f"another one of this scope has the name {name}.")


def _check_addresses(version: str, addresses: Sequence[str]) -> None:
    for address in addresses:
        try:
            network = ip_network(address)
        except ValueError as error:
            raise invalid("IP_ADDRESS", f"{address} is no CIDR block") from error
        if f"IPV{network.version}" != version or "/" not in address or network.prefixlen == 0:
            raise invalid("IP_ADDRESS", f"{address} is no CIDR block of {version} from /1 on")


def _create_ip_set(response: WAFV2Response, body: _Body) -> None:
    held = backend_of(response, str(body["Scope"])).ip_sets.values()
    _check_name(str(body["Name"]), (one.name for one in held))
    _check_addresses(str(body["IPAddressVersion"]), cast("Sequence[str]", body["Addresses"]))


def _update_ip_set(response: WAFV2Response, body: _Body) -> None:
    for one in backend_of(response, str(body["Scope"])).ip_sets.values():
        if one.ip_set_id == body["Id"]:
            _check_addresses(one.ip_address_version, cast("Sequence[str]", body["Addresses"]))


def _delete_ip_set(response: WAFV2Response, body: _Body) -> None:
    backend = backend_of(response, str(body["Scope"]))
    wanted = {one.arn for one in backend.ip_sets.values() if one.ip_set_id == body["Id"]}
    if wanted & {arn for acl in backend.wacls.values() for arn in _referenced(acl.rules)}:
        raise in_use()


def _referenced(rules: Sequence[object]) -> Iterator[str]:
    """ARNs of the IP sets that moto's rules refer to."""
    for rule in rules:
        for kind, inner in statements(cast("_Body", vars(rule)["statement"])):
            if kind == "IPSetReferenceStatement":
                yield str(inner["ARN"])


def _create_web_acl(response: WAFV2Response, body: _Body) -> None:
    held = backend_of(response, str(body["Scope"])).wacls.values()
    _check_name(str(body["Name"]), (one.name for one in held))
    _check_rules(response, body)


def _check_rules(response: WAFV2Response, body: _Body) -> None:
    rules = cast("Sequence[Rule]", body.get("Rules") or [])
    for field, reason in faults(rules, countries()):
        raise invalid(field, reason)
    known = backend_of(response, str(body["Scope"])).ip_sets
    for rule in rules:
        for kind, inner in statements(cast("_Body", rule["Statement"])):
            if kind == "IPSetReferenceStatement" and inner["ARN"] not in known:
                raise WAFNonexistentItemException
    total = sum(capacity(cast("_Body", rule["Statement"])) for rule in rules)
    if total > LARGEST_CAPACITY:
        raise WAFv2ClientError("WAFLimitsExceededException", f"The rules use {total} WCUs, more than 5000.")


def _delete_web_acl(response: WAFV2Response, body: _Body) -> None:
    for acl in backend_of(response, str(body["Scope"])).wacls.values():
        named = acl.id == body["Id"]
        if named and (acl.associated_resources or acl.arn in _of_distributions(response.current_account)):
            raise in_use()


def _of_distributions(account: str) -> set[str]:
    """ARNs of the web ACLs that the account's CloudFront distributions name."""
    distributions = cloudfront_backends[account]["aws"].distributions.values()
    return {str(vars(one.distribution_config).get("WebACLId")) for one in distributions}


def _associate(response: WAFV2Response, body: _Body) -> None:
    backend, resource = backend_of(response, "REGIONAL"), str(body["ResourceArn"])
    if ":global/" in str(body["WebACLArn"]) or ":cloudfront:" in resource:
        raise invalid("RESOURCE_ARN", "a distribution names its web ACL itself, one of the scope CLOUDFRONT")
    if body["WebACLArn"] not in backend.wacls or not _exists(response, resource):
        raise WAFNonexistentItemException
    for acl in backend.wacls.values():
        if resource in acl.associated_resources:
            acl.associated_resources.remove(resource)


def _exists(response: WAFV2Response, arn: str) -> bool:
    """Whether a load balancer or a stage of a REST API is there; of other resources, what it says is believed."""
    account, region = response.current_account, response.region
    if _LOAD_BALANCER.fullmatch(arn):
        return arn in elbv2_backends[account][region].load_balancers
    stage = _STAGE.fullmatch(arn)
    if stage is None:
        return arn.split(":")[3] == region
    # Imported when it is first needed: it takes most of a second.
    apis = get_backend("apigateway")[account][region].apis if arn.split(":")[3] == region else {}
    return stage["api"] in apis and stage["stage"] in apis[stage["api"]].stages


def _put_logging(response: WAFV2Response, body: _Body) -> None:
    config = cast("_Body", body["LoggingConfiguration"])
    arn, destinations = str(config["ResourceArn"]), cast("Sequence[str]", config["LogDestinationConfigs"])
    scope = "CLOUDFRONT" if ":global/" in arn else "REGIONAL"
    _check_scope(response, {"Scope": scope})
    if arn not in backend_of(response, scope).wacls:
        raise WAFNonexistentItemException
    if len(destinations) != 1:
        raise invalid("LOG_DESTINATION", "a web ACL logs to exactly one destination")
    found = _DESTINATION.fullmatch(destinations[0])
    if found is None:
        reason = f"{destinations[0]} is no log group, bucket or stream whose name begins with aws-waf-logs-"
        raise invalid("LOG_DESTINATION", reason)
    if found["region"] not in ("", response.region):
        raise invalid("LOG_DESTINATION", f"{destinations[0]} is not in {response.region}")


def _judged(judge: Callable[[WAFV2Response, _Body], None] | None = None) -> Check:
    """The scope of a request is checked, then what else is to be."""

    def check(received: object) -> None:
        response = cast("WAFV2Response", received)
        body = json.loads(response.body)
        _check_scope(response, body)
        if judge is not None:
            judge(response, body)

    return check


def _capacity(acl: FakeWebACL) -> int:
    return sum(capacity(vars(rule)["statement"]) for rule in acl.rules)


def _rule(given: Mapping[str, object]) -> FakeRule:
    members = {camelcase_to_underscores(name): value for name, value in given.items()}
    return FakeRule(**cast("dict[str, Any]", members))


class _Acls(_Backend):
    def update_web_acl(
        self,
        name: str,
        _id: str,
        default_action: dict[str, object] | None,
        rules: list[dict[str, object]] | None,
        description: str | None,
        visibility_config: dict[str, object] | None,
        lock_token: str,
        custom_response_bodies: dict[str, object] | None,
        captcha_config: dict[str, object] | None,
        challenge_config: dict[str, object] | None,
        token_domains: list[str] | None,
        association_config: dict[str, object] | None,
    ) -> str:
        acl = self.get_web_acl(None, name, _id)
        if acl.lock_token != lock_token:
            raise WAFOptimisticLockException
        made = [_rule(rule) for rule in rules or []]
        whole = {
            "default_action": default_action,
            "rules": made,
            "description": description or "",
            "visibility_config": visibility_config,
            "custom_response_bodies": custom_response_bodies,
            "captcha_config": captcha_config,
            "challenge_config": challenge_config,
            "token_domains": token_domains,
            "association_config": association_config,
        }
        vars(acl).update(whole, lock_token=acl._generate_lock_token())
        return acl.lock_token


def install() -> None:
    """Put the checks in front of moto's operations; a web ACL's capacity is counted when it is asked for."""
    extend(WAFV2Backend, _Acls)
    check_first(
        WAFV2Response,
        {
            "create_ip_set": _judged(_create_ip_set),
            "update_ip_set": _judged(_update_ip_set),
            "delete_ip_set": _judged(_delete_ip_set),
            "get_ip_set": _judged(),
            "list_ip_sets": _judged(),
            "create_web_acl": _judged(_create_web_acl),
            "update_web_acl": _judged(_check_rules),
            "delete_web_acl": _judged(_delete_web_acl),
            "get_web_acl": _judged(),
            "list_web_ac_ls": _judged(),
            "associate_web_acl": _judged(_associate),
            "put_logging_configuration": _judged(_put_logging),
        },
    )
    vars_of_acl = cast("type", FakeWebACL)
    setattr(vars_of_acl, "capacity", property(_capacity, lambda acl, chosen: None))  # noqa: B010  # moto's is a constant
