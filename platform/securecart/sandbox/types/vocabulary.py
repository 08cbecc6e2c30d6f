"""The words in which a resource type is declared; the provider's engine gives them their meaning.

Values of parameters are templates, expanded against the resource's scope (its properties, `id`, `account`,
`region`, `tagList`, and `old`, the state before an update):

- `"$name"` or `"$name.member"`: that value; the parameter is left out when it is absent;
- `"$name!"`: the same, but when absent the whole enclosing structure is left out;
- `Fill(Member=template)`: a structure whose members come from the properties of the same name (letter case
  aside), except those given here;
- `Choice({"vpcId": "VPC"})`: the constant of the first property that has a value;
- mappings and lists of templates; anything else is a constant.

Answers are searched with JMESPath, in which `$name` stands for the scope's value.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

Scope = Mapping[str, object]
"""A resource's values by Pulumi name, with `id`, `account`, `region`, `tagList` and `old`."""


class Aws(Protocol):
    """One account and region, as calls in a declaration see it."""

    @property
    def account(self) -> str:
        """AWS account id, 12 digits."""

    @property
    def region(self) -> str:
        """AWS region code."""

    def call(self, operation: str, params: Mapping[str, object]) -> dict[str, object]:
        """Make one call of the type's service.

        Args:
            operation: AWS's name of the operation, such as `DescribeVpcs`.
            params: Its parameters by AWS's names.

        Raises:
            AwsCallError: AWS answered with an error.
        """


class Fill:
    """A structure filled from the properties of the same name; see the module's text."""

    def __init__(self, **given: object) -> None:
        """Keep the templates of the members that are not plain properties."""
        self.given: Mapping[str, object] = given


@dataclass(frozen=True)
class Choice:
    """The constant that belongs to the first property that has a value."""

    constants: Mapping[str, object]
    """Property name to constant."""


@dataclass(frozen=True)
class Call:
    """One AWS operation."""

    operation: str
    """AWS's name, such as `CreateVpc`."""
    params: Mapping[str, object] | Fill = field(default_factory=dict)
    """Template of its parameters."""
    when: str = ""
    """Path of a value that must be true for the call to be made; empty: always."""
    unless: str = ""
    """Path of a value that must be false or absent."""
    fails: str = ""
    """JMESPath of an error message in an answer that AWS calls a success."""


Hook = Callable[[Aws, Scope], None]
"""Calls too irregular for templates."""
Step = Call | Hook
"""One step of creating, updating or deleting."""


@dataclass(frozen=True)
class Lookup:
    """A second call of a read, for what the first does not answer."""

    call: Call
    """The call."""
    sets: Mapping[str, str]
    """Property name to JMESPath in the answer."""
    absent: tuple[str, ...] = ()
    """Error codes that mean: nothing is set."""


Convert = Callable[[Mapping[str, object], Scope], Mapping[str, object]]
"""Makes properties out of a resource's description by AWS; pure."""


@dataclass(frozen=True)
class Read:
    """How the state is read from AWS."""

    call: Call
    """The call that describes the resource."""
    item: str
    """JMESPath of its description in the answer; null means that the resource is gone."""
    sets: Mapping[str, str] = field(default_factory=dict)
    """Property name to JMESPath in the description, where the names differ; the others are found by name."""
    also: tuple[Lookup, ...] = ()
    """Further calls; their templates may use what was read before."""
    convert: Convert | None = None
    """Makes the properties whose form differs from AWS's; None: there are none."""


ReadHook = Callable[[Aws, Scope], Mapping[str, object] | None]
"""A read too irregular for `Read`: properties by Pulumi name, or None when the resource is gone."""
Normalise = Callable[[object], object]
"""Maps equal values to the same one, so that they are no difference."""
ReplaceWhen = Callable[[object, object], bool]
"""Judges a change from one value to another; the other may be unknown."""
ReplaceAmong = Callable[[object, object, Scope], bool]
"""The same where other properties matter, too: the third is all new inputs."""


@dataclass(frozen=True)
class Property:
    """One input that the type supports. `region` is an input of every type and not listed."""

    replace: bool = False
    """A change makes a new resource."""
    replace_if_added: bool = False
    """Giving or dropping it makes a new resource; another value does not."""
    replace_when: ReplaceWhen | None = None
    """Which changes of its value make a new resource, where only some do; None: as `replace` says."""
    replace_among: ReplaceAmong | None = None
    """The same where it also hangs on other properties."""
    default: object = None
    """Value that the real provider fills in when the program gives none."""
    computed: bool = False
    """AWS chooses the value when the program gives none, so leaving it out is no change."""
    local: bool = False
    """Only the provider uses it; AWS never hears of it."""
    unread: bool = False
    """AWS, or moto, does not report it: the state keeps what was given."""
    shared: bool = False
    """Other resources may own it: read back only when the program gave it."""
    normalise: Normalise | None = None
    """How to compare; None: as it is."""
    autoname: str = ""
    """Format of a generated name, with `{name}`: logical name and a random suffix."""
    send: Normalise | None = None
    """How AWS wants the value in calls; None: as it is."""
    only: object = None
    """The one value that the sandbox realises; another is refused. None: every value."""


