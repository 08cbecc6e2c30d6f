"""What is wrong with the text as YAML.

Each case: name, changes to the sound fleet, rule, key path. The line expected ends in ``# HERE``.
"""

from __future__ import annotations

import pytest

from securecart.config.document import LARGEST_TEXT, lookup, parse

CASES: list[tuple[str, list[tuple[str, str]], str, str]] = [
    ("duplicate key", [("name: shop\n", "name: shop\nname: shop # HERE\n")], "duplicate-key", "name"),
    ("merge key", [("  sandbox: {", "  <<: {} # HERE\n  sandbox: {")], "yaml-feature", "targets"),
    ("own tag", [("name: shop", "name: !secret shop # HERE")], "yaml-feature", "name"),
    ("list as key", [("  sandbox: {", "  [a]: {} # HERE\n  sandbox: {")], "yaml-feature", "targets"),
]


@pytest.mark.parametrize("case", CASES, ids=[case[0] for case in CASES])
def test_bad_input_is_refused_with_rule_key_path_and_line(refused, case) -> None:
    _, changes, rule, subject = case
    refused(changes, rule, subject)


SYNTAX = [
    ("an open list", "a: 1\nb: [1, 2\n", 3),
    ("a tab", "a:\n\tb: 1\n", 2),
    ("two documents", "a: 1\n---\nb: 2\n", 2),
    ("an unknown alias", "a: 1\nb: *nowhere\n", 2),
    ("a character that YAML does not allow", "a: 1\nb: \x00\n", 2),
    ("another version of YAML", "%YAML 3.0\n---\na: 1\n", 1),
]


@pytest.mark.parametrize(("text", "line"), [case[1:] for case in SYNTAX], ids=[case[0] for case in SYNTAX])
def test_what_is_not_yaml_is_refused_with_its_line(text: str, line: int) -> None:
    document = parse(text, "fleet.yaml")
    assert [(problem.rule, problem.line) for problem in document.problems] == [("yaml-syntax", line)]
    assert document.data is None


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "~\n", "---\n"])
def test_an_empty_file_is_refused(text: str) -> None:
    assert [problem.rule for problem in parse(text, "fleet.yaml").problems] == ["yaml-empty"]


def bomb() -> str:
    """Nine lists of nine aliases each: half a thousand million values."""
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]
    return "\n".join(lines)


BOUNDS = [
    ("aliases that expand without end", bomb()),
    ("an alias that holds itself", "a: &a [*a]"),
    ("deep nesting", "a: " + "[" * 60 + "]" * 60),
    ("brackets left open", "[" * 50_000),
    ("blocks nested deeper than the parser can go", "- " * 5_000),
    ("a huge file", "#" * (LARGEST_TEXT + 1)),
]


@pytest.mark.parametrize("text", [case[1] for case in BOUNDS], ids=[case[0] for case in BOUNDS])
def test_a_file_without_bounds_is_refused(text: str) -> None:
    document = parse(text, "fleet.yaml")
    assert [problem.rule for problem in document.problems] == ["yaml-bounds"]
    assert document.data is None


def test_scalars_are_what_yaml_1_2_says() -> None:
    text = "[yes, no, on, true, null, 012, 0o17, 0x1f, 1_000, 1.5, 2026-01-01, '1', -7]"
    assert parse(text, "f").data == [
        "yes", "no", "on", True, None, 12, 15, 31, 1000, 1.5, "2026-01-01", "1", -7
    ]  # fmt: skip


def test_a_number_too_long_to_be_one_stays_text() -> None:
    assert parse(f"a: {'1' * 5000}", "f").data == {"a": "1" * 5000}


def test_a_duplicate_key_names_both_lines_and_keeps_the_first_value() -> None:
    document = parse("a: 1\nb: 2\na: 3\n", "f")
    assert document.data == {"a": 1, "b": 2}
    assert "lines 1 and 3" in document.problems[0].message


def test_an_anchor_may_be_used_again() -> None:
    document = parse("a: &x {k: 1}\nb: *x\nc: &x 2\n", "f")
    assert document.data == {"a": {"k": 1}, "b": {"k": 1}, "c": 2}
    assert not document.problems


def test_lines_of_keys_and_values_are_known() -> None:
    document = parse("a:\n  b:\n    - x\n    - k: >\n        folded\n", "f")
    assert document.line(("a",)) == 1
    assert document.line(("a", "b")) == 2
    assert document.line(("a", "b", 0)) == 3
    assert document.line(("a", "b", 1, "k")) == 4
    assert document.line(("a", "b", "absent", "deeper")) == 2
    assert document.line(("absent",)) == 1


def test_a_scalar_keeps_how_it_was_written() -> None:
    assert parse("id: 012345678901", "f").text(("id",)) == "012345678901"
    assert parse("id: [1]", "f").text(("id",)) == ""


def test_a_value_is_looked_up_by_its_path() -> None:
    data = {"a": [{"b": 1}]}
    assert lookup(data, ("a", 0, "b")) == 1
    assert [lookup(data, path) for path in (("a", 1), ("a", "b"), ("c",), ("a", 0, "b", "c"))] == [None] * 4
