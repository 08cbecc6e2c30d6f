from __future__ import annotations

from tests.sandbox.accounts import Accounts, refusal

# Accounts of their own: a subscription stays.
FIRST, SECOND, THIRD = "555555555551", "555555555552", "555555555553"
BALANCER = "arn:aws:elasticloadbalancing:us-east-1:{}:loadbalancer/app/shop/50dc6c495c0c9188"


def test_an_account_protects_nothing_before_it_has_subscribed(accounts: Accounts) -> None:
    shield = accounts.client("shield", FIRST)
    wanted = {"Name": "shop", "ResourceArn": BALANCER.format(FIRST)}
    assert refusal(shield.create_protection, **wanted) == "ResourceNotFoundException"
    shield.create_subscription()
    made = shield.create_protection(**wanted)["ProtectionId"]
    assert shield.describe_protection(ProtectionId=made)["Protection"]["ResourceArn"] == wanted["ResourceArn"]


def test_an_account_subscribes_once_and_others_are_not_subscribed_with_it(accounts: Accounts) -> None:
    shield = accounts.client("shield", SECOND)
    shield.create_subscription()
    assert shield.describe_subscription()["Subscription"]["AutoRenew"] == "ENABLED"
    assert refusal(shield.create_subscription) == "ResourceAlreadyExistsException"
    other = accounts.client("shield", THIRD)
    assert refusal(other.describe_subscription) == "ResourceNotFoundException"
