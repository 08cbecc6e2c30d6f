"""What happens to a resource, in words."""

import pytest

from securecart.plan.fleet_plan import Operation
from securecart.report.plan_vocabulary import VOCABULARY
from securecart.report.plan_vocabulary.effect import Severity
from securecart.report.plan_words import effect_of, environment_of, is_scaffolding, phrase, plural, top_level, words_of
from tests.report.plans import VPC, resource

ATTACHMENT = "aws:ec2transitgateway/vpcAttachment:VpcAttachment"
NOTHING_KNOWN = "aws:ec2/noSuch:NoSuch"


def test_a_replaced_attachment_says_that_traffic_stops():
    effect = effect_of(resource(ATTACHMENT, Operation.REPLACE))
    assert effect.severity is Severity.TRAFFIC_STOPS
    assert phrase(Operation.REPLACE, "prod", ATTACHMENT, ("prod",)) == "replaces the prod Transit Gateway attachment"
    assert effect.words == "traffic through the Transit Gateway stops until the new one is associated"


def test_a_name_that_says_more_than_the_environment_is_told():
    assert phrase(Operation.DELETE, "prod", VPC, ("prod-eu",)) == "deletes the prod VPC prod-eu"
    assert phrase(Operation.DELETE, "", VPC, ("prod-eu",)) == "deletes the VPC prod-eu"


def test_several_resources_are_counted_and_the_first_are_named():
    names = tuple("abcdefg")
    told = phrase(Operation.DELETE, "dev", "aws:ec2/route:Route", names)
    assert told == "deletes 7 dev routes (a, b, c, d, e and 2 more), each"


def test_words_from_outside_pass_through_the_quote():
    told = phrase(Operation.DELETE, "dev", NOTHING_KNOWN, ("x", "y"), lambda text: f"<{text}>")
    assert told == "deletes 2 <dev> <NoSuch> (<x>, <y>), each"


def test_a_type_without_a_row_gets_a_general_sentence_for_each_operation():
    assert words_of(NOTHING_KNOWN) is None
    replaced, deleted, updated = (
        effect_of(resource(NOTHING_KNOWN, operation, diffs=("size",)))
        for operation in (Operation.REPLACE, Operation.DELETE, Operation.UPDATE)
    )
    assert replaced.severity is deleted.severity is Severity.ACCESS_LOST
    assert "until the new one is in place" in replaced.words
    assert updated.severity is Severity.NONE


def test_a_load_balancer_by_its_older_token_has_the_same_row():
    assert words_of("aws:alb/loadBalancer:LoadBalancer") is VOCABULARY["aws:lb/loadBalancer:LoadBalancer"]


def test_several_updates_in_one_count_as_the_worst_and_tell_all():
    effect = effect_of(resource(VPC, Operation.UPDATE, diffs=("enableDnsHostnames", "enableDnsSupport", "tags.Name")))
    assert effect.severity is Severity.TRAFFIC_STOPS
    assert "looked up" in effect.words.split("; ")[0]
    assert "public host names" in effect.words.split("; ")[1]


def test_two_paths_of_one_property_are_told_once():
    effect = effect_of(
        resource(
            "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
            Operation.UPDATE,
            diffs=("rules[0].expiration.days", "rules[1].status"),
        )
    )
    assert effect.severity is Severity.DATA_LOST
    assert effect.words.count("deleted") == 1


@pytest.mark.parametrize("path", ["tags", "tags.Name", 'tags["securecart:stack"]', "tagsAll"])
def test_an_update_of_tags_does_nothing_even_where_every_other_property_does(path):
    assert effect_of(resource("aws:ec2/route:Route", Operation.UPDATE, diffs=(path,))).severity is Severity.NONE
    assert effect_of(resource("aws:ec2/route:Route", Operation.UPDATE, diffs=("gatewayId",))).severity < Severity.NONE


def test_components_and_providers_have_no_effect_of_their_own():
    for token in ("securecart:network:Vpc", "pulumi:providers:aws", "pulumi:pulumi:Stack"):
        assert is_scaffolding(token)
        assert effect_of(resource(token, Operation.DELETE)).severity is Severity.NONE
    assert not is_scaffolding(VPC)


@pytest.mark.parametrize("operation", [Operation.CREATE, Operation.SAME, Operation.READ])
def test_what_is_created_or_kept_harms_nobody(operation):
    assert effect_of(resource(VPC, operation)).severity is Severity.NONE


def test_the_tag_names_the_environment_and_otherwise_the_stack_does():
    tagged = resource(VPC, Operation.CREATE, inputs={"tags": {"securecart:environment": "payments"}})
    unknown = resource(VPC, Operation.CREATE, inputs={"tags": "[unknown]"})
    hidden = resource(VPC, Operation.CREATE, inputs={"tags": {"securecart:environment": "[secret]"}})
    assert environment_of(tagged, "shared") == "payments"
    assert [environment_of(each, "shared") for each in (unknown, hidden)] == ["shared", "shared"]


def test_plurals_are_english():
    assert plural("VPC") == "VPCs"
    assert plural("IAM policy") == "IAM policies"
    assert plural("Elastic IP address") == "Elastic IP addresses"
    assert plural("VPN gateway") == "VPN gateways"
    assert plural("Config recorder switch") == "Config recorder switches"


def test_a_path_begins_in_its_input():
    paths = ("vpcId", "ingress[0].fromPort", 'tags["a.b"]', "tags.Name")
    assert [top_level(path) for path in paths] == ["vpcId", "ingress", "tags", "tags"]
