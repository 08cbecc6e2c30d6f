"""What both tunnels of a VPN connection agree to."""

import inspect

import pulumi_aws
import pytest

from securecart.components.vpn_tunnels import tunnel_options

OPTIONS = tunnel_options("arn:aws:logs:us-east-1:210000000001:log-group:vpn")
# Site-to-Site VPN user guide, "Tunnel options": what AWS knows and the firm refuses.
WEAK = {"AES128", "AES128-GCM-16", "SHA1", "ikev1", 2, 5, 22, 23, 24}


def test_every_option_is_one_of_the_providers():
    known = inspect.signature(pulumi_aws.ec2.VpnConnection._internal_init).parameters
    assert OPTIONS.keys() <= known.keys()


def test_both_tunnels_have_the_same_options():
    first, second = (
        {key.partition("_")[2]: value for key, value in OPTIONS.items() if key.startswith(tunnel)}
        for tunnel in ("tunnel1_", "tunnel2_")
    )
    assert first == second
    assert len(first) == 16


@pytest.mark.parametrize("kind", ["encryption_algorithms", "integrity_algorithms", "dh_group_numbers"])
@pytest.mark.parametrize("phase", [1, 2])
def test_nothing_weak_is_offered_in_either_phase(kind, phase):
    offered = OPTIONS[f"tunnel1_phase{phase}_{kind}"]
    assert offered
    assert WEAK.isdisjoint(offered)


def test_ikev2_is_the_only_version():
    assert OPTIONS["tunnel2_ike_versions"] == ["ikev2"]


def test_aws_opens_a_tunnel_and_opens_it_again():
    assert (OPTIONS["tunnel1_startup_action"], OPTIONS["tunnel1_dpd_timeout_action"]) == ("start", "restart")


def test_lifetimes_and_margins_are_within_awss_bounds():
    assert 900 <= OPTIONS["tunnel1_phase1_lifetime_seconds"] <= 28_800
    assert 900 <= OPTIONS["tunnel1_phase2_lifetime_seconds"] <= 3_600
    assert 60 <= OPTIONS["tunnel1_rekey_margin_time_seconds"] <= OPTIONS["tunnel1_phase2_lifetime_seconds"] / 2
    assert 0 <= OPTIONS["tunnel1_rekey_fuzz_percentage"] <= 100
    assert 64 <= OPTIONS["tunnel1_replay_window_size"] <= 2_048
    assert OPTIONS["tunnel1_dpd_timeout_seconds"] >= 30
