"""Which model and field a place of the fleet file belongs to."""

import pytest

from securecart.config.kinds import owner_of
from securecart.config.model import Accelerator, Fleet

SHOP = {"host": "go.shop.example", "load_balancers": {"prod": {"weight": 300}}}


@pytest.mark.parametrize(
    ("place", "owner", "key"),
    [
        (("load_balancers", "prod", "weight"), "AcceleratorEndpoint", True),
        (("load_balancers", "prod", "wight"), "AcceleratorEndpoint", False),
        (("host",), "Accelerator", True),
    ],
)
def test_a_place_inside_a_mapping_belongs_to_the_model_of_its_values(place, owner, key):
    model, info = owner_of(Accelerator, SHOP, place)
    assert model is not None
    assert model.__name__ == owner
    assert (info is not None) is key


def test_the_name_of_an_object_in_a_mapping_belongs_to_no_model():
    assert owner_of(Accelerator, SHOP, ("load_balancers", "prod")) == (None, None)
    assert owner_of(Fleet, {"accelerators": {"shop": SHOP}}, ("accelerators", "shop")) == (None, None)
