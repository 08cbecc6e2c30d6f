"""The token between a distribution and its load balancer: made by a saved plan, kept by later runs, told by no file."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import FLEET_FILE, Deployed
from .fleets import write_fleet

pytestmark = pytest.mark.xdist_group("origin-token")

SELECTION = "+distribution-static"


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("plan") / "plan"


@pytest.fixture(scope="module")
def fleet(new_fleet: Callable[..., Deployed], plan: Path) -> Deployed:
    """Load balancer and distribution, deployed by a plan that was saved when nothing existed."""
    path = plan.parent / "fleet.yaml"
    path.write_text(FLEET_FILE.read_text())
    made = new_fleet(path)
    made.run("preview", "--select", SELECTION, "--out", str(plan))
    assert made.run("up", "--plan", str(plan), "--yes")["result"] == "succeeded"
    return made


def token(fleet: Deployed) -> str:
    secrets = fleet.client("prod", "secretsmanager")
    return secrets.get_secret_value(SecretId="origin-token/prod")["SecretString"]


def sent(fleet: Deployed) -> str:
    """What the distribution sends."""
    cloudfront = fleet.client("prod", "cloudfront")
    (found,) = cloudfront.list_distributions()["DistributionList"]["Items"]
    origins = cloudfront.get_distribution_config(Id=found["Id"])["DistributionConfig"]["Origins"]["Items"]
    (balancer,) = [origin for origin in origins if origin["Id"] == "load-balancer"]
    (header,) = balancer["CustomHeaders"]["Items"]
    return header["HeaderValue"]


def expected(fleet: Deployed) -> str:
    """What the load balancer's web ACL leaves out."""
    waf = fleet.client("prod", "wafv2")
    (found,) = [acl for acl in waf.list_web_acls(Scope="REGIONAL")["WebACLs"] if acl["Name"] == "prod"]
    rules = waf.get_web_acl(Name="prod", Scope="REGIONAL", Id=found["Id"])["WebACL"]["Rules"]
    (rate,) = [rule["Statement"]["RateBasedStatement"] for rule in rules if rule["Name"] == "rate-limit"]
    return rate["ScopeDownStatement"]["NotStatement"]["Statement"]["ByteMatchStatement"]["SearchString"].decode()


def test_what_the_distribution_sends_is_what_the_web_acl_leaves_out(fleet: Deployed):
    assert sent(fleet) == expected(fleet) == token(fleet)
    assert len(token(fleet)) == 64


def test_a_plan_of_a_later_change_holds_and_the_token_stays(fleet: Deployed, tmp_path: Path):
    before = token(fleet)
    write_fleet(fleet.fleet_file, lambda file: file.update(waf={"rate_limit": 200}))
    fleet.run("preview", "--select", SELECTION, "--out", str(tmp_path / "plan"))
    record = fleet.run("up", "--plan", str(tmp_path / "plan"), "--yes")
    changed = {stack["name"] for stack in record["stacks"] if stack["changes"].get("update")}
    assert changed == {"load-balancer-prod", "distribution-static"}
    assert sent(fleet) == expected(fleet) == token(fleet) == before


def test_a_run_with_nothing_to_do_starts_no_engine(fleet: Deployed):
    fleet.run("up", "--yes", "--select", SELECTION)
    for selection in (SELECTION, "distribution-static"):
        assert fleet.run("up", "--yes", "--select", selection)["engine_calls"] == 0


def test_running_every_stack_again_changes_nothing(fleet: Deployed):
    record = fleet.run("up", "--yes", "--all", "--select", SELECTION)
    assert {stack["status"] for stack in record["stacks"]} == {"unchanged"}


def test_no_file_and_no_report_tells_the_token(fleet: Deployed, plan: Path):
    secret = token(fleet)
    sought = {secret.encode(), b64encode(secret.encode()), json.dumps(secret)[1:-1].encode()}
    said = fleet.run_raw("up", "--yes", "--all", "--select", SELECTION, "--json").stdout
    assert "load-balancer-prod" in said
    files = [path for folder in (fleet.home, plan) for path in folder.rglob("*") if path.is_file()]
    for wanted in ("stacks/securecart/load-balancer-prod.json", "load-balancer-prod.up.log", "record.json"):
        assert any(str(path).endswith(wanted) for path in files), wanted
    assert (plan / "stacks" / "load-balancer-prod.engine.json") in files
    assert not any(form in said.encode() for form in sought)
    assert [path for path in files if any(form in path.read_bytes() for form in sought)] == []
