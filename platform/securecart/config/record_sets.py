"""Names in the zone that Route 53 answers by a routing policy: latency, failover, weighted, geolocation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Final, Literal

from pydantic import Field

from securecart.config.countries import Country
from securecart.config.edge import DomainName
from securecart.config.parts import Model, Name

Continent = Literal["AF", "AN", "AS", "EU", "NA", "OC", "SA"]
"""Continents of geolocation records (Route 53 API, GeoLocation)."""

HEALTH_CHECKERS: Final[Mapping[str, str]] = {
    "eu-west-1": "IE",
    "us-east-1": "US",
    "us-west-1": "US",
    "us-west-2": "US",
}
"""Regions that check the health of load balancers, and the country that web ACLs see their requests come from.

Route 53 checks from eight regions unless told otherwise, and takes three or more (Route 53 API, HealthCheckConfig,
Regions). The others are in Asia and South America, whose requests the web ACLs block.
"""


class LatencyRecord(Model):
    """One answer, for those to whom its region is nearest."""

    load_balancer: Name = Field(description="Load balancer that the record leads to.")


class FailoverRecord(Model):
    """One answer: the primary while it is healthy, else the secondary."""

    load_balancer: Name = Field(description="Load balancer that the record leads to.")
    role: Literal["primary", "secondary"] = Field(description="primary or secondary; a set has one of each.")


class WeightedRecord(Model):
    """One answer, as often as its weight says."""

    load_balancer: Name = Field(description="Load balancer that the record leads to.")
    weight: int = Field(ge=0, le=255, description="Share among the weights of the set; 0 takes it out.")


class GeolocationRecord(Model):
    """One answer, for those who are there. Exactly one of the three keys says where."""

    load_balancer: Name = Field(description="Load balancer that the record leads to.")
    country: Country | None = Field(default=None, description="Country, as ISO 3166-1 alpha-2 code.")
    continent: Continent | None = Field(default=None, description="Continent: AF, AN, AS, EU, NA, OC, SA.")
    default: bool = Field(default=False, description="Whether it answers all who are nowhere else; a set has one.")


class LatencySet(Model):
    """A name that leads to the nearest load balancer."""

    kind: Literal["latency"] = Field(description="Latency routing.")
    name: DomainName = Field(description="Name in the zone.")
    records: tuple[LatencyRecord, ...] = Field(min_length=1, description="One for each region.")


class FailoverSet(Model):
    """A name that leads to the primary load balancer, and to the secondary while the primary is down."""

    kind: Literal["failover"] = Field(description="Failover routing.")
    name: DomainName = Field(description="Name in the zone.")
    records: tuple[FailoverRecord, ...] = Field(min_length=1, description="A primary and a secondary.")


class WeightedSet(Model):
    """A name whose answers are shared out by weight, for gradual releases."""

    kind: Literal["weighted"] = Field(description="Weighted routing.")
    name: DomainName = Field(description="Name in the zone.")
    records: tuple[WeightedRecord, ...] = Field(min_length=1, description="The answers.")


class GeolocationSet(Model):
    """A name whose answer depends on where the question comes from."""

    kind: Literal["geolocation"] = Field(description="Geolocation routing.")
    name: DomainName = Field(description="Name in the zone.")
    records: tuple[GeolocationRecord, ...] = Field(min_length=1, description="The answers, with a default.")


RecordSet = Annotated[LatencySet | FailoverSet | WeightedSet | GeolocationSet, Field(discriminator="kind")]
"""A name with a routing policy."""
