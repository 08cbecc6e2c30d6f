"""Where values come from is followed through whatever a program does with them, and changes nothing else."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import TypeVar

import pulumi
import pulumi_aws as aws
import pytest
from google.protobuf.json_format import MessageToDict
from hypothesis import given
from hypothesis import strategies as st
from pulumi.output import UNKNOWN
from pulumi.runtime.settings import SETTINGS

from securecart.execute.outputs import OutputStore, PassedOutputs, StackOutput
from securecart.plan.stack import Ask
from securecart.program.provenance import Source, computed, marked, owners_of, sources_of
from securecart.program.upstream import Upstream
from tests.components.recording import Recording, RecordingMonitor, record

T = TypeVar("T")
NETWORK = Source(stack="network-dev", output="vpc_id")
HUB = Source(stack="hub", output="id")


def run(make: Callable[[], Awaitable[T]]) -> T:
    """Run on a loop of its own; outputs of this loop must not meet another test's."""

    async def main() -> T:
        return await make()

    try:
        return asyncio.run(main())
    finally:
        SETTINGS.outputs.clear()


def a_value(value: object = "vpc-1", *, secret: bool = False) -> pulumi.Output[object]:
    store = OutputStore()
    store.put("any", {"any": StackOutput(value, secret=secret)})
    return PassedOutputs(store, unknown_allowed=True).output("any", "any")


def from_network(value: object = "vpc-1", *, secret: bool = False) -> pulumi.Output[object]:
    return marked(a_value(value, secret=secret), NETWORK)


def from_hub(value: object = "tgw-1") -> pulumi.Output[object]:
    return marked(a_value(value), HUB)


class Args:
    """Stands for an argument class of a resource: values in its attributes."""

    def __init__(self, inner: object) -> None:
        self.inner = inner


COMPUTATIONS: Mapping[str, Callable[[pulumi.Output[object]], object]] = {
    "as it is": lambda output: output,
    "apply": lambda output: output.apply(lambda value: f"{value}!"),
    "apply that gives an output": lambda output: output.apply(lambda value: pulumi.Output.from_input([value])),
    "output inside another one's apply": lambda output: a_value("other").apply(lambda _: output),
    "apply twice": lambda output: output.apply(str).apply(str.upper),
    "all": lambda output: pulumi.Output.all(output, a_value("other")),
    "all by name": lambda output: pulumi.Output.all(one=output).apply(lambda both: both["one"]),
    "concat": lambda output: pulumi.Output.concat("arn:", output, ":x"),
    "format": lambda output: pulumi.Output.format("arn:{0}", output),
    "JSON": lambda output: pulumi.Output.json_dumps({"Resource": [output]}),
    "item": lambda output: pulumi.Output.from_input({"key": output})["key"],
    "secret": lambda output: pulumi.Output.secret(output),
    "list": lambda output: ["plain", output],
    "tuple": lambda output: ("plain", output),
    "deep in a nest": lambda output: {"a": [{"b": {"c": [output]}}]},
    "argument class": lambda output: Args(output),
    "argument classes in a list in a mapping": lambda output: {"rules": [Args([Args(output)])]},
    "SDK's argument class": lambda output: aws.ec2.SecurityGroupIngressArgs(
        from_port=1, to_port=1, protocol="tcp", security_groups=[output.apply(str)]
    ),
    "input of its own": lambda output: pulumi.Output.from_input([{"a": output}]),
}


@pytest.mark.parametrize("known", [True, False], ids=["known", "unknown"])
@pytest.mark.parametrize("computation", COMPUTATIONS.values(), ids=COMPUTATIONS.keys())
def test_a_source_is_followed_through_any_computation(computation, known: bool):
    async def main():
        return await sources_of(computation(from_network("vpc-1" if known else UNKNOWN)), {})

    assert run(main) == (NETWORK,)