@dataclass(frozen=True)
class Update:
    """What to do when any of some properties changes."""

    properties: tuple[str, ...]
    """The properties that it carries to AWS."""
    steps: tuple[Step, ...]
    """The calls."""
    at_create: bool = False
    """Also after creating, when one of the properties has a value: AWS's create call does not take them."""


@dataclass(frozen=True)
class Tagging:
    """How tags change.

    The scope has `tagList` (all), `addedTags` (new and changed), `removedTags` (pairs without a value) and
    `removedKeys` (keys alone).
    """

    steps: tuple[Step, ...]
    """Calls that carry a change."""
    key: str = "Key"
    """AWS's member for a tag's key."""
    value: str = "Value"
    """AWS's member for a tag's value."""
    at_create: bool = False
    """Also after creating: the create call takes no tags."""


@dataclass(frozen=True)
class ResourceType:
    """A Pulumi resource type of the AWS provider, told in calls of AWS."""

    token: str
    """Pulumi type token, such as `aws:ec2/vpc:Vpc`."""
    service: str
    """botocore's name of the service."""
    properties: Mapping[str, Property]
    """The supported inputs by Pulumi name; any other input of the real provider is refused."""
    create: tuple[Step, ...]
    """Steps that make the resource; the first is a Call, whose answer gives the id."""
    id: str | Callable[[Scope], str]
    """JMESPath of the id in the first answer, a format such as `{vpcId}_{cidrBlock}`, or a function of the scope, in
    which `answer` is the first answer."""
    read: Read | ReadHook
    """How its state is read."""
    before_create: tuple[Lookup, ...] = ()
    """What to find out before creating; it joins the scope of creating and of the first read."""
    before_delete: tuple[Lookup, ...] = ()
    """What to find out before deleting."""
    made: str = ""
    """JMESPath of the description in the first answer, in the form that `read` finds; it spares reading what was
    just made, unless further steps changed it. Empty: always read."""
    delete: tuple[Step, ...] = ()
    """Steps that remove it; none for a resource that is only adopted."""
    updates: tuple[Update, ...] = ()
    """How properties change in place."""
    tagging: Tagging | None = None
    """How tags change; None for a type without tags."""
    chosen: tuple[str, ...] = ()
    """Outputs that AWS chooses, of inputs that the sandbox does not support: unknown until the resource is made."""
    formats: Mapping[str, str] = field(default_factory=dict)
    """Outputs made of others, such as an ARN, as formats over the scope."""
    gone: tuple[str, ...] = ()
    """AWS error codes that mean that the resource does not exist."""
    busy: tuple[str, ...] = ()
    """AWS error codes of deleting that mean that something still uses the resource. The deletion is then tried again
    for a while; the codes are those on which the real provider does."""
    import_id: str = ""
    """Format of the id given to `pulumi import`, when properties must be read out of it."""
    exactly_one: tuple[tuple[str, ...], ...] = ()
    """Groups of inputs of which exactly one must be given."""
    unique: tuple[str, ...] = ()
    """Properties that AWS allows once together: replaced with these unchanged, the old one goes first."""
    find_first: bool = False
    """Read it before updating and deleting, whose steps need more than Pulumi's state holds."""
    first_of: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Names in the scope for the first of several properties that has a value."""
    derived: Mapping[str, Callable[[Scope], object]] = field(default_factory=dict)
    """Names in the scope for what a pure function makes of it; None: no value."""
    found_id: str = ""
    """What was read that is the resource's id, where importing takes another."""
    recorded: str = ""
    """Why moto cannot realise it; then it is only recorded, and the calls are never made."""


def properties(names: str, **kind: object) -> dict[str, Property]:
    """Declare several properties of one kind.

    Args:
        names: Pulumi names, separated by spaces.
        kind: Fields of `Property`, the same for each.
    """
    return {name: Property(**kind) for name in names.split()}  # type: ignore[arg-type]  # Property checks


def index(*declared: Sequence[ResourceType]) -> dict[str, ResourceType]:
    """Return the declarations by token."""
    return {kind.token: kind for group in declared for kind in group}
