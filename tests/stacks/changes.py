"""Changes of the default fleet file, each with the stacks that it concerns."""

from tests.stacks.change import (
    ARCHIVES,
    ATTACHMENTS,
    BALANCERS,
    CERTIFICATES,
    DISTRIBUTIONS,
    ENDPOINTS,
    EVERYTHING,
    HUBS,
    LINKS,
    NETWORKS,
    OFFERS,
    OFFICES,
    PARTNERS,
    PEERINGS,
    ROUTING,
    ZONE,
    Change,
    Document,
)
from tests.stacks.changes_of_distributions import OF_DISTRIBUTIONS
from tests.stacks.changes_of_load_balancers import NO_ZONE, OF_LOAD_BALANCERS
from tests.stacks.changes_of_privatelink import OF_PRIVATELINK
from tests.stacks.changes_of_routing import OF_ROUTING
from tests.stacks.changes_of_sites import OF_SITES


def _account(ident: str) -> Document:
    return {"id": ident, "role": "SecureCartDeploy", "external_id": "securecart-qa"}


def _add_prod_network(file: Document) -> None:
    """A second prod network of the region, in an account that has a network, a log and an attachment there."""
    file["networks"]["prod-2"] = {**file["networks"]["prod"], "cidr": "10.50.0.0/16"}
    file["connections"]["prod-2"] = {**file["connections"]["prod"], "network": "prod-2"}


def _add_network_of_new_account(file: Document) -> None:
    """A second dev network of the region, in an account that has nothing there so far."""
    file["networks"]["tools"] = {**file["networks"]["dev"], "account": "security", "cidr": "10.50.0.0/16"}
    file["connections"]["tools"] = {**file["connections"]["dev"], "network": "tools"}


def _add_network_alone(file: Document) -> None:
    file["networks"]["dev-2"] = {**file["networks"]["dev"], "cidr": "10.50.0.0/16"}


def _add_peering_below(file: Document) -> None:
    side = {"network": "staging", "tiers": ["private"]}
    file["connections"]["staging-payments"] = {**file["connections"]["prod-payments"], "requester": side}


def _swap_peerings(file: Document) -> None:
    connections = file["connections"]
    connections["prod-payments"] = connections.pop("prod-payments")


def _turn(file: Document) -> None:
    """Turn orders that mean nothing to AWS; that of peerings gives their ACL entries numbers."""
    for part in ("accounts", "hubs", "networks", "targets"):
        file[part] = dict(reversed(file[part].items()))
    for network in file["networks"].values():
        network["azs"].reverse()
        network["tiers"] = network.get("tiers", ["public", "private", "database"])[::-1]
    for hub in file["hubs"].values():
        hub["segments"].reverse()
    peerings = {name: item for name, item in file["connections"].items() if item["kind"] == "peering"}
    others = {name: item for name, item in file["connections"].items() if name not in peerings}
    file["connections"] = {**peerings, **dict(reversed(others.items()))}


EXTRA_RULE = {
    "group": "alb",
    "direction": "egress",
    "from_port": 9000,
    "to_port": 9000,
    "cidr": "10.10.0.0/16",
    "description": "metrics",
}

NO_STACK = (
    Change("nothing", lambda file: None),
    Change("an account that nothing uses", lambda file: file["accounts"].update(qa=_account("210000000008"))),
    Change("an account that nothing works in", lambda file: file["accounts"]["security"].update(external_id="other")),
    Change("when a network's turn is", lambda file: file["networks"]["dev"].update(after=["network-staging"])),
    Change("when a hub's turn is", lambda file: file["hubs"]["us-east-1"].update(after=["network-payments"])),
    Change("whether a hub is protected", lambda file: file["hubs"]["us-east-1"].update(protected=True)),
    Change("targets", lambda file: file["targets"].pop("aws")),
    Change("a further region that nothing is in", lambda file: file["regions"].append("eu-central-1")),
    Change("order of the file", _turn),
)
"""Changes that concern no stack at all."""

WHOLE_FLEET = (
    Change("name of the fleet, a tag", lambda file: file.update(name="other"), changed=EVERYTHING),
    Change(
        "supernet, which every network's ACLs close", lambda file: file.update(supernet="10.0.0.0/9"), changed=NETWORKS
    ),
    Change(
        "home region, where the zone's stack is",
        lambda file: file.update(home_region="eu-west-1"),
        changed={*OFFERS, *ZONE, *CERTIFICATES, *BALANCERS, *DISTRIBUTIONS, *ROUTING},
    ),
)
"""Changes of what exists once."""

