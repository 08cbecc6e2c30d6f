"""A text that keeps within a size."""

from hypothesis import given
from hypothesis import strategies as st

from securecart.report.markdown_fit import Section, fitted, size, whole

NOTE = "*cut*"
SECTIONS = st.lists(
    st.builds(
        Section,
        head=st.text(max_size=20),
        lines=st.lists(st.text(max_size=40), max_size=30).map(tuple),
        tail=st.sampled_from(["", "</details>"]),
        most=st.integers(min_value=0, max_value=5),
    ),
    max_size=8,
)


@given(SECTIONS, st.integers(min_value=20, max_value=2000))
def test_no_text_is_larger_than_its_limit(sections, limit):
    assert size(fitted(sections, limit, NOTE)) <= limit


@given(SECTIONS)
def test_with_room_for_all_only_what_is_too_long_by_itself_is_cut(sections):
    text = fitted(sections, whole(sections) + 20, NOTE)
    assert text.endswith(f"{NOTE}\n") == any(section.most and len(section.lines) > section.most for section in sections)
    assert size(text.removesuffix(f"{NOTE}\n")) == whole(sections)


def test_what_does_not_fit_is_counted_and_the_fold_is_still_closed():
    lines = tuple(f"- {number:03}" for number in range(100))
    text = fitted([Section("<details>\n", lines, "\n</details>")], 200, NOTE)
    shown = [line for line in text.splitlines() if line.startswith("- ")]
    assert 5 < len(shown) < 100
    assert f"\n\n*{100 - len(shown)} more*\n\n</details>\n" in text
    assert text.endswith(f"{NOTE}\n")


def test_a_section_of_which_nothing_fits_is_left_out_whole():
    text = fitted([Section("head", ("x" * 500,)), Section("small", ("y",))], 100, NOTE)
    assert "head" not in text
    assert "small\ny\n" in text
    assert text.endswith(f"{NOTE}\n")


def test_size_counts_bytes():
    assert size("aé\U0001f600") == 7
