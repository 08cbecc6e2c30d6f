"""Actions and conditions of listeners, there and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from securecart.errors import SandboxError
from securecart.sandbox.types.lb_actions import (
    actions_from_aws,
    actions_to_aws,
    conditions_from_aws,
    conditions_to_aws,
    same_actions,
)

_TEXT = st.text(alphabet="abc/*", min_size=1, max_size=5)
_GROUPS = st.lists(
    st.fixed_dictionaries({"arn": _TEXT, "weight": st.integers(0, 999)}),
    min_size=2,
    max_size=5,
    unique_by=lambda g: g["arn"],
)
_FORWARDS = st.builds(
    lambda groups, seconds: {
        "type": "forward",
        "forward": {"targetGroups": groups, "stickiness": {"duration": seconds, "enabled": True}},
    },
    _GROUPS,
    st.integers(1, 604_800),
)
_REDIRECTS = st.builds(
    lambda path, code: {"type": "redirect", "redirect": {"path": path, "statusCode": code}},
    _TEXT,
    st.sampled_from(["HTTP_301", "HTTP_302"]),
)
_SINGLE = st.builds(lambda arn: {"type": "forward", "targetGroupArn": arn}, _TEXT)
_CONDITIONS = st.one_of(
    st.builds(lambda values: {"pathPattern": {"values": values}}, st.lists(_TEXT, min_size=1)),
    st.builds(lambda values: {"hostHeader": {"values": values}}, st.lists(_TEXT, min_size=1)),
    st.builds(lambda key, value: {"queryStrings": [{"key": key, "value": value}]}, _TEXT, _TEXT),
    st.builds(lambda name: {"httpHeader": {"httpHeaderName": name, "values": ["1"]}}, _TEXT),
)


@given(st.lists(st.one_of(_FORWARDS, _REDIRECTS, _SINGLE), min_size=1, max_size=3))
def test_actions_come_back_as_they_went(actions):
    assert same_actions(actions_from_aws(actions_to_aws(actions))) == same_actions(actions)


@given(st.lists(_CONDITIONS, min_size=1, max_size=4))
def test_conditions_come_back_as_they_went(conditions):
    assert conditions_from_aws(conditions_to_aws(conditions)) == conditions


def test_a_redirect_says_what_it_keeps_of_the_request():
    [sent] = actions_to_aws([{"type": "redirect", "redirect": {"protocol": "HTTPS", "statusCode": "HTTP_301"}}])
    assert sent["RedirectConfig"]["Protocol"] == "HTTPS"
    assert sent["RedirectConfig"]["Host"] == "#{host}"
    assert sent["RedirectConfig"]["Path"] == "/#{path}"


def test_another_target_group_is_another_action():
    one, other = ([{"type": "forward", "targetGroupArn": arn}] for arn in ("a", "b"))
    assert same_actions(one) != same_actions(other)


def test_an_action_that_the_sandbox_does_not_realise_is_refused():
    with pytest.raises(SandboxError, match="authenticate-cognito"):
        actions_to_aws([{"type": "authenticate-cognito"}])
