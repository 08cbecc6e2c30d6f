"""docs/systems.md: what it names exists, and the rules of a row are exactly those that the page gives."""

import re
from fnmatch import fnmatch
from pathlib import Path

import pytest

from policies.rules import ALL_RULES
from securecart.config.loader import load_fleet
from securecart.config.model import Fleet, Shield
from stacks import stack_specs

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "systems.md"
COMPONENTS = ROOT / "platform" / "securecart" / "components"
ROWS = [
    tuple(cell.strip() for cell in line.strip("|").split("|"))
    for line in PAGE.read_text(encoding="utf-8").splitlines()
    if re.match(r"\| [CNX][0-9] \|", line)
]


def named(cell: str) -> list[str]:
    """Return what a cell names, in backquotes."""
    found = re.findall(r"`([^`]+)`", cell)
    assert found, f"nothing is named in {cell!r}"
    return found


def row_id(row: tuple[str, ...]) -> str:
    return row[0]


@pytest.fixture(scope="module")
def fleet() -> Fleet:
    """The default fleet with everything that it can switch on."""
    return load_fleet(ROOT / "stacks" / "fleet.yaml").model_copy(update={"shield": Shield(advanced=True)})


def test_every_row_of_the_network_of_connectivity_and_of_the_edge_has_a_line():
    assert [row[0] for row in ROWS] == [
        *(f"N{number}" for number in range(1, 8)),
        *(f"C{number}" for number in range(1, 7)),
        *(f"X{number}" for number in range(1, 7)),
    ]


@pytest.mark.parametrize("row", ROWS, ids=row_id)
def test_components_and_tests_exist(row):
    components, tests = named(row[2]), named(row[5])
    assert [name for name in components if not (COMPONENTS / f"{name}.py").is_file()] == []
    assert [name for name in tests if not (ROOT / "tests" / name).is_file()] == []


@pytest.mark.parametrize("row", ROWS, ids=row_id)
def test_each_stack_is_one_that_the_fleet_has(row, fleet):
    stacks = [spec.name for spec in stack_specs(fleet)]
    assert [name for name in named(row[3]) if not any(fnmatch(stack, name) for stack in stacks)] == []


@pytest.mark.parametrize("row", ROWS, ids=row_id)
def test_its_rules_are_those_that_name_the_row(row):
    patterns = named(row[4])
    of_row = {rule.id for rule in ALL_RULES if row[0] in rule.mission_row.split(", ")}
    assert of_row
    assert {rule for rule in of_row if not any(fnmatch(rule, pattern) for pattern in patterns)} == set()
    assert [pattern for pattern in patterns if not any(fnmatch(rule, pattern) for rule in of_row)] == []


def test_every_stack_of_the_fleet_is_in_some_line(fleet):
    patterns = [pattern for row in ROWS for pattern in named(row[3])]
    stacks = [spec.name for spec in stack_specs(fleet)]
    assert len(stacks) > 30
    assert [stack for stack in stacks if not any(fnmatch(stack, pattern) for pattern in patterns)] == []
