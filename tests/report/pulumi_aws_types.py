"""What resource types the installed pulumi_aws has, read from its sources: importing all of it takes a minute."""

import json
import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path


@cache
def _root() -> Path:
    return Path(find_spec("pulumi_aws").origin).parent


@cache
def _modules_by_token() -> dict[str, str]:
    """Each type token with the module that defines it, from the registration in the package's ``__init__``."""
    text = (_root() / "__init__.py").read_text()
    modules = json.loads(re.search(r'resource_modules="""\n(.*?)\n"""', text, re.DOTALL)[1])
    return {
        token: f"{module['fqn']}.{module['mod'].split('/')[1]}" for module in modules for token in module["classes"]
    }


def tokens() -> set[str]:
    return set(_modules_by_token())


def properties(token: str) -> set[str]:
    """Properties of a type, in Python's spelling."""
    package, name = _modules_by_token()[token].removeprefix("pulumi_aws.").rsplit(".", 1)
    source = _root().joinpath(*package.split("."), f"{snake(name)}.py").read_text()
    return set(re.findall(r"^    def (\w+)\(self\)", source, re.MULTILINE))


def snake(name: str) -> str:
    return re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", name).lower()
