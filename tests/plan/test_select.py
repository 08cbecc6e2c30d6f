"""Selection terms."""

import pytest

from securecart.errors import BadInputError
from securecart.plan.graph import StackGraph, build_graph
from securecart.plan.select import exact_names, select
from securecart.plan.stack import Ask, StackSpec


@pytest.fixture(name="graph")
def _graph() -> StackGraph:
    def spec(name: str, kind: str, account: str, region: str, *asks: str, other: tuple[str, ...] = ()) -> StackSpec:
        return StackSpec(
            name=name,
            kind=kind,
            subject=name,
            account=account,
            region=region,
            asks=tuple(Ask(a, a, ("id",)) for a in asks),
            other_accounts=other,
        )

    return build_graph(
        [
            spec("archive", "archive", "log-archive", "us-east-1"),
            spec("hub-us", "hub", "network", "us-east-1", "archive"),
            spec("network-dev", "network", "dev", "us-east-1", "archive"),
            spec("network-prod", "network", "prod", "eu-west-1", "archive"),
            spec("attach-dev", "attach", "dev", "us-east-1", "network-dev", "hub-us", other=("network",)),
        ]
    )


def test_no_term_selects_every_stack(graph: StackGraph):
    assert set(select(graph, [])) == set(graph.stacks)


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        (["network-dev"], {"network-dev"}),
        (["network-*"], {"network-dev", "network-prod"}),
        (["account:dev"], {"network-dev", "attach-dev"}),
        (["account:network"], {"hub-us", "attach-dev"}),
        (["region:eu-west-1"], {"network-prod"}),
        (["kind:attach"], {"attach-dev"}),
        (["+attach-dev"], {"attach-dev", "network-dev", "hub-us", "archive"}),
        (["hub-us+"], {"hub-us", "attach-dev"}),
        (["+network-dev+"], {"archive", "network-dev", "attach-dev"}),
        (["network-prod,hub-us", "archive"], {"network-prod", "hub-us", "archive"}),
    ],
)
def test_a_term_selects(graph: StackGraph, terms: list[str], expected: set[str]):
    assert set(select(graph, terms)) == expected


def test_the_selection_keeps_dependency_order(graph: StackGraph):
    assert select(graph, ["attach-dev", "archive"]) == ("archive", "attach-dev")


def test_every_term_that_matches_nothing_is_named_with_a_near_miss(graph: StackGraph):
    with pytest.raises(BadInputError) as caught:
        select(graph, ["netwrk-dev", "hub-us", "kind:nothing"])
    values = {finding.value: finding.remedy for finding in caught.value.findings}
    assert values.keys() == {"netwrk-dev", "kind:nothing"}
    assert "network-dev" in values["netwrk-dev"]


def test_a_glob_does_not_name_a_stack_letter_by_letter(graph: StackGraph):
    assert exact_names(graph, ["network-*", "hub-us", "account:dev"]) == {"hub-us"}
