"""Each object of the fleet judged by itself, so that one broken object hides nothing about the others."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import get_args

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from securecart.config.document import Document, lookup
from securecart.config.draft import Draft, of_kind
from securecart.config.kinds import constrained, is_section, owner_of, without_tag
from securecart.config.model import (
    Accelerator,
    Account,
    Attachment,
    Certificate,
    DirectConnect,
    Distribution,
    Dns,
    EndpointService,
    FailoverSet,
    Fleet,
    GeolocationSet,
    Hub,
    HubPeering,
    LatencySet,
    LoadBalancer,
    LogArchive,
    Network,
    PartnerEndpoint,
    Peering,
    Shield,
    Target,
    Vpn,
    Waf,
    WeightedSet,
)
from securecart.config.problem import KeyPath, Problem
from securecart.config.words import NAME_PATTERN, PATTERNS, Fault, problem_of

_TAG_ERRORS = ("union_tag_not_found", "union_tag_invalid")


@dataclass
class Shape:
    """What the single objects of a document amount to."""

    values: dict[str, object] = field(default_factory=dict)
    """Sound values of the fleet's fields; the names of sections map to their sound objects."""
    declared: dict[str, frozenset[str]] = field(default_factory=dict)
    """Names in each section, sound or not."""
    problems: list[Problem] = field(default_factory=list)
    """What is wrong with single objects."""

    def draft(self) -> Draft:
        """Return the sound part, for the rules between objects."""
        unread = dict.fromkeys(("home_region", "regions", "supernet"))
        scalars = Fleet.model_construct(None, **{**unread, **self.values})
        single = ("log_archive", "dns", "waf", "shield")
        archive, dns, waf, shield = (self.values.get(name) for name in single)
        return Draft(
            name=scalars.name,
            home_region=scalars.home_region,
            regions=scalars.regions,
            supernet=scalars.supernet,
            log_archive=archive if isinstance(archive, LogArchive) else None,
            default_target=scalars.default_target,
            accounts=of_kind(self._section("accounts"), Account),
            hubs=of_kind(self._section("hubs"), Hub),
            networks=of_kind(self._section("networks"), Network),
            connections={
                name: value
                for name, value in self._section("connections").items()
                if isinstance(value, Attachment | Peering | HubPeering)
            },
            direct_connects=of_kind(self._section("direct_connects"), DirectConnect),
            vpns=of_kind(self._section("vpns"), Vpn),
            endpoint_services=of_kind(self._section("endpoint_services"), EndpointService),
            partner_endpoints=of_kind(self._section("partner_endpoints"), PartnerEndpoint),
            dns=dns if isinstance(dns, Dns) else None,
            certificates=of_kind(self._section("certificates"), Certificate),
            waf=waf if isinstance(waf, Waf) else None,
            shield=shield if isinstance(shield, Shield) else None,
            load_balancers=of_kind(self._section("load_balancers"), LoadBalancer),
            distributions=of_kind(self._section("distributions"), Distribution),
            accelerators=of_kind(self._section("accelerators"), Accelerator),
            record_sets={
                name: value
                for name, value in self._section("record_sets").items()
                if isinstance(value, LatencySet | FailoverSet | WeightedSet | GeolocationSet)
            },
            targets=of_kind(self._section("targets"), Target),
            declared=self.declared,
        )

    def _section(self, name: str) -> Mapping[str, object]:
        section = self.values.get(name, {})
        return section if isinstance(section, Mapping) else {}


def read_shape(document: Document) -> Shape:
    """Judge every field of the fleet, and every object of every section, by itself."""
    shape = Shape()
    data = document.data
    if not isinstance(data, dict):
        fault = Fault("dict_type", (), data, document.text(()), {}, (), "start from stacks/fleet.yaml")
        shape.problems.append(problem_of(fault))
        return shape
    reader = _Reader(document, shape)
    for name, info in Fleet.model_fields.items():
        if name in data:
            reader.read_field(name, info, data[name])
        elif info.is_required():
            reader.report("missing", (name,), Fleet, info)
        else:
            shape.declared[name] = frozenset()
    for name in data.keys() - Fleet.model_fields.keys():
        reader.report("extra_forbidden", (str(name),), Fleet)
    return shape


