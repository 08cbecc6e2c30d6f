"""Services offered by PrivateLink, and endpoints to partners', that cannot work or would connect too much.

Each case: name, changes to the two sections, rule, key path. The line expected ends in ``# HERE``.
"""

from __future__ import annotations

import pytest

from securecart.config.rules.privatelink import PRIVATELINK_RULES, SUFFIX_LENGTH
from securecart.limits import LimitName, limit

SECTIONS = """\
dns: {account: network, zone: shop.example}
endpoint_services:
  pay:
    network: payments
    private_dns_name: pay.shop.example
    consumers: [prod]
partner_endpoints:
  provider:
    network: payments
    service_name: com.amazonaws.vpce.us-east-1.vpce-svc-0c0ffee0c0ffee001
"""
OFFER = "  pay:\n    network: payments\n    private_dns_name: pay.shop.example\n    consumers: [prod]\n"
PARTNER = SECTIONS[SECTIONS.index("  provider:") :]
CONSUMERS = "    consumers: [prod]"
ROLE = "arn:aws:iam::999999999999:role/caller"
PROD = "arn:aws:iam::210000000004:root"

SERVICE, PAY = "endpoint_services", "endpoint_services.pay"
CASES: list[tuple[str, list[tuple[str, str]], str, str]] = [
    (
        "a service in no network",
        [("    network: payments\n    private", "    network: payment # HERE\n    private")],
        "privatelink-network-exists",
        f"{PAY}.network",
    ),
    (
        "a consumer that is no network",
        [(CONSUMERS, "    consumers: [prodd] # HERE")],
        "privatelink-network-exists",
        f"{PAY}.consumers[0]",
    ),
    (
        "a partner's endpoint in no network",
        [("    network: payments\n    service", "    network: payment # HERE\n    service")],
        "privatelink-network-exists",
        "partner_endpoints.provider.network",
    ),
    (
        "a service of an application",
        [
            (
                f"network: payments\n    private_dns_name: pay.shop.example\n{CONSUMERS}",
                "network: prod # HERE\n    private_dns_name: pay.shop.example",
            )
        ],
        "endpoint-service-profile",
        f"{PAY}.network",
    ),
    (
        "two services of a network",
        [
            (
                OFFER,
                f"{OFFER}  refunds:\n    network: payments # HERE\n    private_dns_name: refunds.shop.example\n",
            )
        ],
        "endpoint-service-unique",
        f"{SERVICE}.refunds.network",
    ),
    (
        "a consumer twice",
        [(CONSUMERS, "    consumers: [prod, prod] # HERE")],
        "endpoint-service-consumers",
        f"{PAY}.consumers[1]",
    ),
    (
        "its own consumer",
        [(CONSUMERS, "    consumers: [payments] # HERE")],
        "endpoint-service-consumers",
        f"{PAY}.consumers[0]",
    ),
    (
        "a consumer in another region",
        [
            (CONSUMERS, "    consumers: [prod] # HERE"),
            ("region: us-east-1\n    environment: prod", "region: eu-west-1\n    environment: prod"),
            ("[us-east-1a, us-east-1b, us-east-1c]", "[eu-west-1a, eu-west-1b, eu-west-1c]"),
        ],
        "endpoint-service-consumers",
        f"{PAY}.consumers[0]",
    ),
    (
        "a consumer in other zones",
        [
            (CONSUMERS, "    consumers: [prod] # HERE"),
            ("[us-east-1a, us-east-1b, us-east-1c]", "[us-east-1d, us-east-1e, us-east-1f]"),
        ],
        "endpoint-service-consumers",
        f"{PAY}.consumers[0]",
    ),
    (
        "dev as consumer",
        [(CONSUMERS, "    consumers: [dev] # HERE")],
        "endpoint-service-isolation",
        f"{PAY}.consumers[0]",
    ),
    (
        "a name of others",
        [("pay.shop.example", "pay.other.example # HERE")],
        "endpoint-service-name",
        f"{PAY}.private_dns_name",
    ),
    (
        "a name that only ends alike",
        [("pay.shop.example", "payshop.example # HERE")],
        "endpoint-service-name",
        f"{PAY}.private_dns_name",
    ),
    (
        "a principal twice",
        [(CONSUMERS, f'    allowed_principals: ["{ROLE}", "{ROLE}"] # HERE\n    clients: [172.16.0.0/24]')],
        "endpoint-service-principals",
        f"{PAY}.allowed_principals[1]",
    ),
    (
        "a consumer's account",
        [(CONSUMERS, f'{CONSUMERS}\n    allowed_principals: ["{PROD}"] # HERE\n    clients: [172.16.0.0/24]')],
        "endpoint-service-principals",
        f"{PAY}.allowed_principals[0]",
    ),
    (
        "a principal that calls from nowhere",
        [(CONSUMERS, f'    allowed_principals: ["{ROLE}"] # HERE')],
        "endpoint-service-clients",
        f"{PAY}.allowed_principals",
    ),
    (
        "clients of nobody",
        [(CONSUMERS, "    clients: [172.16.0.0/24] # HERE")],
        "endpoint-service-clients",
        f"{PAY}.clients",
    ),
    (
        "clients on the internet",
        [(CONSUMERS, f'    allowed_principals: ["{ROLE}"]\n    clients: [198.51.100.0/24] # HERE')],
        "endpoint-service-clients",
        f"{PAY}.clients[0]",
    ),
    (
        "clients in a network of the fleet",
        [(CONSUMERS, f'    allowed_principals: ["{ROLE}"]\n    clients: [10.10.8.0/24] # HERE')],
        "endpoint-service-clients",
        f"{PAY}.clients[0]",
    ),
    (
        "clients twice",
        [(CONSUMERS, f'    allowed_principals: ["{ROLE}"]\n    clients: [172.16.0.0/24, 172.16.0.0/24] # HERE')],
        "endpoint-service-clients",
        f"{PAY}.clients[1]",
    ),
    (
        "a long name",
        [("  pay:\n", f"  {'p' * 25}: # HERE\n")],
        "endpoint-service-name-length",
        f"{SERVICE}.{'p' * 25}",
    ),
    (
        "a partner in another region",
        [("vpce.us-east-1.vpce-svc-0c0ffee0c0ffee001", "vpce.eu-west-1.vpce-svc-0c0ffee0c0ffee001 # HERE")],
        "partner-endpoint-region",
        "partner_endpoints.provider.service_name",
    ),
    (
        "a partner twice",
        [(PARTNER, PARTNER + PARTNER.replace("provider", "again").replace("ee001", "ee001 # HERE"))],
        "partner-endpoint-unique",
        "partner_endpoints.again.service_name",
    ),
]


