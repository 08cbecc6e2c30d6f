"""Where values that are not known yet come from, and which values a resource gets, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from securecart.plan.fleet_plan import Origin, PlannedResource
from securecart.report.plan_clean import clean, shown_value, value_at
from securecart.report.plan_words import Quote, top_level

_MOST_ORIGINS: Final = 4
_ASKED_FOR: Final = "id"
"""What the engine names as forcing a replacement that was asked for, or was left unfinished by an earlier run."""


@dataclass(frozen=True)
class PropertyView:
    """One input of a resource, as a reader sees it."""

    path: str
    """Where it stands; several paths, with commas between, where the same is true of all."""
    value: str
    """The value that it gets; empty where it is not known, or not among the inputs."""
    known: bool
    """Whether its value is known."""
    origins: tuple[str, ...] = ()
    """Where an unknown value comes from."""

    def sentence(self, quote: Quote = str) -> str:
        """Return what is known of it, for example ``vpcId: not known yet, comes from network-dev.vpc_id``."""
        if self.known and self.value:
            return f"{quote(self.path)} becomes {quote(self.value)}"
        if self.known:
            return "asked for, or left unfinished" if self.path == _ASKED_FOR else f"{quote(self.path)} changes"
        more = len(self.origins) - _MOST_ORIGINS
        origins = ", ".join(map(quote, self.origins[:_MOST_ORIGINS])) + (f" and {more} more" if more > 0 else "")
        return f"{quote(self.path)}: not known yet" + (f", comes from {origins}" if origins else "")


def origin_words(origin: Origin) -> str:
    """Return one origin in words: ``network-dev.vpc_id (aws Vpc dev, id)``."""
    resource = _resource_words(origin)
    way = ", from ".join(origin.outputs)
    if way and resource:
        return clean(f"{way} ({resource})")
    return clean(way or resource)


def unknowns(resource: PlannedResource) -> tuple[PropertyView, ...]:
    """Return the inputs that are not known yet; those that wait for the same are told together."""
    paths: dict[tuple[str, tuple[Origin, ...]], list[str]] = {}
    for item in resource.unknown:
        paths.setdefault((top_level(item.path), item.origins), []).append(item.path)
    return tuple(
        PropertyView(clean(", ".join(together)), "", False, _in_words(origins))
        for (_, origins), together in paths.items()
    )


def properties(resource: PlannedResource, paths: Sequence[str]) -> tuple[PropertyView, ...]:
    """Return what the inputs at some paths become."""
    return tuple(_property(resource, path) for path in paths)


def _property(resource: PlannedResource, path: str) -> PropertyView:
    waiting = [item for item in resource.unknown if _inside(item.path, path) or _inside(path, item.path)]
    if waiting:
        return PropertyView(clean(path), "", False, _in_words(each for item in waiting for each in item.origins))
    value, there = value_at(dict(resource.inputs), path)
    return PropertyView(clean(path), shown_value(value, top_level(path)) if there else "", True)


def _inside(path: str, outer: str) -> bool:
    return path == outer or path.startswith((f"{outer}.", f"{outer}["))


def _in_words(origins: Iterable[Origin]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in map(origin_words, origins) if text))


def _resource_words(origin: Origin) -> str:
    if not origin.urn:
        return ""
    parts = origin.urn.split("::", 3)
    if len(parts) < 4:  # not a URN: shown as it is
        return origin.urn
    token = parts[2].rsplit("$", 1)[-1]
    words = f"{token.split(':', 1)[0]} {token.rsplit(':', 1)[-1]} {parts[3]}"
    return f"{words}, {origin.property}" if origin.property else words
