"""Changes of web ACLs and distributions."""

from tests.stacks.change import BALANCERS, DISTRIBUTIONS, Change, Document


def _static(file: Document) -> Document:
    entry: Document = file["distributions"]["static"]
    return entry


def _add_distribution(file: Document) -> None:
    """A second distribution in front of the same load balancer, under another name of its certificate."""
    file["distributions"]["second"] = {**_static(file), "aliases": ["release.securecart.example"]}


OF_DISTRIBUTIONS = (
    Change(
        "requests within the window, on every web ACL",
        lambda file: file.update(waf={"rate_limit": 200}),
        changed={*BALANCERS, *DISTRIBUTIONS},
    ),
    Change(
        "countries, on every web ACL",
        lambda file: file.update(waf={"countries": ["US"]}),
        changed={*BALANCERS, *DISTRIBUTIONS},
    ),
    Change(
        "dynamic paths of a distribution",
        lambda file: _static(file).update(dynamic_paths=["/api/*", "/login"]),
        changed=DISTRIBUTIONS,
    ),
    Change(
        "price class of a distribution",
        lambda file: _static(file).update(price_class="PriceClass_All"),
        changed=DISTRIBUTIONS,
    ),
    Change("a distribution beside the other", _add_distribution, added={"distribution-second"}),
    Change(
        "load balancer of a distribution: each has a token only behind one",
        lambda file: _static(file).update(load_balancer="prod-eu"),
        changed={"load-balancer-prod", "load-balancer-prod-eu", *DISTRIBUTIONS},
    ),
    Change(
        "no distribution",
        lambda file: file["distributions"].clear(),
        changed={"load-balancer-prod"},
        removed=DISTRIBUTIONS,
    ),
)
"""Changes of web ACLs and distributions."""
