"""Reading a fleet file: everything found at once, and nothing but a fleet or findings."""

from __future__ import annotations

from pathlib import Path

import pytest

from securecart.config.loader import check, load_fleet
from securecart.config.model import Nat, Peering, Tier
from securecart.errors import BadInputError


def test_the_default_fleet_has_no_findings(default_fleet: Path) -> None:
    checked = check(default_fleet)
    assert checked.findings == ()
    assert checked.fleet is not None


def test_the_default_fleet_is_what_its_file_says(default_fleet: Path) -> None:
    fleet = load_fleet(default_fleet)
    assert list(fleet.networks) == ["dev", "staging", "prod", "prod-eu", "payments"]
    assert str(fleet.networks["prod"].cidr) == "10.30.0.0/16"
    assert fleet.networks["prod"].nat is Nat.PER_AZ
    assert fleet.networks["payments"].tiers == (Tier.PRIVATE, Tier.DATABASE)
    assert isinstance(fleet.connections["prod-payments"], Peering)
    assert list(fleet.connections)[:2] == ["dev", "staging"]


def test_the_sound_fleet_of_these_tests_has_no_findings(judged, edited) -> None:
    checked = judged(edited())
    assert checked.findings == ()
    assert checked.fleet is not None


def test_all_problems_come_at_once_in_the_order_of_the_file(tmp_path: Path, edited) -> None:
    path = tmp_path / "fleet.yaml"
    text = edited(
        ("supernet: 10.0.0.0/8", "supernet: 10.0.0.0/8\ncolour: red"),
        ("10.40.0.0/16", "10.30.0.0/20"),
        ("nat: per-az", "nat: single"),
        ("ports: [443]", "ports: [0]"),
    )
    path.write_text(text)
    with pytest.raises(BadInputError, match="has 4 problems") as refused:
        load_fleet(path)
    findings = refused.value.findings
    assert [finding.rule for finding in findings] == [
        "unknown-key",
        "nat-per-az-in-prod",
        "cidr-overlap",
        "out-of-bounds",
    ]
    assert [finding.line for finding in findings] == sorted(finding.line for finding in findings)
    assert {finding.file for finding in findings} == {str(path)}


def test_a_finding_has_file_line_key_path_value_rule_and_remedy(judged, edited) -> None:
    (finding,) = judged(edited(("cidr: 10.40.0.0/16", "cidr: 10.30.0.0/20"))).findings
    assert finding.file == "fleet.yaml"
    assert finding.line == 36
    assert finding.subject == "networks.payments.cidr"
    assert finding.value == "10.30.0.0/20"
    assert finding.rule == "cidr-overlap"
    assert finding.remedy == "give one of them another block"
    assert "networks.prod.cidr, line 26" in finding.message


def test_a_list_at_fault_is_shown_as_value(judged, edited) -> None:
    (finding,) = judged(edited(("tiers: [private, database]", "tiers: [public, database]"))).findings[:1]
    assert (finding.rule, finding.value) == ("tiers", "[public, database]")


def test_a_long_value_is_cut(judged, edited) -> None:
    (finding,) = judged(edited(("external_id: shop-dev", f"external_id: {'x' * 2000}"))).findings
    assert finding.value.endswith("...")
    assert len(finding.value) == 80


def test_a_password_in_a_value_is_blanked(judged, edited) -> None:
    (finding,) = judged(edited(("s3://state", "ftp://me:hunter2@host/state"))).findings
    assert finding.rule == "target-scheme"
    assert "hunter2" not in str(finding)


UNREADABLE = [
    ("missing", lambda path: None, 0, "No such file"),
    ("a folder", lambda path: path.mkdir(), 0, "directory"),
    ("not UTF-8", lambda path: path.write_bytes(b"name: x\nregion: \xff\n"), 2, "UTF-8"),
]


@pytest.mark.parametrize("case", UNREADABLE, ids=[case[0] for case in UNREADABLE])
def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path, case) -> None:
    _, prepare, line, words = case
    path = tmp_path / "fleet.yaml"
    prepare(path)
    with pytest.raises(BadInputError, match=r"fleet\.yaml") as refused:
        load_fleet(path)
    (finding,) = refused.value.findings
    assert (finding.rule, finding.file, finding.line) == ("file-unreadable", str(path), line)
    assert words in finding.message
    assert finding.remedy


def test_a_file_with_a_byte_order_mark_and_windows_line_ends_is_read(tmp_path: Path, edited) -> None:
    path = tmp_path / "fleet.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + edited().replace("\n", "\r\n").encode())
    assert load_fleet(path).name == "shop"


def test_a_warning_stops_nothing(tmp_path: Path, edited) -> None:
    path = tmp_path / "fleet.yaml"
    zones = "azs: [us-east-1a, us-east-1b, us-east-1c, us-east-1d, us-east-1e, us-east-1f]"
    path.write_text(edited(("azs: [us-east-1a, us-east-1b, us-east-1c]", zones)))
    assert load_fleet(path).name == "shop"
    assert [(finding.rule, finding.mandatory) for finding in check(path).findings] == [("quota-elastic-ips", False)]


def test_one_problem_is_counted_in_the_singular(tmp_path: Path, edited) -> None:
    path = tmp_path / "fleet.yaml"
    path.write_text(edited(("nat: per-az", "nat: single")))
    with pytest.raises(BadInputError, match="has 1 problem;"):
        load_fleet(path)
