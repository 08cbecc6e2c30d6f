from __future__ import annotations

from pathlib import Path

import pytest

from securecart.errors import ProgramError
from securecart.sources.compare import compared
from securecart.sources.parts import Sources
from securecart.sources.tree import SourceTree, WorkingTree
from tests.sources.checkouts import ROOT, SMALL, MemoryTree, Repository, real_tree

PROGRAMS = ("network", "peering", "attach", "hub", "hub_peering", "log_archive")


@pytest.fixture(scope="module")
def checkout() -> MemoryTree:
    """The checkout that the tests run in."""
    return real_tree()


@pytest.fixture(scope="module")
def sources(checkout: MemoryTree) -> Sources:
    """Its parts."""
    return Sources(checkout)


def changed(old: Sources, after: SourceTree) -> set[str]:
    """Which programs of the firm are made of something else now; ``policies`` for the pack."""
    new = Sources(after)
    programs = {name for name in PROGRAMS if old.program(f"stacks.{name}") != new.program(f"stacks.{name}")}
    return programs | ({"policies"} if old.policy_pack() != new.policy_pack() else set())


def edited(checkout: MemoryTree, path: str) -> MemoryTree:
    """The checkout with a comment at the end of a file."""
    return checkout.with_changes({path: checkout.contents[path] + b"# A comment.\n"})


@pytest.mark.parametrize(
    ("path", "programs"),
    [
        ("stacks/peering.py", {"peering"}),
        ("stacks/hub.py", {"hub"}),
        ("platform/securecart/components/subnet_tier.py", {"network"}),
        ("platform/securecart/components/vpc_peering.py", {"peering"}),
        ("platform/securecart/components/archive_policies.py", {"log_archive"}),
        ("platform/securecart/components/transit_gateway_hub.py", {"hub", "attach", "hub_peering"}),
        ("platform/securecart/program/run.py", set(PROGRAMS)),
        ("platform/securecart/config/model.py", {*PROGRAMS, "policies"}),
        ("platform/securecart/errors.py", {*PROGRAMS, "policies"}),
        ("policies/rules/peering.py", {"policies"}),
        ("policies/PulumiPolicy.yaml", {"policies"}),
        ("policies/warm/bin/pulumi-analyzer-policy-securecart", {"policies"}),
        ("platform/securecart/sandbox/server.py", set()),
        ("platform/securecart/execute/runs.py", set()),
        ("platform/securecart/cli/app.py", set()),
        ("stacks/fleet.yaml", set()),
    ],
)
def test_an_edit_changes_what_is_made_of_the_file(
    checkout: MemoryTree, sources: Sources, path: str, programs: set[str]
) -> None:
    assert changed(sources, edited(checkout, path)) == programs


def test_nothing_changes_where_nothing_was_edited(sources: Sources) -> None:
    assert changed(sources, WorkingTree(ROOT)) == set()
    assert all(f"stacks/{name}.py" in sources.program(f"stacks.{name}") for name in PROGRAMS)


def test_all_of_the_sandbox_and_what_it_imports_belong_to_it(checkout: MemoryTree, sources: Sources) -> None:
    found = set(sources.sandbox())
    assert set(checkout.files("platform/securecart/sandbox")) <= found
    assert {"platform/securecart/errors.py", "platform/securecart/__init__.py"} <= found


def test_a_sandbox_is_not_made_of_programs() -> None:
    found = Sources(MemoryTree(SMALL)).sandbox()
    assert sorted(found) == [
        "platform/securecart/__init__.py",
        "platform/securecart/config/__init__.py",
        "platform/securecart/config/model.py",
        "platform/securecart/sandbox/__init__.py",
        "platform/securecart/sandbox/server.py",
        "platform/securecart/sandbox/types/__init__.py",
        "platform/securecart/sandbox/types/ec2.py",
    ]


def test_the_policy_pack_is_its_folder_and_what_it_imports() -> None:
    found = Sources(MemoryTree(SMALL)).policy_pack()
    assert set(found) == {path for path in SMALL if path.startswith("policies/") or "config" in path} | {
        "platform/securecart/__init__.py"
    }


