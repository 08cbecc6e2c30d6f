"""The graph of stacks in its four forms."""

import json

import pytest

from securecart.plan.graph import build_graph
from securecart.plan.stack import Ask, StackSpec
from securecart.report.graph import render


@pytest.fixture(name="graph")
def _graph():
    hub = StackSpec("hub-us", "hub", "us", "network", "us-east-1")
    attach = StackSpec("attach-dev", "attach", "dev", "dev", "us-east-1", asks=(Ask("hub", "hub-us", ("id",)),))
    return build_graph([attach, hub])


def test_text_lists_upstream_first_and_says_what_each_waits_for(graph):
    first, second = render(graph, list(graph.stacks), "text").splitlines()
    assert first.startswith("hub-us")
    assert second.split() == ["attach-dev", "dev/us-east-1", "after", "hub-us"]


def test_dot_and_mermaid_draw_an_arrow_from_what_is_needed(graph):
    assert '"hub-us" -> "attach-dev";' in render(graph, list(graph.stacks), "dot")
    assert "hub_us --> attach_dev" in render(graph, list(graph.stacks), "mermaid")


def test_json_says_which_outputs_are_asked(graph):
    stacks = {stack["name"]: stack for stack in json.loads(render(graph, list(graph.stacks), "json"))["stacks"]}
    assert stacks["attach-dev"]["asks"] == {"hub-us": ["id"]}
    assert stacks["attach-dev"]["depends_on"] == ["hub-us"]


def test_an_arrow_to_a_stack_that_is_not_selected_is_left_out(graph):
    assert render(graph, ["attach-dev"], "mermaid").count("-->") == 0
