"""What the small fleet has at the edge."""

from __future__ import annotations

from typing import Any

EDGE: dict[str, Any] = {
    "dns": {"account": "network", "zone": "shop.example"},
    "certificates": {
        "dev": {"account": "dev", "regions": ["us-east-1"], "domain_name": "dev.shop.example"},
        "prod": {
            "account": "prod",
            "regions": ["us-east-1", "eu-west-1"],
            "domain_name": "shop.example",
            "subject_alternative_names": [
                f"{name}.shop.example" for name in ("us", "eu", "go", "checkout", "release", "local", "static")
            ],
        },
    },
    "load_balancers": {
        "dev": {"network": "dev", "host": "dev.shop.example", "certificate": "dev"},
        "us": {"network": "prod", "host": "us.shop.example", "certificate": "prod"},
        "eu": {"network": "prod-eu", "host": "eu.shop.example", "certificate": "prod"},
    },
    "waf": {"rate_limit": 100, "rate_window_seconds": 300, "countries": ["US", "IE"]},
    "distributions": {
        "static": {
            "account": "prod",
            "aliases": ["static.shop.example"],
            "certificate": "prod",
            "load_balancer": "us",
        },
    },
    "accelerators": {"go": {"host": "go.shop.example", "load_balancers": {"us": {}, "eu": {}}}},
    "record_sets": {
        "shop": {
            "kind": "latency",
            "name": "shop.example",
            "records": [{"load_balancer": "us"}, {"load_balancer": "eu"}],
        },
        "checkout": {
            "kind": "failover",
            "name": "checkout.shop.example",
            "records": [{"load_balancer": "us", "role": "primary"}, {"load_balancer": "eu", "role": "secondary"}],
        },
        "release": {
            "kind": "weighted",
            "name": "release.shop.example",
            "records": [{"load_balancer": "us", "weight": 90}, {"load_balancer": "eu", "weight": 0}],
        },
        "local": {
            "kind": "geolocation",
            "name": "local.shop.example",
            "records": [{"load_balancer": "eu", "continent": "EU"}, {"load_balancer": "us", "default": True}],
        },
    },
    "shield": {"advanced": True},
}
"""Sections of the fleet file."""