ACCOUNTS = (
    Change(
        "external id of a network's account",
        lambda file: file["accounts"]["dev"].update(external_id="other"),
        changed={"network-dev", "endpoints-dev", "attach-dev", "certificate-dev", "load-balancer-dev"},
    ),
    Change(
        "id of a network's account, which is let into archive and hub",
        lambda file: file["accounts"]["dev"].update(id="210000000012"),
        changed={
            *("network-dev", "endpoints-dev", "attach-dev", "hub-us-east-1", "log-archive-us-east-1"),
            *("certificate-dev", "load-balancer-dev"),
        },
    ),
    Change(
        "external id of an account with networks in two regions",
        lambda file: file["accounts"]["prod"].update(external_id="other"),
        changed={
            *("network-prod", "network-prod-eu", "endpoints-prod", "endpoints-prod-eu"),
            *("attach-prod", "attach-prod-eu", *PEERINGS, *OFFICES, *LINKS, *OFFERS),
            *("certificate-prod", "load-balancer-prod", "load-balancer-prod-eu", *DISTRIBUTIONS, "accelerator-shop"),
        },
    ),
    Change(
        "role in the account of hubs and zone",
        lambda file: file["accounts"]["network"].update(role="Other"),
        changed={
            *(*HUBS, *ATTACHMENTS, *OFFICES, *LINKS, "hub-peering-hubs"),
            *(*OFFERS, *ZONE, *CERTIFICATES, *BALANCERS, *DISTRIBUTIONS, *ROUTING),
        },
    ),
    Change(
        "id of the account of the hubs, which log too, and of the zone",
        lambda file: file["accounts"]["network"].update(id="210000000011"),
        changed={
            *(*HUBS, *ATTACHMENTS, *OFFICES, *LINKS, "hub-peering-hubs", *ARCHIVES),
            *(*OFFERS, *ZONE, *CERTIFICATES, *BALANCERS, *DISTRIBUTIONS, *ROUTING),
        },
    ),
    Change(
        "external id of the account at the end of both peerings",
        lambda file: file["accounts"]["payments"].update(external_id="other"),
        changed={"network-payments", "endpoints-payments", *PEERINGS, *LINKS, *OFFERS, *PARTNERS},
    ),
    Change(
        "id of the account of the log archive, to which endpoints let logs through",
        lambda file: file["accounts"]["log-archive"].update(id="210000000012"),
        changed={*ARCHIVES, *ENDPOINTS, *DISTRIBUTIONS},
    ),
    Change(
        "organization, whose principals endpoints let through",
        lambda file: file.update(organization_id="o-exampleorg1"),
        changed=ENDPOINTS,
    ),
    Change("days that logs are kept", lambda file: file["log_archive"].update(retention_days=500), changed=ARCHIVES),
)
"""Changes of accounts and of the log archive."""

OF_NETWORKS = (
    Change(
        "block of a network that no other reaches",
        lambda file: file["networks"]["dev"].update(cidr="10.50.0.0/16"),
        changed={"network-dev"},
    ),
    Change(
        "block of a network that others reach",
        lambda file: file["networks"]["prod"].update(cidr="10.50.0.0/16"),
        changed={
            *("network-prod", "attach-prod-eu", "hub-peering-hubs", "peering-prod-payments"),
            *(*OFFICES, *LINKS, *OFFERS),
        },
    ),
    Change(
        "block of a network that others reach, in the other region",
        lambda file: file["networks"]["prod-eu"].update(cidr="10.50.0.0/16"),
        changed={"network-prod-eu", "attach-prod", "hub-peering-hubs", "peering-prod-eu-payments", *LINKS},
    ),
    Change(
        "block of a network with two peerings",
        lambda file: file["networks"]["payments"].update(cidr="10.50.0.0/16"),
        changed={"network-payments", *PEERINGS, *LINKS},
    ),
    Change(
        "number of NAT gateways", lambda file: file["networks"]["prod"].update(nat="single"), changed={"network-prod"}
    ),
    Change("NAT at all", lambda file: file["networks"]["dev"].update(nat="none"), changed={"network-dev"}),
    Change(
        "a further zone of a network with an attachment",
        lambda file: file["networks"]["dev"]["azs"].append("us-east-1c"),
        changed={"network-dev", "endpoints-dev", "attach-dev", "load-balancer-dev"},
    ),
    Change(
        "a further zone of a network with two peerings",
        lambda file: file["networks"]["payments"]["azs"].append("us-east-1c"),
        changed={"network-payments", "endpoints-payments", *PEERINGS, *OFFERS, *PARTNERS},
    ),
    Change(
        "tiers beside the private one",
        lambda file: file["networks"]["staging"].update(tiers=["public", "private"]),
        changed={"network-staging"},
    ),
    Change(
        "an extra security group rule",
        lambda file: file["networks"]["dev"].update(security_group_rules=[EXTRA_RULE]),
        changed={"network-dev"},
    ),
    Change(
        "environment of a network, a tag",
        lambda file: file["networks"]["staging"].update(environment="dev"),
        changed={"network-staging", "endpoints-staging", "attach-staging", "load-balancer-staging"},
    ),
    Change(
        "services with an endpoint",
        lambda file: file["networks"]["dev"]["endpoints"].update(interface=["logs"]),
        changed={"endpoints-dev"},
    ),
    Change(
        "buckets that an endpoint lets through",
        lambda file: file["networks"]["dev"]["endpoints"].update(buckets=["elsewhere"]),
        changed={"endpoints-dev"},
    ),
    Change(
        "gateway endpoints of a network with NAT, whose replies are let in anyway",
        lambda file: file["networks"]["dev"]["endpoints"].update(gateway=[]),
        changed={"endpoints-dev"},
    ),
    Change(
        "gateway endpoints of a network without NAT, whose ACL lets their replies in",
        lambda file: file["networks"]["payments"]["endpoints"].update(gateway=[]),
        changed={"endpoints-payments", "network-payments"},
    ),
    Change(
        "no endpoints",
        lambda file: file["networks"]["staging"].pop("endpoints"),
        removed={"endpoints-staging"},
    ),
    Change("a network with no connection", _add_network_alone, added={"network-dev-2", "endpoints-dev-2"}),
)
"""Changes of networks."""

