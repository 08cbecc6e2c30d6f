from __future__ import annotations

import pytest

from securecart.errors import ProgramError
from securecart.sources.imports import Import, Imports, read_imports


def read(source: str | bytes, package: str = "shop.parts") -> Imports:
    """The imports of a file of package shop.parts."""
    return read_imports(source.encode() if isinstance(source, str) else source, "shop/parts/a.py", package, "the test")


@pytest.mark.parametrize(
    ("source", "statement"),
    [
        ("import a", Import("a", binds_top=True)),
        ("import a.b", Import("a.b", binds_top=True)),
        ("import a.b as c", Import("a.b")),
        ("from a import b", Import("a", ("b",))),
        ("from a.b import c as d, e", Import("a.b", ("c", "e"))),
        ("from a import (\n    b,\n    c,\n)", Import("a", ("b", "c"))),
        ("from a import *", Import("a", ("*",))),
        ("from . import b", Import("shop.parts", ("b",))),
        ("from .b import c", Import("shop.parts.b", ("c",))),
        ("from .. import b", Import("shop", ("b",))),
        ("from ..b.c import d", Import("shop.b.c", ("d",))),
        ("import importlib; importlib.import_module('a.b')", Import("a.b", binds_top=True)),
        ("__import__('a')", Import("a", binds_top=True)),
    ],
)
def test_each_form_of_import_is_read(source: str, statement: Import) -> None:
    assert statement in read(source).statements
    assert not read(source).is_open


@pytest.mark.parametrize(
    "block",
    [
        "def f():\n    {}",
        "async def f():\n    {}",
        "class A:\n    def f(self):\n        {}",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    {}",
        "if x:\n    pass\nelif y:\n    {}",
        "if x:\n    pass\nelse:\n    {}",
        "try:\n    {}\nfinally:\n    pass",
        "try:\n    pass\nexcept ImportError:\n    {}",
        "try:\n    pass\nexcept* ValueError:\n    {}",
        "try:\n    pass\nexcept A:\n    pass\nelse:\n    {}",
        "try:\n    pass\nfinally:\n    {}",
        "for x in y:\n    {}",
        "for x in y:\n    pass\nelse:\n    {}",
        "while x:\n    {}",
        "with x:\n    {}",
        "match x:\n    case 1:\n        {}",
        "x = 1; {}",
        "if x: {}",
    ],
)
def test_an_import_counts_wherever_it_stands(block: str) -> None:
    assert Import("a.b", ("c",)) in read(block.format("from a.b import c")).statements


def test_text_that_looks_like_an_import_is_none() -> None:
    assert read('"""\nimport a\nfrom b import c\n"""\n# import d\nx = "__import__ and exec"\n') == Imports(
        (), (), False
    )


def test_a_relative_import_beyond_the_top_leads_nowhere() -> None:
    assert read("from ..a import b").statements == (Import("shop.a", ("b",)),)
    assert read("from ...a import b").statements == ()
    assert read("from ....a import b").statements == ()


def test_a_module_outside_any_package_has_no_relative_imports() -> None:
    assert read("from .a import b", package="").statements == ()


@pytest.mark.parametrize(
    "source",
    [
        "import importlib\nimportlib.import_module(name)",
        "from importlib import import_module\nimport_module(name)",
        "from importlib import import_module as load\nload(name)",
        "import importlib\nload = importlib.import_module",
        "import importlib\nimportlib.import_module('.a', package=__package__)",
        "import importlib\nimportlib.import_module('.a')",
        "import importlib\nimportlib.import_module(f'{a}.b')",
        "import importlib\nimportlib.import_module(f'a{b}')",
        "__import__(name)",
        "__import__('a', globals(), locals(), ['b'])",
        "import runpy\nrunpy.run_module('a')",
        "from importlib.util import spec_from_file_location as spec",
        "exec(text)",
        "x = [eval(text) for text in y]",
    ],
)
def test_code_loaded_by_a_name_not_written_down_is_told(source: str) -> None:
    assert read(source).is_open


def test_half_a_name_tells_the_package() -> None:
    found = read("import importlib\nimportlib.import_module(f'a.{b}')")
    assert found.packages == ("a",)
    assert not found.is_open


def test_words_that_only_contain_a_loaders_name_are_harmless() -> None:
    assert not read("execute(evaluate)\nre.eval = cursor.exec(1)\nx.executor\n").is_open


@pytest.mark.parametrize(
    ("source", "place"),
    [
        (b"import a\ndef f(:\n", r"shop/parts/a\.py:2 of the test"),
        (b"x = '\xff'\n", r"shop/parts/a\.py(:\d+)? of the test"),
        (b"x = 1\0\n", r"shop/parts/a\.py(:\d+)? of the test"),
        (b"# coding: no-such-coding\n", r"shop/parts/a\.py(:\d+)? of the test"),
    ],
    ids=["syntax", "not utf-8", "null byte", "unknown coding"],
)
def test_a_file_that_is_not_python_is_named(source: bytes, place: str) -> None:
    with pytest.raises(ProgramError, match=f"{place} is not valid Python") as caught:
        read(source)
    assert caught.value.remedy


def test_a_file_may_declare_another_coding() -> None:
    assert read("# coding: latin-1\nimport a  # é\n".encode("latin-1")).statements == (Import("a", binds_top=True),)