def sections(changes: list[tuple[str, str]]) -> tuple[list[tuple[str, str]], str]:
    """Return the changes of the rest of the file, and the two sections with those of their own."""
    text, others = SECTIONS, []
    for old, new in changes:
        assert text.count(old) <= 1, old
        others += [] if old in text else [(old, new)]
        text = text.replace(old, new)
    return others, text


@pytest.mark.parametrize(("changes", "rule", "subject"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_the_fleet_is_refused(refused, changes: list[tuple[str, str]], rule: str, subject: str) -> None:
    others, text = sections(changes)
    refused([*others, ("targets:\n", f"{text}targets:\n")], rule, subject)


def test_every_rule_has_a_case() -> None:
    assert {case[2] for case in CASES} >= {rule.id for rule in PRIVATELINK_RULES}


def test_services_both_ways_are_sound(judged, edited) -> None:
    others = f'{CONSUMERS}\n    allowed_principals: ["{ROLE}"]\n    clients: [10.99.0.0/16]'
    _, text = sections([(CONSUMERS, others)])
    checked = judged(edited(("targets:\n", f"{text}targets:\n")))
    assert checked.findings == ()
    assert checked.fleet.endpoint_services["pay"].consumers == ("prod",)
    assert checked.fleet.partner_endpoints["provider"].private_dns is True


@pytest.mark.parametrize("principal", ["*", "arn:aws:iam::*:root", "arn:aws:iam::999999999999:role/*"])
def test_no_principal_stands_for_many(judged, edited, principal: str) -> None:
    _, text = sections([(CONSUMERS, f'    allowed_principals: ["{principal}"]\n    clients: [172.16.0.0/24]')])
    found = judged(edited(("targets:\n", f"{text}targets:\n"))).findings
    assert ("malformed", f"{PAY}.allowed_principals[0]") in {(each.rule, each.subject) for each in found}


def test_the_longest_name_leaves_room_for_pulumis_suffix() -> None:
    assert limit(LimitName.LOAD_BALANCER_NAME_LENGTH).value == 24 + SUFFIX_LENGTH
