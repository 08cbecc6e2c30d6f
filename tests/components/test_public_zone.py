"""The public hosted zone."""

from securecart.components.public_zone import PublicZone


def test_the_zone_is_public_and_keeps_records_that_others_wrote(deploy):
    recording = deploy(lambda scope_of: PublicZone("zone", scope_of("network", "us-east-1"), "securecart.example"))
    zone = recording.one("route53/zone:Zone").inputs
    assert zone["name"] == "securecart.example"
    assert "vpcs" not in zone
    assert not zone.get("forceDestroy")
