"""A plan as a pull request comment."""

import re

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from securecart.findings import Finding, Verdict
from securecart.plan.fleet_plan import FleetPlan, Operation
from securecart.report.plan_clean import clean
from securecart.report.plan_markdown import LIMIT, markdown
from tests.report.plans import VPC, fleet_plan, resource, stack, unknown_output, waits_for

READER = MarkdownIt("commonmark").enable("table")
SUBNET, ROUTE = "aws:ec2/subnet:Subnet", "aws:ec2/route:Route"
TEXTS = st.text(alphabet=st.sampled_from("`|\\<>&*_[]()#@!~$- \n\tab1."), min_size=1, max_size=30) | st.text(min_size=1)


def hostile_plan(text: str) -> FleetPlan:
    """A plan in which one text stands wherever text of others can stand."""
    replaced = resource(
        f"other:{text}",
        Operation.REPLACE,
        text,
        account=text,
        region=text,
        inputs={"p": text},
        diffs=("p", text),
        replaces=("p",),
    )
    created = resource(VPC, Operation.CREATE, text, account=text, unknown=(waits_for(text),))
    return fleet_plan(
        stack(
            replaced,
            created,
            name=text,
            account=text,
            region=text,
            environment=text,
            why=(text,),
            outputs=(unknown_output(text),),
            findings=(
                Finding(rule=text, message=text, subject=text),
                Finding(rule=text, message=text, verdict=Verdict.UNDECIDED),
            ),
        ),
        stack(name=text, runs=False),
        orphans=(text,),
        fleet=text,
        target=text,
    )


def structure(text: str) -> list[tuple[str, str, int]]:
    """What a reader sees as structure: the kinds and nesting of blocks and of what stands in them, not the words."""
    tokens = READER.parse(text)
    flat = [leaf for token in tokens for leaf in (token, *(token.children or ()))]
    return [(token.type, token.tag, token.level) for token in flat]


def folds(text: str) -> int:
    return text.count("<details>") - text.count("</details>")


def test_the_headline_is_first_then_what_to_look_at_then_tables_then_folds():
    plan = fleet_plan(stack(resource(VPC, Operation.DELETE, "v"), protected=True, why=("program file x changed",)))
    text = markdown(plan)
    order = [
        "### Fleet plan `c0ffeec0ffee` of fleet `securecart` on `sandbox`: 1 delete; 1 of 1 stack to run",
        "#### Look at this first",
        "- **traffic stops** (`network-dev`): deletes the `dev` VPC `v`: everything in it goes with it",
        "| account | stacks | create | update | replace | delete |",
        "| `dev` | 1 |  |  |  | 1 |",
        "| stack | account | region | environment |",
        "<details><summary>network-dev: 1 delete</summary>",
        "- runs: `program file x changed`",
        "- protected: destroying it takes its name",
        "- **delete** `aws:ec2/vpc:Vpc` `v` in `dev/us-east-1`",
    ]
    places = [text.find(part) for part in order]
    assert -1 not in places
    assert places == sorted(places)


def test_a_plan_with_nothing_to_do_is_short_and_says_so():
    text = markdown(fleet_plan(stack(runs=False, kept=7)))
    assert "nothing to do, 7 same" in text
    assert "<summary>1 stack not run, since" in text
    assert "| stack |" not in text
    assert "Look at this first" not in text


def test_findings_and_orphans_have_their_place():
    findings = (
        Finding(rule="sg-no-ssh", message="22 is open"),
        Finding(rule="later", message="m", verdict=Verdict.UNDECIDED),
    )
    text = markdown(fleet_plan(stack(findings=findings), orphans=("network-old",)))
    assert "#### Broken rules\n\n- `: 22 is open [sg-no-ssh]`" in text
    assert "<summary>1 statement undecided" in text
    assert (
        "`network-old left the fleet file; destroyed only by name: orchestrator.py destroy --select network-old`"
        in text
    )


@settings(deadline=None)
@given(TEXTS)
def test_no_text_of_others_changes_the_structure_of_the_comment(text):
    assume(clean(text) and text not in ("p", "id"))  # an empty account or region is left out, rightly
    expected = structure(markdown(hostile_plan("plain")))
    actual = structure(markdown(hostile_plan(text)))
    assert actual == expected
    assert sum(kind == "table_open" for kind, _, _ in actual) == 2


def test_what_would_be_html_in_a_title_is_escaped():
    text = markdown(hostile_plan("</summary><img src=x>"))
    assert "<summary>&lt;/summary&gt;&lt;img src=x&gt;: 1 create, 1 replace</summary>" in text
    assert "<summary></summary>" not in text


def test_a_new_fleet_that_is_too_large_one_by_one_is_told_type_by_type():
    resources = [resource(SUBNET, Operation.CREATE, f"s{n}", unknown=(waits_for("vpcId"),)) for n in range(600)]
    text = markdown(fleet_plan(stack(*resources, resource(VPC, Operation.UPDATE, "v"))))
    assert len(text) < LIMIT / 10
    assert "- **create** 600 `aws:ec2/subnet:Subnet`: `s0`, `s1`" in text
    assert "and 588 more" in text
    assert "- waits for `network-dev.vpc_id (aws Vpc dev, id)`" in text
    assert "- **update** `aws:ec2/vpc:Vpc` `v`" in text
    assert "Cut to what a comment holds" not in text


def test_a_plan_beyond_the_limit_is_cut_from_its_end_and_says_how_to_see_the_rest():
    stacks = [
        stack(
            *(resource(ROUTE, Operation.REPLACE, f"route-{n}-{'é' * 60}", replaces=(f"p{n}",)) for n in range(200)),
            name=f"network-{number:02}",
        )
        for number in range(20)
    ]
    text = markdown(fleet_plan(*stacks))
    assert LIMIT * 0.8 < len(text.encode()) <= LIMIT
    assert text.endswith(
        "*Cut to what a comment holds; all of it: `orchestrator.py plan show DIR`, or with `--json`.*\n"
    )
    assert folds(text) == 0
    assert "| `network-19` |" in text
    assert re.search(r"\n\n\*\d+ more\*\n\n", text)


def test_many_properties_of_one_resource_are_counted():
    paths = tuple(f"p{n}" for n in range(20))
    text = markdown(fleet_plan(stack(resource(VPC, Operation.UPDATE, inputs=dict.fromkeys(paths, "x"), diffs=paths))))
    assert "`p7` becomes `x`" in text
    assert "`p8` becomes" not in text
    assert "  - and 12 more" in text
