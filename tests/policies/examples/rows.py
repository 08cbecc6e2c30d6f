"""The firm's rows as the examples take them, written out."""

from __future__ import annotations

# The firm's rows for an application network, written out: component, direction, peer, port.
GROUP_RULES = {
    "application": [
        ("alb", "ingress", "0.0.0.0/0", 80),
        ("alb", "ingress", "0.0.0.0/0", 443),
        ("alb", "egress", "VPC", 80),
        ("alb", "egress", "VPC", 443),
        ("alb", "egress", "group:ecs", 8080),
        ("ecs", "ingress", "group:alb", 8080),
        ("ecs", "egress", "group:rds", 5432),
        ("ecs", "egress", "group:endpoints", 443),
        ("ecs", "egress", "pl-s3", 443),
        ("ecs", "egress", "pl-dynamodb", 443),
        ("ecs", "egress", "0.0.0.0/0", 443),
        ("rds", "ingress", "group:ecs", 5432),
        ("lambda", "egress", "0.0.0.0/0", 443),
        ("endpoints", "ingress", "PRIVATE", 443),
    ],
    "payments": [
        ("service", "egress", "group:rds", 5432),
        ("service", "egress", "group:endpoints", 443),
        ("service", "egress", "pl-s3", 443),
        ("service", "egress", "pl-dynamodb", 443),
        ("rds", "ingress", "group:service", 5432),
        ("endpoints", "ingress", "PRIVATE", 443),
        ("nlb", "egress", "group:service", 443),
        ("service", "ingress", "group:nlb", 443),
    ],
}


EPHEMERAL, LINUX = (1024, 65535), (32768, 61000)


# Number, tier, egress, action, ports (None: all), peer, needs NAT.
ACL_ENTRIES: list[tuple[int, str, bool, str, tuple[int, int] | None, str, bool]] = [
    (100, "public", False, "allow", (80, 80), "ANY", False),
    (101, "public", False, "allow", (443, 443), "ANY", False),
    (102, "public", False, "deny", (3389, 3389), "ANY", False),
    (103, "public", False, "allow", EPHEMERAL, "PRIVATE", False),
    (104, "public", False, "deny", None, "FLEET", False),
    (105, "public", False, "allow", EPHEMERAL, "ANY", True),
    (110, "public", False, "deny", None, "ANY", False),
    (120, "public", True, "allow", (80, 80), "VPC", False),
    (121, "public", True, "allow", (443, 443), "VPC", False),
    (122, "public", True, "allow", (8080, 8080), "PRIVATE", False),
    (123, "public", True, "deny", (3389, 3389), "ANY", False),
    (124, "public", True, "allow", EPHEMERAL, "PRIVATE", True),
    (125, "public", True, "deny", None, "FLEET", False),
    (126, "public", True, "allow", (443, 443), "ANY", True),
    (127, "public", True, "allow", EPHEMERAL, "ANY", False),
    (130, "public", True, "deny", None, "ANY", False),
    (200, "private", False, "allow", (8080, 8080), "PUBLIC", False),
    (201, "private", False, "allow", (443, 443), "PRIVATE", False),
    (210, "private", False, "allow", (5432, 5432), "DATABASE", False),
    (211, "private", False, "allow", LINUX, "DATABASE", False),
    (212, "private", False, "deny", (3389, 3389), "ANY", False),
    (213, "private", False, "allow", EPHEMERAL, "PRIVATE", False),
    (218, "private", False, "deny", None, "FLEET", False),
    (219, "private", False, "allow", EPHEMERAL, "ANY", True),
    (220, "private", False, "deny", None, "ANY", False),
    (230, "private", True, "allow", (443, 443), "ANY", False),
    (231, "private", True, "allow", (5432, 5432), "DATABASE", False),
    (232, "private", True, "deny", (3389, 3389), "ANY", False),
    (233, "private", True, "allow", EPHEMERAL, "PUBLIC", False),
    (234, "private", True, "allow", EPHEMERAL, "PRIVATE", False),
    (300, "database", False, "allow", (5432, 5432), "PRIVATE", False),
    (310, "database", False, "deny", None, "ANY", False),
    (311, "database", True, "allow", LINUX, "PRIVATE", False),
    (320, "database", True, "deny", None, "ANY", False),
]

# What a payments network with gateway endpoints and without NAT takes instead of the entry for NAT.
GATEWAY_ENTRIES: list[tuple[int, str, bool, str, tuple[int, int] | None, str, bool]] = [
    (219, "private", False, "allow", LINUX, "ANY", False),
]
