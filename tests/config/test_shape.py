"""What is wrong with single objects of the fleet.

Each case: name, changes to the sound fleet, rule, key path. The line expected ends in ``# HERE``.
"""

from __future__ import annotations

import json
import re

import pytest

from securecart.config.model import Fleet
from securecart.config.words import PATTERNS

CASES: list[tuple[str, list[tuple[str, str]], str, str]] = [
    (
        "unknown key of a rule in a list",
        [("cidr: 192.0.2.0/24, description: mail}", "cidrs: 192.0.2.0/24, description: mail} # HERE")],
        "unknown-key",
        "networks.prod.security_group_rules[0].cidrs",
    ),
    (
        "missing key of a rule in a list",
        [("cidr: 192.0.2.0/24, description: mail}", "cidr: 192.0.2.0/24} # HERE")],
        "missing-key",
        "networks.prod.security_group_rules[0].description",
    ),
    ("unknown key", [("    nat: single", "    natt: single # HERE")], "unknown-key", "networks.dev.natt"),
    ("unknown top key", [("name: shop", "nam: shop # HERE")], "unknown-key", "nam"),
    (
        "unknown key of a connection",
        [("ports: [443]", "prots: [443] # HERE")],
        "unknown-key",
        "connections.pay.prots",
    ),
    (
        "unknown key of a nested object",
        [("{network: prod, tiers: [private]}", "{network: prod, teirs: [private]} # HERE")],
        "unknown-key",
        "connections.pay.requester.teirs",
    ),
    (
        "missing key",
        [("  dev:\n    account", "  dev: # HERE\n    account"), ("    cidr: 10.10.0.0/16\n", "")],
        "missing-key",
        "networks.dev.cidr",
    ),
    (
        "missing top key",
        [("home_region: us-east-1\n", ""), ("name: shop", "name: shop # HERE")],
        "missing-key",
        "home_region",
    ),
    ("key without value", [("cidr: 10.10.0.0/16", "cidr: # HERE")], "missing-key", "networks.dev.cidr"),
    (
        "missing kind",
        [
            ("dev: {kind: attachment, network: dev", "dev: {network: dev"),
            ("segment: dev}", "segment: dev} # HERE"),
        ],
        "missing-key",
        "connections.dev.kind",
    ),
    (
        "account without role",
        [
            (
                '"210000000002", role: Deploy, external_id: shop-dev}',
                '"210000000002", external_id: shop-dev} # HERE',
            )
        ],
        "account-without-role",
        "accounts.dev.role",
    ),
    (
        "role without value",
        [
            (
                '"210000000002", role: Deploy, external_id: shop-dev}',
                '"210000000002", role: , external_id: shop-dev} # HERE',
            )
        ],
        "account-without-role",
        "accounts.dev.role",
    ),
    (
        "role as ARN",
        [
            (
                "role: Deploy, external_id: shop-dev}",
                "role: 'arn:aws:iam::1:role/x', external_id: shop-dev} # HERE",
            )
        ],
        "malformed",
        "accounts.dev.role",
    ),
    (
        "unquoted account id",
        [
            (
                '{id: "210000000002", role: Deploy, external_id: shop-dev}',
                "{id: 012345678901, role: Deploy, external_id: shop-dev} # HERE",
            )
        ],
        "account-id-unquoted",
        "accounts.dev.id",
    ),
    (
        "short account id",
        [
            (
                '"210000000002", role: Deploy, external_id: shop-dev}',
                '"2100", role: Deploy, external_id: shop-dev} # HERE',
            )
        ],
        "malformed",
        "accounts.dev.id",
    ),
    (
        "text for a number",
        [("retention_days: 400}", 'retention_days: "400"} # HERE')],
        "wrong-type",
        "log_archive.retention_days",
    ),
    (
        "boolean for a number",
        [("retention_days: 400}", "retention_days: true} # HERE")],
        "wrong-type",
        "log_archive.retention_days",
    ),
    (
        "text for a boolean",
        [("    nat: single", "    nat: single\n    protected: yes # HERE")],
        "wrong-type",
        "networks.dev.protected",
    ),
    (
        "text for a list",
        [("tiers: [private, database]", "tiers: private # HERE")],
        "wrong-type",
        "networks.payments.tiers",
    ),
    (
        "text for an object",
        [("log_archive: {account: network, retention_days: 400}", "log_archive: network # HERE")],
        "wrong-type",
        "log_archive",
    ),
    (
        "number for text",
        [("region: us-east-1\n    environment: dev", "region: 1 # HERE\n    environment: dev")],
        "wrong-type",
        "networks.dev.region",
    ),
    (
        "number below its bound",
        [("retention_days: 400}", "retention_days: 1} # HERE")],
        "out-of-bounds",
        "log_archive.retention_days",
    ),
    (
        "number above its bound",
        [("ports: [443]", "ports: [70000] # HERE")],
        "out-of-bounds",
        "connections.pay.ports[0]",
    ),
    (
        "too short text",
        [("external_id: shop-dev}", "external_id: x} # HERE")],
        "out-of-bounds",
        "accounts.dev.external_id",
    ),
    (
        "too long text",
        [("external_id: shop-dev}", f"external_id: {'x' * 1225}}} # HERE")],
        "out-of-bounds",
        "accounts.dev.external_id",
    ),
    (
        "empty list",
        [("segments: [prod]}\nnetworks", "segments: []} # HERE\nnetworks")],
        "out-of-bounds",
        "hubs.eu.segments",
    ),
    ("wrong choice", [("nat: single", "nat: sngle # HERE")], "not-a-choice", "networks.dev.nat"),
    (
        "wrong kind",
        [
            (
                "hubs: {kind: hub-peering, requester: us, accepter: eu, segments: [prod]}",
                "hubs: {kind: hub, requester: us, accepter: eu, segments: [prod]} # HERE",
            )
        ],
        "not-a-choice",
        "connections.hubs.kind",
    ),
    (
        "malformed region",
        [("home_region: us-east-1", "home_region: America # HERE")],
        "malformed",
        "home_region",
    ),
    ("malformed name", [("  pay:\n", "  Pay_1: # HERE\n")], "name-malformed", "connections.Pay_1"),
    (
        "malformed stack name",
        [("nat: single", "nat: single\n    after: [a b] # HERE")],
        "malformed",
        "networks.dev.after[0]",
    ),
    (
        "unpaired surrogate",
        [("external_id: shop-dev}", 'external_id: "x\\ud800"} # HERE')],
        "malformed",
        "accounts.dev",
    ),
    (
        "malformed CIDR",
        [("cidr: 10.10.0.0/16", "cidr: 10.10/16 # HERE")],
        "cidr-malformed",
        "networks.dev.cidr",
    ),
    (
        "IPv6 CIDR",
        [("cidr: 10.10.0.0/16", "cidr: '2001:db8::/56' # HERE")],
        "cidr-malformed",
        "networks.dev.cidr",
    ),
    (
        "host bits",
        [("cidr: 10.10.0.0/16", "cidr: 10.10.4.0/16 # HERE")],
        "cidr-host-bits",
        "networks.dev.cidr",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=[case[0] for case in CASES])
def test_bad_input_is_refused_with_rule_key_path_and_line(refused, case) -> None:
    _, changes, rule, subject = case
    refused(changes, rule, subject)


def test_the_message_is_in_the_words_of_the_fleet_file(judged, edited) -> None:
    for _, changes, _, _ in CASES:
        for finding in judged(edited(*changes)).findings:
            assert not re.search(r"Input|validation|extra_|_type|Tuple|discriminator", str(finding)), str(finding)


def test_every_pattern_of_the_model_has_words() -> None:
    schema = json.dumps(Fleet.model_json_schema())
    patterns = {json.loads(f'"{pattern}"') for pattern in re.findall(r'"pattern": "((?:[^"\\]|\\.)*)"', schema)}
    assert patterns
    assert patterns <= PATTERNS.keys()


MESSAGES = [
    ("a close match", ("nat: single", "natt: single"), "networks.dev.natt", "did you mean nat?"),
    ("the close choice", ("nat: single", "nat: sngle"), "networks.dev.nat", "did you mean single?"),
    ("all choices", ("nat: single", "nat: 7"), "networks.dev.nat", "known: none, per-az, single"),
    (
        "the boolean",
        ("nat: single", "nat: single\n    protected: no"),
        "networks.dev.protected",
        "write false",
    ),
    (
        "the whole block",
        ("cidr: 10.10.0.0/16", "cidr: 10.10.4.0/16"),
        "networks.dev.cidr",
        "write 10.10.0.0/16",
    ),
    ("the quotes", ("external_id: shop-dev", "external_id: 17"), "accounts.dev.external_id", '"17"'),
    (
        "the bare number",
        ("retention_days: 400", "retention_days: '400'"),
        "log_archive.retention_days",
        "write 400",
    ),
    ("the quoted id", ('id: "210000000002"', "id: 012345678901"), "accounts.dev.id", 'id: "012345678901"'),
]


@pytest.mark.parametrize("case", MESSAGES, ids=[case[0] for case in MESSAGES])
def test_the_remedy_names(judged, edited, case) -> None:
    _, change, subject, remedy = case
    found = [finding for finding in judged(edited(change)).findings if finding.subject == subject]
    assert len(found) == 1
    assert remedy in found[0].remedy


def test_an_unknown_key_hides_no_overlap_of_other_networks(judged, edited) -> None:
    checked = judged(edited(("    nat: single", "    natt: single"), ("10.40.0.0/16", "10.30.0.0/20")))
    assert {finding.rule for finding in checked.findings} == {"unknown-key", "cidr-overlap"}


def test_an_unknown_key_hides_no_overlap_of_its_own_network(judged, edited) -> None:
    checked = judged(edited(("    nat: single", "    natt: single"), ("10.40.0.0/16", "10.10.0.0/20")))
    assert {finding.rule for finding in checked.findings} == {"unknown-key", "cidr-overlap"}


def test_a_reference_to_a_broken_object_is_not_called_unknown(judged, edited) -> None:
    checked = judged(edited(("    cidr: 10.10.0.0/16", "    cidr: nonsense")))
    assert [finding.rule for finding in checked.findings] == ["cidr-malformed"]


def test_references_into_a_section_that_cannot_be_read_are_not_called_unknown(judged, edited) -> None:
    broken = edited(('accounts:\n  network: {id: "210000000001"', 'accounts: [\n  {network: {id: "210000000001"'))
    text = re.sub(r"^  (dev|prod|payments): (\{id.*)$", r"  {\1: \2},", broken, flags=re.MULTILINE)
    text = text.replace("external_id: shop-network}", "external_id: shop-network}},").replace(
        "\nlog_archive", "]\nlog_archive"
    )
    assert {(finding.rule, finding.subject) for finding in judged(text).findings} == {("wrong-type", "accounts")}


def test_a_value_wrong_by_itself_is_reported_once(judged, edited) -> None:
    checked = judged(edited(("profile: payments", "profile: paymnts")))
    assert [finding.rule for finding in checked.findings] == ["not-a-choice"]


@pytest.mark.parametrize("text", ["just words", "- a\n- b\n", "42"])
def test_a_file_that_holds_no_mapping_is_refused(judged, text: str) -> None:
    assert [finding.rule for finding in judged(text).findings] == ["wrong-type"]


def test_an_empty_section_that_needs_an_object_is_refused(judged, edited) -> None:
    text = edited(("  sandbox: {kind: sandbox}\n", ""), ("targets:\n", "targets: {}\n"))
    text = re.sub(r"^  aws: .*\n", "", text, flags=re.MULTILINE)
    assert {(finding.rule, finding.subject) for finding in judged(text).findings} == {
        ("out-of-bounds", "targets"),
        ("target-exists", "default_target"),
    }
