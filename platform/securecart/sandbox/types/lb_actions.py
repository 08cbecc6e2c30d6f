"""Actions and conditions of listeners between Pulumi's form and AWS's. Pure.

Sources: ELB API reference, Action and RuleCondition; pulumi-aws 7, aws.lb.Listener and aws.lb.ListenerRule.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from securecart.errors import SandboxError
from securecart.sandbox.types.normalise import compact

_REDIRECT: Mapping[str, object] = {
    "host": "#{host}",
    "path": "/#{path}",
    "port": "#{port}",
    "protocol": "#{protocol}",
    "query": "#{query}",
}
"""What a redirect keeps of the request's URL unless it says otherwise; both the provider and AWS fill it in."""
_CONFIGS = {"redirect": "RedirectConfig", "fixedResponse": "FixedResponseConfig"}
_TYPES = ("forward", "redirect", "fixed-response")
_FIELDS = {
    "hostHeader": "host-header",
    "pathPattern": "path-pattern",
    "httpHeader": "http-header",
    "httpRequestMethod": "http-request-method",
    "sourceIp": "source-ip",
}
"""Kind of condition to AWS's field; `queryStrings` is a list instead."""
_QUERY = "query-string"
_WEIGHT = 1


def _capital(name: str) -> str:
    return name[0].upper() + name[1:]


def _items(value: object) -> list[Mapping[str, object]]:
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []


def actions_to_aws(value: object) -> object:
    """Return actions as AWS takes them.

    Raises:
        SandboxError: An action of a type that the sandbox does not realise.
    """
    return [_action_to_aws(item) for item in _items(value)]


def _action_to_aws(item: Mapping[str, object]) -> dict[str, object]:
    if item["type"] not in _TYPES:
        raise SandboxError(
            "the sandbox does not realise the type of a listener's action",
            value=item["type"],
            rule=f"it realises {', '.join(_TYPES)}",
            remedy="leave the action out of the sandbox target",
        )
    action: dict[str, object] = {"Type": item["type"], "Order": item.get("order")}
    action["TargetGroupArn"] = item.get("targetGroupArn")
    forward = item.get("forward")
    if isinstance(forward, Mapping):
        action["ForwardConfig"] = _forward_to_aws(forward)
    for name, member in _CONFIGS.items():
        config = item.get(name)
        if isinstance(config, Mapping):
            whole = {**_REDIRECT, **config} if name == "redirect" else config
            action[member] = {_capital(inner): value for inner, value in whole.items() if value is not None}
    return {member: value for member, value in action.items() if value is not None}


def _forward_to_aws(forward: Mapping[str, object]) -> dict[str, object]:
    groups = [
        {"TargetGroupArn": group["arn"], "Weight": group.get("weight", _WEIGHT)}
        for group in _items(forward.get("targetGroups"))
    ]
    sticky = forward.get("stickiness")
    if not isinstance(sticky, Mapping):
        return {"TargetGroups": groups}
    config = {"Enabled": sticky.get("enabled", False), "DurationSeconds": sticky["duration"]}
    return {"TargetGroups": groups, "TargetGroupStickinessConfig": config}


def actions_from_aws(value: object) -> list[dict[str, object]]:
    """Return actions as the provider tells them: a single target group by its ARN alone."""
    return [_action_from_aws(item) for item in _items(value)]


def _action_from_aws(item: Mapping[str, object]) -> dict[str, object]:
    action: dict[str, object] = {"type": item["Type"], "order": item.get("Order")}
    forward = item.get("ForwardConfig")
    if item.get("TargetGroupArn"):
        action["targetGroupArn"] = item["TargetGroupArn"]
    elif isinstance(forward, Mapping):
        groups = _items(forward.get("TargetGroups"))
        action["forward"] = {
            "targetGroups": [{"arn": g["TargetGroupArn"], "weight": g.get("Weight", _WEIGHT)} for g in groups]
        }
        sticky = forward.get("TargetGroupStickinessConfig")
        if isinstance(sticky, Mapping) and sticky.get("DurationSeconds"):
            shown = {"enabled": sticky.get("Enabled", False), "duration": sticky["DurationSeconds"]}
            action["forward"] = {**action["forward"], "stickiness": shown}  # type: ignore[dict-item]  # an object
    for name, member in _CONFIGS.items():
        config = item.get(member)
        if isinstance(config, Mapping):
            action[name] = {inner[0].lower() + inner[1:]: value for inner, value in config.items()}
    return {name: value for name, value in action.items() if value is not None}


def same_actions(value: object) -> object:
    """Return actions in one form for equal ones: with their defaults, in order, without its numbers."""
    return [_same_action(item) for item in sorted(_items(value), key=lambda item: int(str(item.get("order") or 0)))]


def _same_action(item: Mapping[str, object]) -> object:
    redirect, forward = item.get("redirect"), item.get("forward")
    plain = {name: value for name, value in item.items() if name != "order"}
    if isinstance(redirect, Mapping):
        plain["redirect"] = {**_REDIRECT, **redirect}
    if isinstance(forward, Mapping):
        groups = [{"weight": _WEIGHT, **group} for group in _items(forward.get("targetGroups"))]
        plain["forward"] = {**forward, "targetGroups": groups}
    return compact(plain)


def conditions_to_aws(value: object) -> object:
    """Return conditions as AWS takes them: one for each kind that an item holds."""
    return [condition for item in _items(value) for condition in _conditions_of(item)]


def _conditions_of(item: Mapping[str, object]) -> Iterable[dict[str, object]]:
    for name, field in _FIELDS.items():
        config = item.get(name)
        if isinstance(config, Mapping):
            members = {_capital(inner): given for inner, given in config.items() if given is not None}
            yield {"Field": field, f"{_capital(name)}Config": members}
    queries = [{_capital(name): text for name, text in pair.items()} for pair in _items(item.get("queryStrings"))]
    if queries:
        yield {"Field": _QUERY, "QueryStringConfig": {"Values": queries}}


def conditions_from_aws(value: object) -> list[dict[str, object]]:
    """Return conditions in Pulumi's form."""
    found: list[dict[str, object]] = []
    for item in _items(value):
        for name, field in _FIELDS.items():
            config = item.get(f"{_capital(name)}Config")
            if item["Field"] == field and isinstance(config, Mapping):
                found.append({name: {inner[0].lower() + inner[1:]: given for inner, given in config.items()}})
        queries = item.get("QueryStringConfig")
        if isinstance(queries, Mapping):
            pairs = _items(queries.get("Values"))
            found.append({"queryStrings": [{name.lower(): text for name, text in pair.items()} for pair in pairs]})
    return found
