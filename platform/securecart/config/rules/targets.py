"""Targets: where a run deploys to and keeps its state."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from securecart.config.draft import Draft
from securecart.config.rules.base import Breach, Rule
from securecart.config.words import suggestion

BACKENDS: Final = ("s3://", "gs://", "azblob://", "file://", "https://")
"""Beginnings of backend URLs (Pulumi documentation, Managing state and backend options)."""

SECRETS_PROVIDERS: Final = (
    "awskms://",
    "azurekeyvault://",
    "gcpkms://",
    "hashivault://",
    "passphrase",
    "default",
)
"""Beginnings of secrets providers (Pulumi documentation, Secrets handling)."""


def _default(draft: Draft) -> Iterator[Breach]:
    if draft.default_target and draft.missing("targets", draft.default_target):
        remedy = suggestion(draft.default_target, draft.declared["targets"])
        yield Breach(("default_target",), f"there is no target {draft.default_target!r}", remedy=remedy)


def _aws_targets(draft: Draft) -> Iterator[Breach]:
    for name, target in draft.targets.items():
        for key, value in (("backend", target.backend), ("secrets_provider", target.secrets_provider)):
            if target.kind == "aws" and not value:
                yield Breach(("targets", name, key), f"target {name!r} deploys to AWS and has no {key}")


def _sandbox_targets(draft: Draft) -> Iterator[Breach]:
    for name, target in draft.targets.items():
        for key, value in (("backend", target.backend), ("secrets_provider", target.secrets_provider)):
            if target.kind == "sandbox" and value:
                yield Breach(("targets", name, key), f"target {name!r} is a sandbox and has a {key} of its own")


def _schemes(draft: Draft) -> Iterator[Breach]:
    for name, target in draft.targets.items():
        for key, value, known in (
            ("backend", target.backend, BACKENDS),
            ("secrets_provider", target.secrets_provider, SECRETS_PROVIDERS),
        ):
            if value and not value.startswith(known):
                remedy = f"it begins with one of {', '.join(known)}"
                yield Breach(("targets", name, key), f"Pulumi knows no such {key}", remedy=remedy)


TARGET_RULES: Final[tuple[Rule, ...]] = (
    Rule("target-exists", "The default target is one of the targets.", "add the target", _default),
    Rule(
        "target-aws-state",
        "A target of real accounts names where its state lives and how its secrets are encrypted.",
        "add it, for example backend: s3://BUCKET and secrets_provider: awskms://alias/NAME",
        _aws_targets,
    ),
    Rule(
        "target-sandbox-state",
        "A sandbox keeps its state in the folder of local state, encrypted by a generated passphrase.",
        "remove it",
        _sandbox_targets,
    ),
    Rule("target-scheme", "Backends and secrets providers are ones that Pulumi knows.", "correct it", _schemes),
)
"""Rules about targets."""
