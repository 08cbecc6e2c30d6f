"""The table of rules between objects."""

from __future__ import annotations

import re

from securecart.components.security_group_table import COMPONENT_TIERS, TABLES
from securecart.config.model import Profile
from securecart.config.rules import RULES
from securecart.config.rules.base import repeated
from securecart.config.rules.security_groups import GROUPS


def test_rules_have_distinct_ids_a_statement_and_a_remedy() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)
    for rule in RULES:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule.id)
        assert rule.statement.endswith(".")
        assert rule.remedy


def test_the_groups_that_extra_rules_may_name_are_those_that_the_components_create() -> None:
    for profile in Profile:
        created = {row.component for row in TABLES[profile]}
        assert GROUPS[profile] == {component: COMPONENT_TIERS[component] for component in created}


def test_repeated_values_are_paired_with_their_first_place() -> None:
    assert repeated("abcab") == [(0, 3), (1, 4)]
    assert repeated("abc") == []
