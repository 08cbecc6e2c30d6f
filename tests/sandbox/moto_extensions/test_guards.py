from __future__ import annotations

import pytest

from securecart.sandbox.moto_extensions.guards import check_first


class Door:
    def __init__(self, *, locked: bool) -> None:
        self.locked = locked
        self.asked = 0

    def open(self, hand: str) -> str:
        return f"opened by {hand}"


def refuse(door: object) -> None:
    assert isinstance(door, Door)
    door.asked += 1
    if door.locked:
        raise PermissionError("locked")


def test_a_check_comes_first_and_once_however_often_it_is_installed() -> None:
    for _ in range(2):
        check_first(Door, {"open": refuse})
    door = Door(locked=False)
    assert door.open(hand="left") == "opened by left"
    assert door.asked == 1
    with pytest.raises(PermissionError):
        Door(locked=True).open("left")
