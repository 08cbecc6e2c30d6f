"""What the rules of a web ACL cost, and how countries are divided among statements."""

from hypothesis import given
from hypothesis import strategies as st

from securecart.components.web_acl_rules import BLOCKED, COUNTRIES, MANAGED, ORDER, RATE, capacities, country_lists
from securecart.config.countries import CUSTOMERS
from securecart.limits import LimitName, limit

codes = st.lists(st.from_regex(r"\A[A-Z]{2}\Z"), min_size=1, max_size=300)


def test_every_rule_has_its_place_with_a_reason():
    assert set(ORDER) == {*BLOCKED, RATE, *MANAGED, COUNTRIES}
    assert all(len(reason) > 10 for reason in ORDER.values())


def test_the_default_web_acl_costs_931_units():
    # 1 + 1 for the address sets, 2 for the rate, 25 + 700 + 200 for the managed groups, 2 for 55 countries.
    assert sum(capacities(CUSTOMERS).values()) == 931


def test_a_distributions_token_costs_two_units_more():
    # A byte match of the whole costs 2, "not" and the transformation NONE cost nothing.
    more = capacities(CUSTOMERS, behind_distribution=True)
    assert more[RATE] == capacities(CUSTOMERS)[RATE] + 2 == 4
    assert sum(more.values()) == 933


@given(codes)
def test_any_choice_of_countries_stays_within_what_the_price_covers(countries):
    cost = capacities(countries, behind_distribution=True)
    assert set(cost) == set(ORDER)
    assert sum(cost.values()) <= limit(LimitName.WEB_ACL_CAPACITY).value


@given(codes)
def test_no_statement_has_more_countries_than_waf_takes_and_none_is_lost(countries):
    lists = country_lists(countries)
    assert all(1 <= len(one) <= 50 for one in lists)
    assert [code for one in lists for code in one] == sorted(set(countries))


@given(codes)
def test_the_order_in_the_fleet_file_moves_nothing(countries):
    assert country_lists(countries) == country_lists(countries[::-1])