class _Reader:
    """Validates values and puts what it finds into one shape."""

    def __init__(self, document: Document, shape: Shape) -> None:
        self._document, self._shape = document, shape

    def read_field(self, name: str, info: FieldInfo, data: object) -> None:
        """Judge one field of the fleet; a section object by object."""
        if is_section(info) and isinstance(data, dict):
            self._read_section(name, info, data)
            return
        adapter: TypeAdapter[object] = TypeAdapter(constrained(info))
        for value in self._validated(adapter, info, info.annotation, (name,), data):
            self._shape.values[name] = value

    def _read_section(self, name: str, info: FieldInfo, data: dict[str, object]) -> None:
        key_kind, item_kind = get_args(info.annotation)
        keys: TypeAdapter[object] = TypeAdapter(key_kind)
        items: TypeAdapter[object] = TypeAdapter(item_kind)
        sound: dict[str, object] = {}
        for key, item in data.items():
            named = not _attempt(keys, key)[1]
            if not named:
                self._report_name((name, key))
            for value in self._validated(items, info, item_kind, (name, key), item):
                if named:
                    sound[key] = value
        self._shape.declared[name] = frozenset(data)
        self._shape.values[name] = sound
        if not data and info.metadata:
            self.report("too_short", (name,), Fleet, info, {"min_length": 1})

    def _validated(
        self, adapter: TypeAdapter[object], info: FieldInfo, kind: object, path: KeyPath, data: object
    ) -> tuple[object, ...]:
        """Return the sound value, and report what is wrong with it.

        Where keys are at fault, what is left without them is returned if it is sound, so that the rules
        between objects still see it; nothing otherwise.
        """
        values, errors = _attempt(adapter, data)
        at_fault: set[str | int] = set()
        for error in errors:
            place = ("kind",) if error["type"] in _TAG_ERRORS else without_tag(kind, error["loc"])
            at_fault.update(place[:1])
            owner, owned = owner_of(kind, data, place)
            self.report(error["type"], (*path, *place), owner, owned or info, error.get("ctx"))
        if errors and at_fault and isinstance(data, dict):
            values, _ = _attempt(adapter, {key: data[key] for key in data if key not in at_fault})
        return values

    def report(
        self,
        kind: str,
        path: KeyPath,
        owner: type[BaseModel] | None,
        info: FieldInfo | None = None,
        context: Mapping[str, object] | None = None,
    ) -> None:
        """Report one error of pydantic's at a path; the owner's field ``info`` holds the value."""
        fault = Fault(
            kind,
            path,
            lookup(self._document.data, path),
            self._document.text(path),
            context or {},
            tuple(owner.model_fields) if owner else (),
            (info.description if info else None) or "",
        )
        self._shape.problems.append(problem_of(fault))

    def _report_name(self, path: KeyPath) -> None:
        remedy = f"rename it: {PATTERNS[NAME_PATTERN]}"
        message = f"{path[-1]!r} cannot be a name here"
        self._shape.problems.append(Problem("name-malformed", path, message, remedy, at_key=True))


def _attempt(adapter: TypeAdapter[object], data: object) -> tuple[tuple[object, ...], list[ErrorDetails]]:
    """Return the value, if it is sound, and the errors. JSON in strict mode turns no type into another."""
    try:
        return (adapter.validate_json(json.dumps(data), strict=True),), []
    except ValidationError as error:
        return (), [detail for detail in error.errors(include_url=False) if not _is_echo(detail)]


def _is_echo(error: ErrorDetails) -> bool:
    """Pydantic counts only the sound items of a list: with unsound ones it also calls the list too short."""
    return error["type"] == "too_short" and isinstance(error["input"], list) and bool(error["input"])
