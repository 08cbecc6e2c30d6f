"""Changes of the zone, of certificates and of load balancers."""

from tests.stacks.change import BALANCERS, CERTIFICATES, DISTRIBUTIONS, OFFERS, ROUTING, ZONE, Change, Document


def _add_balancer(file: Document) -> None:
    """A second load balancer of a network, under another name of its certificate."""
    other = {**file["load_balancers"]["prod"], "host": "go.securecart.example"}
    file["load_balancers"]["second"] = other


def _leave_zone(file: Document) -> None:
    for part in ("endpoint_services", "certificates", "load_balancers", "distributions", "accelerators", "record_sets"):
        file[part] = {}
    del file["dns"]


OF_LOAD_BALANCERS = (
    Change("domain name of the zone", lambda file: file["dns"].update(zone="securecart.test"), changed=ZONE),
    Change(
        "a further name of a certificate",
        lambda file: file["certificates"]["prod"]["subject_alternative_names"].append("new.securecart.example"),
        changed={"certificate-prod"},
    ),
    Change(
        "order of a certificate's further names",
        lambda file: file["certificates"]["prod"]["subject_alternative_names"].reverse(),
    ),
    Change(
        "a further region of a certificate",
        lambda file: file["certificates"]["dev"]["regions"].append("eu-west-1"),
        changed={"certificate-dev"},
    ),
    Change(
        "host of a load balancer that nothing else asks for",
        lambda file: file["load_balancers"]["dev"].update(host="www.dev.securecart.example"),
        changed={"load-balancer-dev"},
    ),
    Change(
        "path of a load balancer's health check",
        lambda file: file["load_balancers"]["staging"].update(health_check_path="/up"),
        changed={"load-balancer-staging"},
    ),
    Change(
        "whether the network of a load balancer is protected, and so the load balancer",
        lambda file: file["networks"]["dev"].update(protected=True),
        changed={"load-balancer-dev"},
    ),
    Change("a load balancer beside the others", _add_balancer, added={"load-balancer-second"}),
    Change("no load balancer", lambda file: file["load_balancers"].pop("dev"), removed={"load-balancer-dev"}),
)
"""Changes that concern few stacks."""

NO_ZONE = Change(
    "no names at all", _leave_zone, removed={*OFFERS, *ZONE, *CERTIFICATES, *BALANCERS, *DISTRIBUTIONS, *ROUTING}
)
"""A change that leaves no load balancer."""
