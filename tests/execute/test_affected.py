"""Which stacks commits touch: by what programs and policies read, in a copy of this very checkout."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from policies.facts import document
from securecart.config.loader import load_fleet
from securecart.errors import BadInputError
from securecart.execute.affected import Affected, Scene, affected_by
from securecart.plan.graph import build_graph
from stacks import KINDS
from tests.sources.checkouts import ROOT, Repository

COPIED = ("stacks", "policies", "platform", "engine", "docs", "requirements.lock")


class Checkout:
    """A copy of the checkout with a history of its own; each edit is a commit on top of the last one."""

    def __init__(self, top: Path) -> None:
        self.repository = Repository(top)
        for name in COPIED:
            source = ROOT / name
            if source.is_dir():
                shutil.copytree(source, top / name, ignore=shutil.ignore_patterns("__pycache__", ".*"))
            else:
                shutil.copy(source, top / name)
        self.top = top
        self.repository.commit()

    def edited(self, path: str, old: str = "", new: str = "") -> str:
        """Return a file with one place changed, or with a comment more."""
        text = (self.top / path).read_text(encoding="utf-8")
        if not old:
            return f"{text}\n# edited\n"
        assert text.count(old) == 1, f"{old!r} is in {path} {text.count(old)} times"
        return text.replace(old, new)

    def scene(self, *, sandbox: bool = True, fleet_path: Path | None = None, target: str = "sandbox") -> Scene:
        path = fleet_path or self.top / "stacks" / "fleet.yaml"
        fleet = load_fleet(path)
        graph = build_graph(spec for kind in KINDS for spec in kind.stacks(fleet))
        return Scene(self.top, path, graph, KINDS, document, target, sandbox)

    def touched(self, path: str, old: str = "", new: str = "", *, sandbox: bool = True) -> Affected:
        """Commit an edit, ask what it touches, and undo it."""
        before = (self.top / path).read_text(encoding="utf-8")
        self.repository.commit({path: self.edited(path, old, new)})
        try:
            return affected_by(self.scene(sandbox=sandbox), "HEAD~1..HEAD")
        finally:
            self.repository.commit({path: before})


@pytest.fixture(name="checkout", scope="module")
def _checkout(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    return Checkout(tmp_path_factory.mktemp("checkout"))


@pytest.fixture(name="names", scope="module")
def _names(checkout: Checkout) -> Sequence[str]:
    return tuple(checkout.scene().graph.stacks)


def test_documents_touch_nothing(checkout: Checkout):
    assert checkout.touched("docs/architecture.md") == Affected({}, (), ())


def test_comments_and_layout_of_the_fleet_file_touch_nothing(checkout: Checkout):
    assert checkout.touched("stacks/fleet.yaml") == Affected({}, (), ())


def test_what_runs_stacks_and_is_read_by_no_program_touches_nothing(checkout: Checkout):
    assert checkout.touched("platform/securecart/execute/pool.py").names == ()


def test_one_block_of_the_fleet_file_touches_what_reads_it_with_all_that_need_it(checkout: Checkout):
    found = checkout.touched("stacks/fleet.yaml", "cidr: 10.10.0.0/16", "cidr: 10.11.0.0/16")
    assert "network-dev" in found.reasons
    assert found.reasons["network-dev"].startswith("fleet file: ")
    assert '"10.10.0.0/16" -> "10.11.0.0/16"' in found.reasons["network-dev"]
    graph = checkout.scene().graph
    assert set(found.names) == set(found.reasons).union(*(graph.downstream(name) for name in found.reasons))
    assert "attach-dev" in found.names
    for name in ("network-prod-eu", "log-archive-us-east-1", "hub-eu-west-1"):
        assert name in graph.stacks
        assert name not in found.names


def test_names_come_upstream_first(checkout: Checkout, names: Sequence[str]):
    found = checkout.touched("stacks/network.py")
    assert len(found.names) > len(found.reasons) > 1
    assert list(found.names) == [name for name in names if name in found.names]


def test_a_program_touches_the_stacks_of_its_kind_and_those_that_need_them(checkout: Checkout):
    found = checkout.touched("stacks/peering.py")
    assert found.reasons
    assert set(found.reasons.values()) == {"stacks/peering.py was changed"}
    stacks = checkout.scene().graph.stacks.values()
    assert {spec.name for spec in stacks if spec.kind == "peering"} == set(found.reasons)


def test_a_component_touches_the_stacks_whose_programs_use_it(checkout: Checkout):
    path = "platform/securecart/components/flow_log_archive.py"
    found = checkout.touched(path)
    assert set(found.reasons.values()) == {f"{path} was changed"}
    assert {"log-archive-us-east-1", "log-archive-eu-west-1"} == set(found.reasons)
    assert "network-dev" in found.names


@pytest.mark.parametrize(
    "path",
    [
        "policies/acl.py",
        "policies/rules/subnets.py",
        "requirements.lock",
        "engine/go.mod",
        "platform/securecart/setup/version.py",
        "platform/securecart/config/model.py",
    ],
)
def test_what_every_stack_stands_on_touches_every_stack(checkout: Checkout, names: Sequence[str], path: str):
    found = checkout.touched(path)
    assert found.names == names
    assert found.reasons == dict.fromkeys(names, f"{path} was changed")


def test_the_sandbox_touches_every_stack_where_it_is_the_target_and_none_elsewhere(
    checkout: Checkout, names: Sequence[str]
):
    path = "platform/securecart/sandbox/store.py"
    assert checkout.touched(path).names == names
    assert checkout.touched(path, sandbox=False).names == ()


def test_the_settings_of_the_target_touch_every_stack_of_it(checkout: Checkout, names: Sequence[str]):
    before = (checkout.top / "stacks" / "fleet.yaml").read_text(encoding="utf-8")
    with_target = before.replace(
        "\ntargets:\n", "\ntargets:\n  real: {kind: aws, backend: s3://one, secrets_provider: awskms://alias/x}\n"
    )
    assert with_target != before
    checkout.repository.commit({"stacks/fleet.yaml": with_target})
    checkout.repository.commit({"stacks/fleet.yaml": with_target.replace("s3://one", "s3://two")})
    try:
        real = affected_by(checkout.scene(sandbox=False, target="real"), "HEAD~1..HEAD")
        sandbox = affected_by(checkout.scene(), "HEAD~1..HEAD")
    finally:
        checkout.repository.commit({"stacks/fleet.yaml": before})
    assert real.names == names
    assert set(real.reasons.values()) == {'fleet file: target.backend: "s3://one" -> "s3://two"'}
    assert sandbox.names == ()


def test_edits_that_are_not_committed_count_against_a_commit(checkout: Checkout):
    path = "stacks/peering.py"
    before = (checkout.top / path).read_text(encoding="utf-8")
    (checkout.top / path).write_text(checkout.edited(path), encoding="utf-8")
    try:
        found = affected_by(checkout.scene(), "HEAD")
        committed = affected_by(checkout.scene(), "HEAD..HEAD")
    finally:
        (checkout.top / path).write_text(before, encoding="utf-8")
    assert found.reasons
    assert set(found.reasons.values()) == {"stacks/peering.py was changed"}
    assert committed.names == ()


def test_a_branch_is_compared_with_where_it_left(checkout: Checkout):
    repository, path = checkout.repository, "stacks/hub.py"
    left = repository.git("rev-parse", "HEAD")
    repository.commit({path: checkout.edited(path)})
    repository.git("tag", "upstream-moved")
    repository.git("checkout", "--quiet", "-b", "topic", left)
    repository.commit({"stacks/peering.py": checkout.edited("stacks/peering.py")})
    try:
        two, three = (affected_by(checkout.scene(), f"upstream-moved{dots}topic") for dots in ("..", "..."))
    finally:
        repository.git("checkout", "--quiet", "-B", "main", left)
    assert set(three.reasons.values()) == {"stacks/peering.py was changed"}
    assert set(two.reasons.values()) == {"stacks/peering.py was changed", "stacks/hub.py was changed"}


def test_a_commit_from_before_the_fleet_file_touches_every_stack_and_says_so(checkout: Checkout, names: Sequence[str]):
    path = "stacks/fleet.yaml"
    before = (checkout.top / path).read_text(encoding="utf-8")
    (checkout.top / path).unlink()
    checkout.repository.commit()
    checkout.repository.commit({path: before})
    found = affected_by(checkout.scene(), "HEAD~1..HEAD")
    assert found.names == names
    (note,) = found.notes
    assert "has no stacks/fleet.yaml" in note


def test_a_fleet_file_outside_the_checkout_is_not_compared_and_that_is_told(checkout: Checkout, tmp_path: Path):
    path = tmp_path / "fleet.yaml"
    shutil.copy(ROOT / "stacks" / "fleet.yaml", path)
    found = affected_by(checkout.scene(fleet_path=path), "HEAD..HEAD")
    assert found.names == ()
    (note,) = found.notes
    assert "lies outside the checkout" in note


@pytest.mark.parametrize("term", ["no-such-branch", "-x", "main..no-such-branch", "..."])
def test_a_term_that_names_no_commit_is_bad_input(checkout: Checkout, term: str):
    with pytest.raises(BadInputError) as refused:
        affected_by(checkout.scene(), term)
    assert refused.value.exit_code == 2
