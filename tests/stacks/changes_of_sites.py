"""Changes of what other sites reach: offices by VPN, partners by Direct Connect."""

from tests.stacks.change import LINKS, OFFICES, Change, Document


def _add_office_below(file: Document) -> None:
    device = {"ip_address": "203.0.113.20", "bgp_asn": 65020}
    office = {**file["vpns"]["office"], "customer_gateway": device, "cidrs": ["192.168.101.0/24"]}
    file["vpns"]["second"] = office


def _add_office_above(file: Document) -> None:
    _add_office_below(file)
    file["vpns"] = dict(reversed(file["vpns"].items()))


OF_SITES = (
    Change(
        "address of an office's device",
        lambda file: file["vpns"]["office"]["customer_gateway"].update(ip_address="203.0.113.99"),
        changed=OFFICES,
    ),
    Change(
        "block of an office",
        lambda file: file["vpns"]["office"].update(cidrs=["192.168.200.0/24"]),
        changed=OFFICES,
    ),
    Change(
        "a further port of an office, which takes the number of the next site's entry",
        lambda file: file["vpns"]["office"]["reaches"][0].update(ports=[443, 8443]),
        changed={*OFFICES, *LINKS},
    ),
    Change("a network less of an office", lambda file: file["vpns"]["office"]["reaches"].pop(), changed=OFFICES),
    Change("an office below the others", _add_office_below, changed=LINKS, added={"vpn-second"}),
    Change(
        "an office above, whose entries come first",
        _add_office_above,
        changed={*OFFICES, *LINKS},
        added={"vpn-second"},
    ),
    Change("no office", lambda file: file["vpns"].clear(), changed=LINKS, removed=OFFICES),
    Change("VLAN of a link", lambda file: file["direct_connects"]["logistics"].update(vlan=102), changed=LINKS),
    Change(
        "a network less behind a link",
        lambda file: file["direct_connects"]["logistics"].update(networks=["prod", "prod-eu"]),
        changed=LINKS,
    ),
    Change(
        "a link without failover",
        lambda file: file["direct_connects"]["logistics"].pop("failover"),
        changed=LINKS,
    ),
    Change("no link", lambda file: file["direct_connects"].clear(), removed=LINKS),
)
"""Changes of sites beyond AWS."""
