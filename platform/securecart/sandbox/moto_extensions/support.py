"""What the extensions share: putting methods on moto's classes, EC2's errors, EC2's filters."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, TypeAlias, TypeVar, cast

from moto.ec2.exceptions import EC2ClientError
from moto.ec2.models import EC2Backend, ec2_backends
from moto.ec2.models.internet_gateways import InternetGateway
from moto.ec2.models.vpcs import VPC

from securecart.errors import SandboxError

if TYPE_CHECKING:
    from moto.ec2.models import EC2Backend as _Methods
    from moto.ec2.responses import EC2Response as _Operations
else:
    _Methods = _Operations = object


class EC2Methods(_Methods):
    """Base of a class whose methods go to moto's EC2Backend: it is one for the type checker alone."""


class EC2Operations(_Operations):
    """Base of a class whose methods go to moto's EC2Response: it is one for the type checker alone."""


Item = TypeVar("Item")
Document: TypeAlias = Mapping[str, object]
"""One AWS structure: botocore's member names to values, which moto's serializer turns into XML."""
Reader: TypeAlias = Callable[[Item], str | Collection[str]]
"""Gives the value, or the values, that an item has for one filter."""


_EXTENSIONS = __name__.rpartition(".")[0]


def extend(target: type, source: type) -> None:
    """Put each method that `source` itself defines on moto's class `target`, in place of one of that name.

    Raises:
        SandboxError: another extension has put a method of that name there, which would be lost.
    """
    for name, member in vars(source).items():
        if callable(member) and not name.startswith("__"):
            known = getattr(vars(target).get(name), "__module__", "")
            if known.startswith(_EXTENSIONS) and known != member.__module__:
                raise SandboxError(
                    f"two extensions give {target.__name__} a method {name!r}",
                    value=[known, member.__module__],
                    remedy="rename one of them, or put both into one extension",
                )
            setattr(target, name, member)


def ec2_backend(account: str, region: str) -> EC2Backend:
    """EC2's memory of one account and region."""
    return ec2_backends[account][region]


def ec2_error(code: str, message: str) -> EC2ClientError:
    """An error that boto3 shows as ClientError with this code (EC2 API reference, Error codes)."""
    return EC2ClientError(code, message)


def attached_vpc(gateway: InternetGateway) -> str | None:
    """Id of the VPC that an internet gateway is attached to; moto declares the member as never set."""
    vpc = cast("VPC | None", vars(gateway)["vpc"])
    return vpc.id if vpc is not None else None


def tags_of(backend: EC2Backend, resource_id: str) -> list[Document]:
    """The tags that this account gave a resource: a shared resource has tags of its own in each account."""
    return [{"Key": key, "Value": value} for key, value in backend.tags.get(resource_id, {}).items()]


def select(
    items: Iterable[Item],
    filters: Mapping[str, Sequence[str]],
    readers: Mapping[str, Reader[Item]],
    tags: Callable[[Item], Iterable[Document]],
) -> list[Item]:
    """The items that match every filter; within one filter, any value, `*` and `?` being wildcards.

    Args:
        items: What to choose from.
        filters: Name to values, as moto parses them from a request.
        readers: Every filter that the operation knows, besides tag:KEY and tag-key.
        tags: Gives an item's tags.

    Raises:
        EC2ClientError: InvalidParameterValue for a filter that the operation does not have.
    """
    for name in filters:
        if name not in readers and name != "tag-key" and not name.startswith("tag:"):
            raise ec2_error("InvalidParameterValue", f"The filter '{name}' is invalid")

    def values_of(item: Item, name: str) -> Collection[str]:
        if name in readers:
            value = readers[name](item)
            return [value] if isinstance(value, str) else value
        pairs = {str(tag["Key"]): str(tag["Value"]) for tag in tags(item)}
        if name == "tag-key":
            return pairs
        key = name.removeprefix("tag:")
        return [pairs[key]] if key in pairs else []

    return [
        item
        for item in items
        if all(
            any(fnmatchcase(value, wanted) for value in values_of(item, name) for wanted in patterns)
            for name, patterns in filters.items()
        )
    ]


def require_all(found: Sequence[Item], ids: Sequence[str], identify: Callable[[Item], str], code: str) -> None:
    """Refuse a request that names something which is not there, as EC2's Describe operations do.

    Raises:
        EC2ClientError: With this code, naming the missing ids.
    """
    missing = sorted(set(ids) - {identify(item) for item in found})
    if missing:
        raise ec2_error(code, f"{', '.join(missing)} was deleted or does not exist.")
