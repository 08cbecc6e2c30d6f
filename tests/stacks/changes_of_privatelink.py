"""Changes of what goes by PrivateLink: services that are offered, and partners'."""

from tests.stacks.change import OFFERS, PARTNERS, Change, Document

CALLER = {"allowed_principals": ["arn:aws:iam::999999999999:role/caller"], "clients": ["172.16.8.0/24"]}


def _offer(file: Document) -> Document:
    return file["endpoint_services"]["payments"]


def _add_partner(file: Document) -> None:
    name = "com.amazonaws.vpce.us-east-1.vpce-svc-0c0ffee0c0ffee002"
    file["partner_endpoints"]["other"] = {"network": "payments", "service_name": name}


OF_PRIVATELINK = (
    Change(
        "name of a service", lambda file: _offer(file).update(private_dns_name="pay.securecart.example"), changed=OFFERS
    ),
    Change("no consumers of a service", lambda file: _offer(file).update(consumers=[]), changed=OFFERS),
    Change("callers of others", lambda file: _offer(file).update(CALLER), changed=OFFERS),
    Change(
        "whether the network of a service is protected, and so its load balancer",
        lambda file: file["networks"]["payments"].update(protected=False),
        changed=OFFERS,
    ),
    Change("no service", lambda file: file["endpoint_services"].clear(), removed=OFFERS),
    Change(
        "private DNS of a partner's service",
        lambda file: file["partner_endpoints"]["payment-provider"].update(private_dns=False),
        changed=PARTNERS,
    ),
    Change("a further partner", _add_partner, added={"partner-endpoint-other"}),
    Change("no partner", lambda file: file["partner_endpoints"].clear(), removed=PARTNERS),
)
"""Changes that concern few stacks."""
