from __future__ import annotations

import re

import pytest

from securecart.setup import build, version
from securecart.setup.version import Version, parse, why_rejected


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("v3.259.0", Version(3, 259, 0)),
        ("3.272.1\n", Version(3, 272, 1)),
        ("v3.260.0+dirty", Version(3, 260, 0)),
    ],
)
def test_a_release_is_read_with_and_without_its_v(text: str, number: Version) -> None:
    assert parse(text) == number


@pytest.mark.parametrize("text", ["", "pulumi", "3.259", "v3.259.0-alpha.1", "3.259.0 extra", "v3.259.0.1"])
def test_what_is_no_release_is_not_read(text: str) -> None:
    assert parse(text) is None


@pytest.mark.parametrize("text", ["v3.259.0", "v3.259.1", "v3.260.0", "v3.1000.0", "3.999.999"])
def test_a_good_version_is_not_rejected(text: str) -> None:
    assert why_rejected(text) is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("v3.258.9", "version 3.258.9 is older than 3.259.0"),
        ("v2.400.0", "version 2.400.0 is older than 3.259.0"),
        ("v4.0.0", "version 4.0.0 is not below 4.0.0"),
        ("v3.259.0-dev.0", "its version 'v3.259.0-dev.0' is not that of a release"),
    ],
)
def test_a_rejection_names_the_version_and_the_bound(text: str, reason: str) -> None:
    assert (why_rejected(text) or "").startswith(reason)


def test_numbers_compare_as_numbers_and_print_as_folder_names() -> None:
    assert Version(3, 1000, 0) > Version(3, 259, 0)
    assert str(Version(3, 259, 0)) == "3.259.0"


def test_the_sources_to_build_are_those_of_the_proven_version() -> None:
    required = re.search(
        r"^require github.com/pulumi/pulumi/pkg/v3 v(\S+)$", (build.sources() / "go.mod").read_text(), re.M
    )
    assert required is not None
    assert required[1] == str(version.PROVEN)
