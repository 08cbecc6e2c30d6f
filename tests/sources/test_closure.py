from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import grimp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from securecart.errors import ProgramError
from securecart.sources.closure import ImportGraph
from tests.sources.checkouts import SMALL, MemoryTree, real_tree


def closure(files: dict[str, str], *modules: str) -> tuple[str, ...]:
    """The closure of modules over a tree in memory."""
    return ImportGraph(MemoryTree(files)).closure(modules)


def test_a_module_is_made_of_itself_what_it_imports_and_the_packages_they_lie_in() -> None:
    assert closure(dict(SMALL), "stacks.hub") == (
        "platform/securecart/__init__.py",
        "platform/securecart/components/__init__.py",
        "platform/securecart/components/gateway.py",
        "platform/securecart/config/__init__.py",
        "platform/securecart/config/model.py",
        "stacks/__init__.py",
        "stacks/hub.py",
    )


REGISTRY = {
    "stacks/__init__.py": "from stacks import one, two\nKINDS = (one, two)\n",
    "stacks/one.py": "",
    "stacks/two.py": "",
}


@pytest.mark.parametrize(
    "source",
    ["import stacks", "from stacks import KINDS", "from stacks import *", "import stacks.one", "from . import KINDS"],
)
def test_a_package_imported_by_name_brings_what_it_imports(source: str) -> None:
    assert "stacks/two.py" in closure({**REGISTRY, "stacks/main.py": source}, "stacks.main")


@pytest.mark.parametrize(
    "source", ["from stacks import one", "from . import one", "from stacks.one import x", "import stacks.one as one"]
)
def test_a_submodule_taken_from_a_package_does_not_bring_its_siblings(source: str) -> None:
    found = closure({**REGISTRY, "stacks/main.py": source}, "stacks.main")
    assert found == ("stacks/__init__.py", "stacks/main.py", "stacks/one.py")


def test_a_star_brings_submodules_too() -> None:
    files = {"stacks/__init__.py": "__all__ = ['one']\n", "stacks/one.py": "", "stacks/main.py": "from stacks import *"}
    assert "stacks/one.py" in closure(files, "stacks.main")


def test_modules_that_import_each_other_are_made_of_both() -> None:
    files = {"stacks/a.py": "import stacks.b as b", "stacks/b.py": "import stacks.a as a"}
    assert closure(files, "stacks.a") == closure(files, "stacks.b") == ("stacks/a.py", "stacks/b.py")


def test_a_package_comes_before_a_file_of_the_same_name() -> None:
    files = {"stacks/a.py": "", "stacks/a/__init__.py": ""}
    assert closure(files, "stacks.a") == ("stacks/a/__init__.py",)


def test_the_folder_platform_is_not_the_standard_librarys_module() -> None:
    files = {"platform/securecart/a.py": "", "stacks/a.py": "import platform\nfrom platform import securecart\n"}
    assert closure(files, "stacks.a") == ("stacks/a.py",)


def test_a_program_may_lie_anywhere_below_a_source_root() -> None:
    files = {
        **SMALL,
        "team/shop/programs.py": "from stacks import hub\nfrom . import words\n",
        "team/shop/words.py": "",
    }
    found = closure(files, "team.shop.programs")
    assert {"team/shop/programs.py", "team/shop/words.py", "stacks/hub.py"} <= set(found)
    assert "stacks/network.py" not in found


def test_a_dynamic_import_brings_every_first_party_module() -> None:
    files = {**SMALL, "stacks/hub.py": "import importlib\nimportlib.import_module(name)\n", "team/a.py": ""}
    assert "stacks/network.py" not in closure(dict(SMALL), "stacks.hub")
    assert closure(files, "stacks.hub") == tuple(sorted(path for path in SMALL if path.endswith(".py")))


def test_a_dynamic_import_further_down_counts_as_well() -> None:
    loader = {
        "platform/securecart/config/model.py": "__import__(name)\n",
        "team/a.py": "import stacks.hub",
        "team/b.py": "",
    }
    found = closure({**SMALL, **loader}, "team.a")
    assert {"stacks/network.py", "policies/server.py", "team/b.py"} <= set(found)


def test_a_module_outside_any_package_stays_part_of_itself_when_it_loads_others() -> None:
    found = closure({**SMALL, "main.py": "import words\n__import__(name)\n", "words.py": ""}, "main")
    assert {"main.py", "words.py", "stacks/hub.py"} <= set(found)


def test_a_dynamic_import_of_other_peoples_package_brings_nothing() -> None:
    files = {"stacks/a.py": "import importlib\nimportlib.import_module(f'pulumi_aws.{name}')\n", "stacks/b.py": ""}
    assert closure(files, "stacks.a") == ("stacks/a.py",)


