from __future__ import annotations

import pytest
from moto.ec2.exceptions import EC2ClientError

from securecart.errors import SandboxError
from securecart.sandbox.moto_extensions.shares import covers
from securecart.sandbox.moto_extensions.support import extend, select

TAGS = {"red apple": {"Kind": "fruit", "Colour": "red"}, "leek": {"Kind": "vegetable"}, "plum": {}}


def chosen(**filters: list[str]) -> list[str]:
    asked = {name.replace("__", ":").replace("_", "-"): values for name, values in filters.items()}
    return select(
        TAGS,
        asked,
        {"name": lambda item: item, "letters": lambda item: list(item)},
        lambda item: [{"Key": key, "Value": value} for key, value in TAGS[item].items()],
    )


def test_without_filters_everything_is_selected() -> None:
    assert chosen() == list(TAGS)


def test_one_of_a_filters_values_is_enough_and_every_filter_counts() -> None:
    assert chosen(name=["leek", "plum"]) == ["leek", "plum"]
    assert chosen(name=["leek", "plum"], letters=["p"]) == ["plum"]
    assert chosen(name=["leek"], letters=["p"]) == []


def test_values_have_wildcards() -> None:
    assert chosen(name=["red*"]) == ["red apple"]
    assert chosen(name=["?eek"]) == ["leek"]


def test_tags_are_selected_by_key_or_by_value() -> None:
    assert chosen(tag_key=["Colour"]) == ["red apple"]
    assert chosen(tag__Kind=["vegetable"]) == ["leek"]
    assert chosen(tag__Colour=["*"]) == ["red apple"]


def test_a_filter_that_the_operation_lacks_is_refused_even_with_nothing_to_filter() -> None:
    with pytest.raises(EC2ClientError, match="The filter 'size' is invalid"):
        select([], {"size": ["1"]}, {}, lambda item: [])


@pytest.mark.parametrize(
    ("principal", "covered"),
    [
        ("111111111111", True),
        ("arn:aws:iam::111111111111:root", True),
        ("arn:aws:organizations::999999999999:organization/o-abc123", True),
        ("222222222222", False),
        ("arn:aws:iam::222222222222:root", False),
        ("arn:aws:iam::111111111111:role/reader", False),
        ("arn:aws:organizations::999999999999:ou/o-abc123/ou-abcd-12345678", False),
    ],
)
def test_a_share_covers_the_accounts_that_its_principal_includes(principal: str, covered: bool) -> None:
    assert covers(principal, "111111111111") is covered


def test_two_extensions_cannot_give_a_class_the_same_method() -> None:
    class Responses:
        pass

    def extension(module: str) -> type:
        def describe(self: object) -> str:
            return module

        describe.__module__ = f"securecart.sandbox.moto_extensions.{module}"
        return type("_Responses", (), {"describe": describe})

    extend(Responses, extension("one"))
    extend(Responses, extension("one"))
    with pytest.raises(SandboxError, match="two extensions give Responses a method 'describe'"):
        extend(Responses, extension("other"))
    assert Responses().describe() == "one"