def test_a_plain_value_has_no_sources():
    async def main():
        return await sources_of({"a": [1, "x", None, True], "b": Args("plain")}, {}), await sources_of(a_value(), {})

    assert run(main) == ((), ())


@given(st.lists(st.sampled_from(["network", "hub"]), min_size=1, max_size=6))
def test_a_value_made_of_several_has_the_sources_of_each_once_and_sorted(names: list[str]):
    async def main():
        made = {"network": from_network, "hub": from_hub}
        return await sources_of(pulumi.Output.all(*(made[name]() for name in names)), {})

    assert run(main) == tuple(sorted({{"network": NETWORK, "hub": HUB}[name] for name in names}))


@pytest.mark.parametrize("value", ["vpc-1", UNKNOWN, ["a", UNKNOWN], None, {"a": {"b": 1}}])
@pytest.mark.parametrize("secret", [True, False])
def test_a_mark_changes_neither_value_nor_whether_it_is_known_or_secret(value: object, secret: bool):
    async def facts(output: pulumi.Output[object]):
        return await output.future(with_unknowns=True), await output.is_known(), await output.is_secret()

    async def main():
        return await facts(a_value(value, secret=secret)), await facts(from_network(value, secret=secret))

    before, after = run(main)
    assert after == before
    assert after[2] is secret


def test_a_secret_stays_a_secret_in_what_is_computed_of_it():
    async def main():
        text = pulumi.Output.concat("x", from_network("hunter2", secret=True))
        return await text.is_secret(), await sources_of(text, {})

    assert run(main) == (True, (NETWORK,))


def test_a_narrower_mark_takes_the_place_of_a_wider_one_and_leaves_other_stacks():
    async def main():
        both = pulumi.Output.all(from_network(), from_hub())
        return await sources_of(marked(both, Source(stack="network-dev", output="vpc_id", key="a")), {})

    assert run(main) == (HUB, Source(stack="network-dev", output="vpc_id", key="a"))


def upstream(outputs: dict[str, StackOutput] | None) -> Upstream:
    store = OutputStore()
    if outputs is not None:
        store.put("network-dev", outputs)
    ask = Ask("network", "network-dev", ("vpc_id", "subnet_ids"))
    return Upstream(ask, PassedOutputs(store, unknown_allowed=True))


@pytest.mark.parametrize(
    "outputs",
    [
        None,
        {"vpc_id": StackOutput(UNKNOWN), "subnet_ids": StackOutput(UNKNOWN)},
        {"vpc_id": StackOutput("vpc-1"), "subnet_ids": StackOutput({"a": "subnet-1", "b": UNKNOWN})},
    ],
    ids=["no such stack yet", "unknown", "known"],
)
def test_what_a_program_asks_of_another_stack_names_stack_output_and_entry(outputs):
    async def main():
        network = upstream(outputs)
        asked = (network.output("subnet_ids"), network.text("vpc_id"), network.entry("subnet_ids", "a"))
        return [await sources_of(value, {}) for value in asked]

    assert run(main) == [
        (Source(stack="network-dev", output="subnet_ids"),),
        (NETWORK,),
        (Source(stack="network-dev", output="subnet_ids", key="a"),),
    ]


def vpc(name: str) -> aws.ec2.Vpc:
    return aws.ec2.Vpc(name, cidr_block="10.0.0.0/16")


def traced(make: Callable[[list[aws.ec2.Vpc]], object]) -> tuple[Source, ...]:
    """Return where a value comes from that a program on the mock engine makes of two VPCs."""
    found: dict[str, tuple[Source, ...]] = {}

    def program() -> dict[str, pulumi.Output[object]]:
        vpcs = [vpc("one"), vpc("two")]
        value = make(vpcs)

        async def trace(_: object) -> str:
            found["sources"] = await sources_of(value, owners_of(vpcs))
            return "traced"

        return {"done": vpcs[1].id.apply(trace)}

    record(program)
    return found["sources"]


URN = "urn:pulumi:test::securecart::aws:ec2/vpc:Vpc::one"