OF_CONNECTIONS = (
    Change("number of a hub", lambda file: file["hubs"]["us-east-1"].update(asn=64600), changed={"hub-us-east-1"}),
    Change(
        "a segment that nothing is on",
        lambda file: file["hubs"]["us-east-1"]["segments"].append("qa"),
        changed={"hub-us-east-1"},
    ),
    Change(
        "a network attached to a segment that crosses regions",
        _add_prod_network,
        changed={"attach-prod", "attach-prod-eu", "hub-peering-hubs"},
        added={"network-prod-2", "endpoints-prod-2", "attach-prod-2"},
    ),
    Change(
        "a network attached from an account that had none",
        _add_network_of_new_account,
        changed={"attach-dev", "hub-us-east-1", "log-archive-us-east-1"},
        added={"network-tools", "endpoints-tools", "attach-tools"},
    ),
    Change(
        "no attachment of a network that no other reaches",
        lambda file: file["connections"].pop("dev"),
        changed={"hub-us-east-1"},
        removed={"attach-dev"},
    ),
    Change(
        "no attachment of a network that others reach",
        lambda file: file["connections"].pop("prod-eu"),
        changed={"hub-eu-west-1", "attach-prod", "hub-peering-hubs"},
        removed={"attach-prod-eu"},
    ),
    Change(
        "no peering of hubs",
        lambda file: file["connections"].pop("hubs"),
        changed={*HUBS, "attach-prod", "attach-prod-eu"},
        removed={"hub-peering-hubs"},
    ),
    Change(
        "another port of a peering",
        lambda file: file["connections"]["prod-payments"].update(ports=[8443]),
        changed={"peering-prod-payments"},
    ),
    Change(
        "a further port of a peering, which takes the number of the next one's entry",
        lambda file: file["connections"]["prod-payments"].update(ports=[443, 8443]),
        changed=PEERINGS,
    ),
    Change(
        "a further port of the last peering",
        lambda file: file["connections"]["prod-eu-payments"].update(ports=[443, 8443]),
        changed={"peering-prod-eu-payments"},
    ),
    Change("order of peerings of one network", _swap_peerings, changed=PEERINGS),
    Change("a peering below the others", _add_peering_below, added={"peering-staging-payments"}),
    Change(
        "no first peering, so the next one's entries move up",
        lambda file: file["connections"].pop("prod-payments"),
        changed={"peering-prod-eu-payments"},
        removed={"peering-prod-payments"},
    ),
)
"""Changes of hubs and connections."""


CHANGES = (
    *(*NO_STACK, *WHOLE_FLEET, *ACCOUNTS, *OF_NETWORKS, *OF_CONNECTIONS, *OF_SITES),
    *(*OF_LOAD_BALANCERS, *OF_DISTRIBUTIONS, *OF_ROUTING, *OF_PRIVATELINK, NO_ZONE),
)
CONCERNING = tuple(change for change in CHANGES if change.changed)
