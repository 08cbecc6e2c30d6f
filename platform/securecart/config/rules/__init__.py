"""The rules between the fleet's objects: one table, each rule a pure function over the sound objects."""

from __future__ import annotations

from typing import Final

from securecart.config.draft import Draft
from securecart.config.problem import Problem
from securecart.config.rules.accelerators import ACCELERATOR_RULES
from securecart.config.rules.accounts import ACCOUNT_RULES
from securecart.config.rules.addresses import ADDRESS_RULES
from securecart.config.rules.attachments import ATTACHMENT_RULES
from securecart.config.rules.base import Rule
from securecart.config.rules.certificates import CERTIFICATE_RULES
from securecart.config.rules.direct_connects import DIRECT_CONNECT_RULES
from securecart.config.rules.distributions import DISTRIBUTION_RULES
from securecart.config.rules.dns import DNS_RULES
from securecart.config.rules.endpoints import ENDPOINT_RULES
from securecart.config.rules.hubs import HUB_RULES
from securecart.config.rules.load_balancers import LOAD_BALANCER_RULES
from securecart.config.rules.names import NAME_RULES
from securecart.config.rules.networks import NETWORK_RULES
from securecart.config.rules.peerings import PEERING_RULES
from securecart.config.rules.prices import PRICE_RULES
from securecart.config.rules.privatelink import PRIVATELINK_RULES
from securecart.config.rules.quotas import QUOTA_RULES
from securecart.config.rules.record_sets import RECORD_SET_RULES
from securecart.config.rules.routed_names import ROUTED_NAME_RULES
from securecart.config.rules.security_groups import SECURITY_GROUP_RULES
from securecart.config.rules.sites import SITE_RULES
from securecart.config.rules.targets import TARGET_RULES

RULES: Final[tuple[Rule, ...]] = (
    *ACCOUNT_RULES,
    *ADDRESS_RULES,
    *NETWORK_RULES,
    *SECURITY_GROUP_RULES,
    *ENDPOINT_RULES,
    *HUB_RULES,
    *ATTACHMENT_RULES,
    *PEERING_RULES,
    *SITE_RULES,
    *DIRECT_CONNECT_RULES,
    *DNS_RULES,
    *CERTIFICATE_RULES,
    *LOAD_BALANCER_RULES,
    *DISTRIBUTION_RULES,
    *PRIVATELINK_RULES,
    *ROUTED_NAME_RULES,
    *ACCELERATOR_RULES,
    *RECORD_SET_RULES,
    *NAME_RULES,
    *TARGET_RULES,
    *QUOTA_RULES,
    *PRICE_RULES,
)
"""Every rule between objects, in the order in which they are judged."""


def judge_draft(draft: Draft) -> list[Problem]:
    """Return what every rule has to say about the sound objects of a fleet. Pure."""
    return [problem for rule in RULES for problem in rule.judge(draft)]
