"""The tables of what changes mean, against the installed pulumi_aws and the components."""

import ast
import re
from pathlib import Path

import pytest

from securecart.report.plan_vocabulary import TABLES, VOCABULARY
from securecart.report.plan_vocabulary.effect import ANY_PROPERTY, Effect, Severity, TypeWords
from tests.report import pulumi_aws_types

COMPONENTS = Path(__file__).resolve().parents[3] / "platform" / "securecart" / "components"


def effects(words: TypeWords) -> list[Effect]:
    return [words.replace, words.delete, *words.update.values()]


def used_by_components() -> set[str]:
    """Types that components create, for example ``ec2.Vpc``, found by the capital letter of a called attribute."""
    calls = [
        node.func
        for path in COMPONENTS.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name)
    ]
    classes = {f"{call.value.id}:{call.attr}" for call in calls if call.attr[0].isupper()}
    return {token for token in pulumi_aws_types.tokens() if re.sub(r"aws:(\w+)/\w+:", r"\1:", token) in classes}


def test_the_installed_package_has_every_type_of_the_tables():
    assert len(pulumi_aws_types.tokens()) > 1000
    assert VOCABULARY.keys() - pulumi_aws_types.tokens() == set()


@pytest.mark.parametrize("token", sorted(VOCABULARY))
def test_every_property_whose_update_is_told_exists(token):
    named = {pulumi_aws_types.snake(name) for name in VOCABULARY[token].update if name != ANY_PROPERTY}
    assert named <= pulumi_aws_types.properties(token)


def test_every_type_that_components_create_has_a_row():
    used = used_by_components()
    assert {"aws:ec2/vpc:Vpc", "aws:s3/bucketPolicy:BucketPolicy"} <= used
    assert used - VOCABULARY.keys() == set()


def test_no_type_is_in_two_tables():
    assert sum(map(len, TABLES)) == len(VOCABULARY)


def test_every_effect_is_the_second_half_of_a_sentence():
    for token, words in VOCABULARY.items():
        assert words.noun, token
        for effect in effects(words):
            assert effect.words, token
            assert not effect.words.endswith((".", ";", ":")), token


def test_nothing_that_keeps_data_is_deleted_without_saying_so():
    for token in (
        "aws:s3/bucket:Bucket",
        "aws:kms/key:Key",
        "aws:rds/instance:Instance",
        "aws:rds/cluster:Cluster",
        "aws:dynamodb/table:Table",
        "aws:cognito/userPool:UserPool",
        "aws:cloudwatch/logGroup:LogGroup",
        "aws:backup/vault:Vault",
    ):
        assert VOCABULARY[token].delete.severity is Severity.DATA_LOST, token
        assert VOCABULARY[token].replace.severity is Severity.DATA_LOST, token


def test_severities_sort_from_lost_data_to_nothing_and_have_words():
    assert sorted(Severity) == [
        Severity.DATA_LOST,
        Severity.TRAFFIC_STOPS,
        Severity.ACCESS_LOST,
        Severity.PROTECTION_LOST,
        Severity.INTERRUPTION,
        Severity.NONE,
    ]
    assert len({severity.words for severity in Severity}) == len(Severity)
