"""Changes of accelerators, of names with a routing policy, and of Shield Advanced."""

from tests.stacks.change import Change, Document

FAST, NAMES = "accelerator-shop", "records"
SHIELDS = {"shield-dev", "shield-staging", "shield-prod", "shield-network"}


def _turn(file: Document) -> None:
    ends = file["accelerators"]["shop"]["load_balancers"]
    file["accelerators"]["shop"]["load_balancers"] = dict(reversed(ends.items()))
    file["record_sets"] = dict(reversed(file["record_sets"].items()))
    for each in file["record_sets"].values():
        each["records"].reverse()


def _swap_roles(file: Document) -> None:
    first, second = file["record_sets"]["checkout"]["records"]
    first["role"], second["role"] = second["role"], first["role"]


OF_ROUTING = (
    Change("order of names, records and accelerated load balancers", _turn),
    Change(
        "host of a load balancer whose health is checked",
        lambda file: file["load_balancers"]["prod"].update(host="usa.securecart.example"),
        changed={"load-balancer-prod", "distribution-static", NAMES},
    ),
    Change(
        "part of a region's traffic that an accelerator takes",
        lambda file: file["accelerators"]["shop"]["load_balancers"]["prod"].update(traffic_dial_percentage=50),
        changed={FAST},
    ),
    Change(
        "a load balancer less behind an accelerator",
        lambda file: file["accelerators"]["shop"]["load_balancers"].pop("prod-eu"),
        changed={FAST},
    ),
    Change("name of an accelerator", lambda file: file["accelerators"]["shop"].update(host="x.test"), changed={FAST}),
    Change(
        "share of a weighted answer",
        lambda file: file["record_sets"]["release"]["records"][0].update(weight=50),
        changed={NAMES},
    ),
    Change("which load balancer is the primary", _swap_roles, changed={NAMES}),
    Change(
        "place of an answer",
        lambda file: file["record_sets"]["local"]["records"][0].update(continent="NA"),
        changed={NAMES},
    ),
    Change("a name less", lambda file: file["record_sets"].pop("shop"), changed={NAMES}),
    Change("no accelerator", lambda file: file["accelerators"].clear(), removed={FAST}),
    Change("no name with a routing policy", lambda file: file["record_sets"].clear(), removed={NAMES}),
    Change("Shield Advanced", lambda file: file.update(shield={"advanced": True}), added=SHIELDS),
)
"""Changes of how customers are led to the load balancers."""
