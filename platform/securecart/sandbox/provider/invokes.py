"""The functions (`aws.ec2.get_prefix_list` and the like) that programs may call."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from securecart.errors import SandboxError
from securecart.sandbox.provider.clients import ServiceCalls
from securecart.sandbox.provider.failures import UnknownTypeError
from securecart.sandbox.provider.instances import Instance
from securecart.sandbox.provider.secret_functions import random_password

Answer = dict[str, object]


def invoke(token: str, arguments: Mapping[str, object], instance: Instance) -> Answer:
    """Return a function's result by Pulumi names.

    Raises:
        UnknownTypeError: The sandbox does not serve the function.
        SandboxError: Not exactly one thing answers the arguments.
    """
    function = _FUNCTIONS.get(token)
    if function is None:
        raise UnknownTypeError(
            "the sandbox's provider does not know the function",
            value=token,
            rule=f"it serves {', '.join(sorted(_FUNCTIONS))}",
            remedy="leave the call out of the sandbox target",
        )
    return function(arguments, instance)


def _caller_identity(arguments: Mapping[str, object], instance: Instance) -> Answer:
    answer = instance.service("sts").call("GetCallerIdentity", {})
    return {
        "accountId": answer["Account"],
        "arn": answer["Arn"],
        "userId": answer["UserId"],
        "id": answer["Account"],
    }


def _prefix_list(arguments: Mapping[str, object], instance: Instance) -> Answer:
    name, list_id = arguments.get("name"), arguments.get("prefixListId")
    params = _selection({"prefix-list-name": name}, "PrefixListIds", list_id)
    found = _one(_service(arguments, instance).call("DescribePrefixLists", params)["PrefixLists"], arguments)
    region = arguments.get("region") or instance.settings.region
    return {
        "id": found["PrefixListId"],
        "name": found["PrefixListName"],
        "cidrBlocks": found.get("Cidrs", []),
        "prefixListId": list_id,
        "region": region,
    }


def _managed_prefix_list(arguments: Mapping[str, object], instance: Instance) -> Answer:
    service = _service(arguments, instance)
    params = _selection({"prefix-list-name": arguments.get("name")}, "PrefixListIds", arguments.get("id"))
    found = _one(service.call("DescribeManagedPrefixLists", params)["PrefixLists"], arguments)
    entries = service.call("GetManagedPrefixListEntries", {"PrefixListId": found["PrefixListId"]})["Entries"]
    return {
        "id": found["PrefixListId"],
        "name": found["PrefixListName"],
        "arn": found.get("PrefixListArn"),
        "addressFamily": found.get("AddressFamily"),
        "maxEntries": found.get("MaxEntries", 0),
        "ownerId": found.get("OwnerId"),
        "version": found.get("Version", 0),
        "entries": _entries(entries),
        "tags": {},
        "region": service.region,
    }


def _entries(listed: object) -> list[dict[str, object]]:
    entries = listed if isinstance(listed, list) else []
    return [{"cidr": entry["Cidr"], "description": entry.get("Description", "")} for entry in entries]


def _service(arguments: Mapping[str, object], instance: Instance) -> ServiceCalls:
    return instance.service("ec2", str(arguments.get("region") or ""))


def _selection(filters: Mapping[str, object], id_member: str, wanted_id: object) -> dict[str, object]:
    named = [{"Name": name, "Values": [value]} for name, value in filters.items() if value]
    params: dict[str, object] = {"Filters": named} if named else {}
    return {**params, id_member: [wanted_id]} if wanted_id else params


def _one(found: object, arguments: Mapping[str, object]) -> dict[str, object]:
    if not isinstance(found, list) or len(found) != 1:
        raise SandboxError(
            "not exactly one prefix list answers",
            value=dict(arguments),
            rule=f"found {len(found) if isinstance(found, list) else 0}",
            remedy="correct the name or the id",
        )
    return dict(found[0])


_FUNCTIONS: Mapping[str, Callable[[Mapping[str, object], Instance], Answer]] = {
    "aws:index/getCallerIdentity:getCallerIdentity": _caller_identity,
    "aws:ec2/getPrefixList:getPrefixList": _prefix_list,
    "aws:ec2/getManagedPrefixList:getManagedPrefixList": _managed_prefix_list,
    "aws:secretsmanager/getRandomPassword:getRandomPassword": random_password,
}
