"""Where unknown values come from, in words."""

from securecart.plan.fleet_plan import Operation, Origin
from securecart.report.plan_origins import origin_words, properties, unknowns
from tests.report.plans import VPC, VPC_ORIGIN, resource, waits_for

SUBNET = "aws:ec2/subnet:Subnet"


def sentences(views):
    return [view.sentence() for view in views]


def test_an_unknown_input_names_output_resource_and_property():
    subnet = resource(SUBNET, Operation.CREATE, unknown=(waits_for("vpcId"),))
    assert sentences(unknowns(subnet)) == ["vpcId: not known yet, comes from network-dev.vpc_id (aws Vpc dev, id)"]


def test_the_way_through_several_stacks_is_told_nearest_first():
    origin = VPC_ORIGIN.model_copy(update={"outputs": ("attach-dev.vpc", "network-dev.ids[a]")})
    assert origin_words(origin) == "attach-dev.vpc, from network-dev.ids[a] (aws Vpc dev, id)"


def test_an_origin_of_the_same_stack_names_the_resource_alone():
    assert origin_words(VPC_ORIGIN.model_copy(update={"outputs": ()})) == "aws Vpc dev, id"
    assert origin_words(VPC_ORIGIN.model_copy(update={"outputs": (), "property": ""})) == "aws Vpc dev"


def test_a_stack_that_was_never_previewed_leaves_its_output_alone():
    assert origin_words(Origin(outputs=("network-dev.vpc_id",))) == "network-dev.vpc_id"


def test_what_is_no_urn_is_shown_as_it_is():
    assert origin_words(Origin(urn="odd")) == "odd"


def test_paths_of_one_input_that_wait_for_the_same_are_told_together():
    both = resource(SUBNET, Operation.CREATE, unknown=(waits_for("ids[0]"), waits_for("ids[1]"), waits_for("other")))
    assert [view.path for view in unknowns(both)] == ["ids[0], ids[1]", "other"]


def test_many_origins_are_counted():
    origins = tuple(Origin(outputs=(f"s.o{number}",)) for number in range(7))
    told = sentences(unknowns(resource(SUBNET, Operation.CREATE, unknown=(waits_for("ids", *origins),))))
    assert told == ["ids: not known yet, comes from s.o0, s.o1, s.o2, s.o3 and 3 more"]


def test_an_unknown_without_origin_is_only_unknown():
    views = unknowns(resource(SUBNET, Operation.CREATE, unknown=(waits_for("ids", Origin()),)))
    assert sentences(views) == ["ids: not known yet"]


def test_a_known_property_tells_its_new_value_and_an_absent_one_that_it_changes():
    vpc = resource(VPC, Operation.REPLACE, inputs={"cidrBlock": "10.9.0.0/16"})
    assert sentences(properties(vpc, ("cidrBlock", "ipv6"))) == ["cidrBlock becomes 10.9.0.0/16", "ipv6 changes"]


def test_a_property_with_an_unknown_inside_is_unknown_and_so_is_a_part_of_an_unknown():
    partly = resource(SUBNET, Operation.UPDATE, inputs={"ids": ["a", "[unknown]"]}, unknown=(waits_for("ids[1]"),))
    wholly = resource(SUBNET, Operation.UPDATE, inputs={"ids": "[unknown]"}, unknown=(waits_for("ids"),))
    assert not properties(partly, ("ids",))[0].known
    assert not properties(wholly, ("ids[0].name",))[0].known
    assert properties(partly, ("ids[0]",))[0].sentence() == "ids[0] becomes a"


def test_a_property_is_not_mistaken_for_one_whose_name_begins_alike():
    item = resource(SUBNET, Operation.UPDATE, inputs={"vpc": "v"}, unknown=(waits_for("vpcId"),))
    assert properties(item, ("vpc",))[0].sentence() == "vpc becomes v"


def test_a_replacement_that_was_asked_for_is_told_as_such():
    assert sentences(properties(resource(VPC, Operation.REPLACE), ("id",))) == ["asked for, or left unfinished"]


def test_a_secret_value_is_not_shown():
    database = resource("aws:rds/instance:Instance", Operation.UPDATE, inputs={"password": "hunter2"})
    assert sentences(properties(database, ("password",))) == ["password becomes [redacted]"]