def test_a_resources_own_property_is_named_in_pulumis_spelling():
    assert traced(lambda vpcs: vpcs[0].id) == (Source(urn=URN, property="id"),)
    assert traced(lambda vpcs: vpcs[0].default_route_table_id) == (Source(urn=URN, property="defaultRouteTableId"),)
    assert traced(lambda vpcs: {"a": [vpcs[0].arn]}) == (Source(urn=URN, property="arn"),)


def test_what_is_computed_of_a_resource_names_the_resource_without_a_property():
    assert traced(lambda vpcs: vpcs[0].id.apply(str.upper)) == (Source(urn=URN),)


def test_what_is_said_to_be_computed_from_a_property_names_it_through_any_further_computation():
    def derived(vpcs: list[aws.ec2.Vpc]) -> pulumi.Output[str]:
        both = pulumi.Output.all(vpcs[0].default_route_table_id, vpcs[1].id).apply(lambda known: str(known[0]))
        return computed(both, vpcs[0], "default_route_table_id").apply(str.upper)

    other = URN.removesuffix("one") + "two"
    assert traced(derived) == (Source(urn=URN, property="defaultRouteTableId"), Source(urn=other))


def test_resources_and_stacks_meet_in_one_value():
    sources = traced(lambda vpcs: pulumi.Output.concat(vpcs[0].id, from_hub()))
    assert sources == (Source(urn=URN), HUB)


def told(
    mark: Callable[[pulumi.Output[object]], pulumi.Output[object]],
    mark_computed: Callable[[pulumi.Output[object], pulumi.Resource], pulumi.Output[object]],
) -> tuple[Recording, list[Mapping[str, object]]]:
    """Return what the engine is told of a program whose upstream values have marks, or have none."""
    requests: list[Mapping[str, object]] = []

    class Monitor(RecordingMonitor):
        def RegisterResource(self, request):
            by_property = {key: sorted(deps.urns) for key, deps in request.propertyDependencies.items()}
            requests.append(
                {
                    "name": request.name,
                    "deps": sorted(request.dependencies),
                    "by property": by_property,
                    "inputs": MessageToDict(request.object),
                }
            )
            return super().RegisterResource(request)

    def program() -> dict[str, pulumi.Input[object]]:
        given_id, key = mark(a_value("vpc-9")), mark(a_value(UNKNOWN))
        one = vpc("one")
        mixed = pulumi.Output.all(given_id, one.id, key).apply(lambda parts: parts[0])
        mixed = mark_computed(mixed, one)
        subnet = aws.ec2.Subnet("subnet", vpc_id=mixed, cidr_block="10.0.1.0/24", tags={"from": given_id.apply(str)})
        aws.ec2.RouteTable("table", vpc_id=given_id.apply(str), tags={"key": key.apply(str), "subnet": subnet.id})
        aws.ec2.InternetGateway("gateway", opts=pulumi.ResourceOptions(depends_on=[one]))
        return {"id": given_id, "mixed": mixed}

    monkeypatch = pytest.MonkeyPatch()
    with monkeypatch.context() as patch:
        patch.setattr("tests.components.recording.RecordingMonitor", Monitor)
        return record(program, preview=True), sorted(requests, key=lambda request: str(request["name"]))


def test_a_mark_adds_no_dependency_to_what_the_engine_is_told():
    plain, plain_requests = told(lambda output: output, lambda output, _: output)
    with_marks, requests = told(lambda output: marked(output, NETWORK), lambda output, vpc: computed(output, vpc, "id"))
    assert {request["name"] for request in requests} >= {"one", "subnet", "table", "gateway"}
    assert requests == plain_requests
    subnet = next(request for request in requests if request["name"] == "subnet")
    assert subnet["deps"] == [URN]
    assert subnet["by property"]["vpcId"] == [URN]
    assert with_marks.outputs == plain.outputs
    assert with_marks.outputs["id"] == "vpc-9"
