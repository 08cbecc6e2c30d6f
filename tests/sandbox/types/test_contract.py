"""Every declared type keeps the same contract: these tests run over all of them."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from botocore.exceptions import ClientError

from securecart.sandbox.provider.schema import SchemaSource
from securecart.sandbox.types import declared_types
from tests.sandbox.provider.harness import Engine, Resource, World
from tests.sandbox.types.case import Case
from tests.sandbox.types.cases_certificates import CASES as CERTIFICATES
from tests.sandbox.types.cases_cloudfront import CASES as CLOUDFRONT
from tests.sandbox.types.cases_deliveries import CASES as DELIVERIES
from tests.sandbox.types.cases_dns import CASES as DNS
from tests.sandbox.types.cases_endpoints import CASES as ENDPOINTS
from tests.sandbox.types.cases_gateways import CASES as GATEWAYS
from tests.sandbox.types.cases_hybrid import CASES as HYBRID
from tests.sandbox.types.cases_lb import CASES as BALANCERS
from tests.sandbox.types.cases_security import CASES as SECURITY
from tests.sandbox.types.cases_storage import CASES as STORAGE
from tests.sandbox.types.cases_vpc import CASES as VPC
from tests.sandbox.types.cases_vpn import CASES as VPN
from tests.sandbox.types.cases_waf import CASES as WAF
from tests.sandbox.types.cases_watch import CASES as WATCH

CASES = {
    case.token: case
    for case in (
        *VPC,
        *SECURITY,
        *GATEWAYS,
        *STORAGE,
        *VPN,
        *WAF,
        *CLOUDFRONT,
        *HYBRID,
        *WATCH,
        *DELIVERIES,
        *DNS,
        *CERTIFICATES,
        *BALANCERS,
        *ENDPOINTS,
    )
}
DECLARED = declared_types()


@pytest.fixture(scope="module", params=CASES.values(), ids=CASES.keys())
def case(request) -> Case:
    return request.param


@dataclass(frozen=True)
class Standing:
    """A resource that tests look at and do not change."""

    world: World
    engine: Engine
    it: Resource


def deploy(sandbox, case: Case) -> Standing:
    world = World(sandbox)
    engine = world.at(case.account(world), case.region)
    return Standing(world, engine, engine.create(case.token, case.inputs(world)))


@pytest.fixture(scope="module")
def standing(sandbox, case):
    deployed = deploy(sandbox, case)
    yield deployed
    deployed.world.close()


@pytest.fixture
def fresh(sandbox, case):
    deployed = deploy(sandbox, case)
    yield deployed
    deployed.world.close()


def shown(case: Case, world: World, resource: Resource) -> object:
    try:
        return case.seen(world, resource)
    except ClientError:
        return None


def test_every_declared_type_has_a_case():
    assert DECLARED
    assert set(CASES) == set(DECLARED)


@pytest.mark.parametrize("token", DECLARED)
def test_declared_properties_are_the_real_providers(token):
    kind, schema = DECLARED[token], SchemaSource().get(token)
    assert kind.properties
    assert set(kind.properties) <= set(schema.inputs)
    assert schema.required <= set(kind.properties)
    assert bool(kind.tagging) == ("tags" in schema.inputs)


@pytest.mark.parametrize("token", DECLARED)
def test_every_property_changes_in_place_or_replaces(token):
    kind = DECLARED[token]
    in_place = {name for update in kind.updates for name in update.properties}
    assert in_place <= set(kind.properties)
    for name, prop in kind.properties.items():
        fixed = prop.only is not None
        assert prop.replace + (name in in_place) == 1 or prop.local or fixed, name


def test_what_is_created_is_seen_by_boto3_and_shows_no_difference(case, standing):
    world, engine, made = standing.world, standing.engine, standing.it
    assert made.id
    assert shown(case, world, made)
    assert not engine.diff(made, made.inputs).detailed
    found = engine.read(made)
    assert found is not None
    assert dict(found.state) == dict(made.state)
    assert dict(found.inputs) == dict(made.inputs)
    assert made.id in {entry.id for entry in world.sandbox.provider.inventory.entries()}


def test_other_spellings_are_no_difference(case, standing):
    assert not standing.engine.diff(standing.it, {**standing.it.inputs, **case.equal}).detailed


def test_other_changes_replace(case, standing):
    for name, value in case.replacing.items():
        found = standing.engine.diff(standing.it, {**standing.it.inputs, name: value})
        assert found.diffs == {name}
        assert found.replaces == {name}
        assert found.detailed[name].endswith("REPLACE")


def test_importing_finds_the_inputs(case, standing):
    found = standing.engine.import_(case.token, case.import_id(standing.it))
    assert found is not None
    assert found.id == standing.it.id
    assert found.inputs
    assert case.not_imported == standing.engine.diff(found, standing.it.inputs).diffs


def test_preview_knows_the_inputs_and_makes_nothing(case, standing):
    inventory = standing.world.sandbox.provider.inventory
    before = len(inventory.entries())
    state = standing.engine.preview(case.token, standing.it.inputs)
    assert {name: state[name] for name in standing.it.inputs} == dict(standing.it.inputs)
    assert len(inventory.entries()) == before


def test_a_property_that_the_real_provider_has_not_is_refused(case, standing):
    _, failures = standing.engine.check(case.token, {**standing.it.inputs, "noSuchProperty": 1})
    assert list(failures) == ["noSuchProperty"]
    assert case.token in failures["noSuchProperty"]


def test_changes_in_place_reach_aws(case, fresh):
    world, engine, made = fresh.world, fresh.engine, fresh.it
    for edit in case.edits:
        change = edit.change(world, made)
        inputs = {**made.inputs, **change}
        found = engine.diff(made, inputs)
        assert found.diffs
        assert found.diffs <= {*change, "tagsAll"}
        assert not found.replaces
        made = engine.update(made, inputs)
        value = edit.value(world, made) if callable(edit.value) else edit.value
        assert edit.seen(world, made) == value
        assert not engine.diff(made, inputs).detailed


def test_what_is_deleted_is_gone_and_may_be_deleted_again(case, fresh):
    world, engine, made = fresh.world, fresh.engine, fresh.it
    assert shown(case, world, made)
    engine.delete(made)
    if case.adopted:
        assert shown(case, world, made)
    else:
        assert not shown(case, world, made)
        assert (engine.read(made) is not None) == case.lingers
        engine.delete(made)
    assert made.id not in {e.id for e in world.sandbox.provider.inventory.entries() if e.urn == made.urn}