def test_a_program_that_a_commit_has_not_can_be_asked_for() -> None:
    sources = Sources(MemoryTree(SMALL).without("stacks/hub.py"))
    assert sources.has_program("stacks.network")
    assert not sources.has_program("stacks.hub")
    with pytest.raises(ProgramError, match="has no file for the module"):
        sources.program("stacks.hub")


def test_what_the_sources_of_a_program_hold_are_digests_by_path() -> None:
    digest = Sources(MemoryTree(SMALL)).program("stacks.hub")["stacks/hub.py"]
    assert len(bytes.fromhex(digest)) == 32


# The same through git, where a commit range is looked at.

GATEWAY = "platform/securecart/components/gateway.py"
EDITS: dict[str, tuple[dict[str, str], list[str], set[str]]] = {
    "new file": (
        {"stacks/hub.py": f"{SMALL['stacks/hub.py']}from stacks import words\n", "stacks/words.py": ""},
        [],
        {"hub"},
    ),
    "new file that nothing imports": ({"stacks/words.py": ""}, [], set()),
    "deleted file": ({"stacks/hub.py": "x = 1\n"}, [GATEWAY], {"hub"}),
    "renamed file": (
        {"platform/securecart/components/gate.py": SMALL[GATEWAY]}
        | {"stacks/hub.py": "from securecart.components.gate import Fleet\n"},
        [GATEWAY],
        {"hub"},
    ),
    "edited component": ({GATEWAY: f"{SMALL[GATEWAY]}# A comment.\n"}, [], {"hub"}),
    "edited model": ({"platform/securecart/config/model.py": "class Fleet: ...\n"}, [], {"hub", "network", "policies"}),
    "a module in place of other people's": ({"pydantic.py": ""}, [], {"hub", "network", "policies"}),
    "new file of the policy pack": ({"policies/words.txt": "x"}, [], {"policies"}),
    "fleet file": ({"stacks/fleet.yaml": "name: other\n"}, [], set()),
}


@pytest.mark.parametrize("below", [".", "infra/network"])
@pytest.mark.parametrize("term", ["main", "main..work", "main...work"])
@pytest.mark.parametrize("edit", EDITS)
def test_a_commit_range_changes_what_is_made_of_its_files(tmp_path: Path, edit: str, term: str, below: str) -> None:
    written, removed, expected = EDITS[edit]
    repository = Repository(tmp_path, below)
    repository.commit(SMALL)
    repository.git("switch", "--quiet", "--create", "work")
    for path in removed:
        (repository.root / path).unlink()
    repository.commit(written)
    before, after = (Sources(tree) for tree in compared(repository.root, term))
    found = {name for name in ("hub", "network") if before.program(f"stacks.{name}") != after.program(f"stacks.{name}")}
    assert found | ({"policies"} if before.policy_pack() != after.policy_pack() else set()) == expected


def test_what_others_did_meanwhile_does_not_count_with_three_dots(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    repository.commit(SMALL)
    repository.git("switch", "--quiet", "--create", "work")
    repository.commit({"stacks/hub.py": "x = 1\n"})
    repository.git("switch", "--quiet", "main")
    repository.commit({"stacks/network.py": "x = 1\n"})

    def found(term: str) -> set[str]:
        before, after = (Sources(tree) for tree in compared(repository.root, term))
        return {
            name for name in ("hub", "network") if before.program(f"stacks.{name}") != after.program(f"stacks.{name}")
        }

    assert found("main...work") == {"hub"}
    assert found("main..work") == {"hub", "network"}


def test_a_file_of_a_commit_that_is_not_python_is_named_with_the_commit(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    commit = repository.commit({**SMALL, "stacks/hub.py": b"x = '\xff'\n"})
    tree = compared(repository.root, "HEAD..HEAD").after
    with pytest.raises(ProgramError, match=rf"stacks/hub\.py(:\d+)? of commit {commit[:12]} is not valid Python"):
        Sources(tree).program("stacks.hub")
