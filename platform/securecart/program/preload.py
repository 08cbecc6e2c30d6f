"""Imports the provider modules that programs use, once, before any thread does.

pulumi_aws loads its modules lazily, and two threads that touch one for the first time at once see it half loaded.
"""

from __future__ import annotations

import importlib

AWS_MODULES = ("ec2", "vpc", "ec2transitgateway", "kms", "ram", "s3", "iam", "config")
"""Modules of pulumi_aws that stack programs use; a test compares them with the programs' source."""


def preload() -> None:
    """Load every module, and make lazy ones run now."""
    for name in AWS_MODULES:
        module = importlib.import_module(f"pulumi_aws.{name}")
        getattr(module, "__all__", None)
        dir(module)
