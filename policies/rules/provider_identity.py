"""Every resource is created in an account and region of its stack, by an assumed role."""

from __future__ import annotations

from collections.abc import Iterator

from policies.facts import StackFacts
from policies.logic import Truth, equal, some, truth
from policies.rule import Claim, Rule
from policies.subjects import Place
from policies.values import UNKNOWN, Props, Unknown, Value, from_json, items, nested, text
from policies.views import Resource

_AWS = frozenset({"aws:*"})
# What the rules can read, Pulumi's own types (stacks, providers, references), and the firm's components.
_PACKAGES = ("aws", "pulumi", "securecart")


def of_known_package(resource: Resource, facts: StackFacts) -> Iterator[Claim]:
    """Judge a resource's type: another provider's resources would be created past every rule."""
    package = resource.type.split(":", 1)[0]
    yield Claim(truth(package not in _PACKAGES), "no rule can read resources of this package", resource.urn, package)


def on_stack_provider(resource: Resource, facts: StackFacts) -> Iterator[Claim]:
    """Judge a resource: its provider is an explicit one, named after an account and region of the stack."""
    name = resource.provider.name if resource.provider else "none"
    known = any(place.provider_name == name for place in facts.places)
    yield Claim(truth(not known), "the provider leads to no account and region of the stack", resource.urn, name)


def provider_leads_there(resource: Resource, facts: StackFacts) -> Iterator[Claim]:
    """Judge the provider's settings: region, and the account of the role that it assumes last."""
    place = _place(resource, facts)
    if place is None or resource.provider is None:
        return
    props = resource.provider.props
    region = equal(text(props, "region"), place.region)
    yield Claim(~region, "the provider's region is not the one it is named after", resource.urn)
    role = _role_arn(props)
    account = Truth.UNKNOWN if role is UNKNOWN else truth(role.startswith(f"arn:aws:iam::{place.account_id}:role/"))
    yield Claim(~account, "the provider assumes no role of the account it is named after", resource.urn)


def no_long_lived_keys(resource: Resource, facts: StackFacts) -> Iterator[Claim]:
    """Judge the provider's settings: no access key is written into them."""
    if resource.provider is not None:
        found = some(_present(resource.provider.props, key) for key in ("accessKey", "secretKey"))
        yield Claim(found, "the provider holds an access key", resource.urn)


def in_provider_region(resource: Resource, facts: StackFacts) -> Iterator[Claim]:
    """Judge the resource's own region property, which would override the provider's."""
    place, region = _place(resource, facts), text(resource.props, "region")
    if place is not None and region is not None:
        shown = region if isinstance(region, str) else ""
        yield Claim(
            ~equal(region, place.region),
            "the resource names another region than its provider's",
            resource.urn,
            shown,
        )


def _place(resource: Resource, facts: StackFacts) -> Place | None:
    name = resource.provider.name if resource.provider else ""
    return next((place for place in facts.places if place.provider_name == name), None)


def _role_arn(props: Props) -> str | Unknown:
    """Return the role that the provider assumes last; empty where it assumes none."""
    roles = _decoded(props, "assumeRoles")
    if roles is UNKNOWN:
        return UNKNOWN
    if not roles:
        return ""
    last = roles[-1]
    if last is UNKNOWN:
        return UNKNOWN
    # Providers get nested settings as JSON text, in either spelling of the keys.
    found = [text(nested(last), key) for key in ("roleArn", "role_arn")]
    return next((arn for arn in found if arn is not None), "")


def _decoded(props: Props, key: str) -> tuple[Value, ...] | Unknown:
    value = props.get(key)
    return items({key: from_json(value)} if isinstance(value, str) else props, key)


def _present(props: Props, key: str) -> Truth:
    value = text(props, key)
    return Truth.UNKNOWN if value is UNKNOWN else truth(bool(value))


RULES = (
    Rule(
        id="resource-of-known-package",
        title="Every resource is of a package that the rules can read: aws, and the firm's own components.",
        mission_row="accounts",
        remedy="use the resource type of pulumi-aws, or extend the rules to the package first",
        applies_to=frozenset({"*"}),
        resource=of_known_package,
    ),
    Rule(
        id="provider-of-the-stack",
        title="Every resource is on an explicit provider for an account and region that its stack works in.",
        mission_row="accounts",
        remedy="create the resource through the stack's scope for its account and region",
        applies_to=_AWS,
        resource=on_stack_provider,
    ),
    Rule(
        id="provider-assumes-account-role",
        title="A provider assumes a role of the account, and works in the region, that it is named after.",
        mission_row="accounts",
        remedy="take the provider from the stack's run, which builds it from the fleet file",
        applies_to=_AWS,
        resource=provider_leads_there,
    ),
    Rule(
        id="provider-no-long-lived-keys",
        title="No provider holds an access key.",
        mission_row="accounts",
        controls=("CKV_AWS_41",),
        remedy="remove the key; every account is entered by assuming a role",
        applies_to=_AWS,
        resource=no_long_lived_keys,
    ),
    Rule(
        id="resource-in-provider-region",
        title="No resource overrides its provider's region.",
        mission_row="accounts",
        remedy="remove region from the resource, or use the provider of that region",
        applies_to=_AWS,
        resource=in_provider_region,
    ),
)
