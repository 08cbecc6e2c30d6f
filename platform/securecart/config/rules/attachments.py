"""Attachments of networks to hubs: environments stay apart (mission row N5)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from securecart.config.draft import Draft
from securecart.config.rules.base import Breach, Rule, repeated
from securecart.config.words import suggestion


def _unknown(draft: Draft) -> Iterator[Breach]:
    for name, attachment in draft.attachments().items():
        for section, key, value in (
            ("networks", "network", attachment.network),
            ("hubs", "hub", attachment.hub),
        ):
            if draft.missing(section, value):
                remedy = suggestion(value, draft.declared[section])
                yield Breach(("connections", name, key), f"there is no {key} {value!r}", remedy=remedy)


def _regions(draft: Draft) -> Iterator[Breach]:
    for name, attachment in draft.attachments().items():
        network, hub = draft.networks.get(attachment.network), draft.hubs.get(attachment.hub)
        if network and hub and network.region != hub.region:
            there = f"network {attachment.network!r} in {network.region}"
            message = f"hub {attachment.hub!r} is in {hub.region}, {there}"
            yield Breach(("connections", name, "hub"), message, (("hubs", attachment.hub, "region"),))


def _absent_segments(draft: Draft) -> Iterator[Breach]:
    for name, attachment in draft.attachments().items():
        hub = draft.hubs.get(attachment.hub)
        if hub and attachment.segment not in hub.segments:
            message = f"hub {attachment.hub!r} has no segment {attachment.segment!r}"
            remedy = suggestion(attachment.segment, hub.segments)
            yield Breach(("connections", name, "segment"), message, remedy=remedy)


def _foreign_segments(draft: Draft) -> Iterator[Breach]:
    for name, attachment in draft.attachments().items():
        network = draft.networks.get(attachment.network)
        if network and attachment.segment != network.environment:
            here, there = network.environment, attachment.segment
            message = f"{here} would be connected to {there}: the flow {here} <-> {there} is never allowed"
            also = (("networks", attachment.network, "environment"),)
            yield Breach(("connections", name, "segment"), message, also, f"write segment: {here}")


def _twins(draft: Draft) -> Iterator[Breach]:
    attachments = draft.attachments()
    names = list(attachments)
    for first, again in repeated(attachment.network for attachment in attachments.values()):
        message = f"network {attachments[names[again]].network!r} is attached already, by {names[first]!r}"
        yield Breach(("connections", names[again], "network"), message, (("connections", names[first]),))


ATTACHMENT_RULES: Final[tuple[Rule, ...]] = (
    Rule("attachment-ends-exist", "An attachment names a network and a hub.", "add what is named", _unknown),
    Rule(
        "attachment-region",
        "A network attaches to a hub of its own region (AWS Transit Gateway guide, VPC attachments).",
        "name a hub of the network's region",
        _regions,
    ),
    Rule("attachment-segment-exists", "The segment is one of the hub's.", "add it to the hub", _absent_segments),
    Rule(
        "environment-isolation",
        "A network attaches to the segment of its own environment, so that dev, staging, prod and payments "
        "never reach each other through a hub.",
        "name the segment of the network's environment",
        _foreign_segments,
    ),
    Rule(
        "attachment-unique",
        "A network is attached once: AWS takes one attachment of a VPC per hub, and a route table one route "
        "per destination.",
        "remove one of them",
        _twins,
    ),
)
"""Rules about attachments."""