def test_a_dynamic_import_of_half_a_name_brings_that_package() -> None:
    files = {
        "stacks/a.py": "import importlib\nimportlib.import_module(f'policies.{name}')\n",
        "policies/b.py": "",
        "stacks/c.py": "",
    }
    assert closure(files, "stacks.a") == ("policies/b.py", "stacks/a.py")


@pytest.mark.parametrize("module", ["stacks.missing", "missing", "__main__", "platform", ""])
def test_a_module_that_is_not_in_the_checkout_is_refused(module: str) -> None:
    with pytest.raises(ProgramError, match="has no file for the module") as caught:
        closure(dict(SMALL), module)
    assert caught.value.value == module


def test_a_file_that_is_not_python_is_named_by_whoever_reaches_it() -> None:
    files = {**SMALL, "platform/securecart/components/gateway.py": "def f(:\n"}
    with pytest.raises(ProgramError, match=r"platform/securecart/components/gateway\.py:1 of memory"):
        closure(files, "stacks.hub")
    assert closure(files, "stacks.network")


# An oracle that shares nothing with the code: the graph that import-linter's library reads from the same files.


def by_grimp(graph: grimp.ImportGraph, module: str) -> set[str]:
    """The modules of a closure, with the packages that they lie in."""
    reached, waiting = set[str](), [module]
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting.extend(graph.find_modules_directly_imported_by(name))
    return {".".join(name.split(".")[:depth]) for name in reached for depth in range(1, name.count(".") + 2)}


def test_every_closure_of_the_checkout_agrees_with_import_linters_library() -> None:
    tree, graph = real_tree(), grimp.build_graph("securecart", "stacks", "policies", cache_dir=None)
    ours = ImportGraph(tree)
    agreed = 0
    for module in sorted(graph.modules):
        found, expected = (
            set(ours.closure([module])),
            {ours.modules.require(name).path for name in by_grimp(graph, module)},
        )
        if any(b"import_module" in tree.contents[path] for path in expected):
            assert found >= expected, module
        else:
            assert found == expected, module
            agreed += 1
    assert agreed > 100


# An oracle that knows the edges, since it drew them: reachability by repeated union.

NAMES = (
    "stacks.a",
    "stacks.b",
    "stacks.p",
    "stacks.p.c",
    "stacks.p.d",
    "securecart.e",
    "securecart.q",
    "securecart.q.f",
)
PACKAGES = {"stacks", "stacks.p", "securecart", "securecart.q"}
FORMS = (
    "import {target} as x",
    "from {target} import something",
    "from {parent} import {leaf}",
    "def f():\n    import {target} as x",
    "if TYPE_CHECKING:\n    from {parent} import {leaf} as y",
    "from {dots}{rest} import something",
)


@dataclass(frozen=True)
class Edge:
    """One import, as it is written."""

    source: str
    target: str
    form: str

    def text(self) -> str:
        """The statement."""
        parent, _, leaf = self.target.rpartition(".")
        top, _, rest = self.target.partition(".")
        depth = self.source.count(".") + (1 if self.source in PACKAGES else 0)
        same = top == self.source.partition(".")[0]
        form = self.form if same or "dots" not in self.form else FORMS[0]
        return form.format(target=self.target, parent=parent, leaf=leaf, dots="." * depth, rest=rest) + "\n"


def path_of(name: str) -> str:
    """The file of a module."""
    place = ("platform/" if name.startswith("securecart") else "") + name.replace(".", "/")
    return f"{place}/__init__.py" if name in PACKAGES else f"{place}.py"


def by_union(edges: Iterable[Edge], start: str) -> set[str]:
    """The files that a module is made of."""
    reached = {start}
    while True:
        grown = reached | {edge.target for edge in edges if edge.source in reached}
        if grown == reached:
            break
        reached = grown
    packages = {package for package in PACKAGES for name in reached if name.startswith(f"{package}.")}
    return {path_of(name) for name in reached | packages}


EDGES = st.lists(
    st.builds(Edge, st.sampled_from((*NAMES, "stacks", "securecart")), st.sampled_from(NAMES), st.sampled_from(FORMS)),
    max_size=14,
)


@given(EDGES, st.sampled_from(NAMES))
def test_a_closure_is_all_that_can_be_reached(edges: list[Edge], start: str) -> None:
    names = (*NAMES, "stacks", "securecart")
    files = {path_of(name): "".join(edge.text() for edge in edges if edge.source == name) for name in names}
    assert set(closure(files, start)) == by_union(edges, start)


@given(EDGES, st.lists(st.sampled_from(NAMES), min_size=1, max_size=4))
def test_a_graph_that_was_asked_before_answers_the_same(edges: list[Edge], starts: list[str]) -> None:
    names = (*NAMES, "stacks", "securecart")
    tree = MemoryTree({path_of(name): "".join(edge.text() for edge in edges if edge.source == name) for name in names})
    kept = ImportGraph(tree)
    assert [kept.closure([start]) for start in starts] == [ImportGraph(tree).closure([start]) for start in starts]
