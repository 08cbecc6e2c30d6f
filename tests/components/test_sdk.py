"""The parts of the SDK are complete before any stack's thread can ask for them."""

import subprocess
import sys


def test_importing_the_parts_loads_them_at_once():
    code = (
        "from types import ModuleType\n"
        "from securecart.components import sdk\n"
        "lazy = [name for name in sdk.__all__ if type(getattr(sdk, name)) is not ModuleType]\n"
        "print('ec2' in sdk.__all__, lazy)\n"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, env=_path())
    assert answer.stdout.split() == ["True", "[]"], answer.stderr


def _path() -> dict[str, str]:
    """Return the environment of a fresh interpreter that finds what this one finds."""
    return {"PYTHONPATH": ":".join(entry for entry in sys.path if entry), "PYTHONWARNINGS": "ignore"}
