"""Text of others in Markdown, with markdown-it as an independent reader."""

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from securecart.report.markdown_text import code, row, summary, table_head

READER = MarkdownIt("commonmark").enable("table")
AWKWARD = st.text(alphabet=st.sampled_from("`|\\<>&*_[]()#@!~$- \n\tab1.\"'")) | st.text()


def one_line(text: str) -> str:
    return " ".join(text.split()) or '""'


def leaves(markdown: str):
    """Every inline token of a text, flat."""
    return [leaf for token in READER.parse(markdown) for leaf in token.children or ()]


@given(AWKWARD.map(lambda text: text.replace("\x00", "")))
def test_any_text_comes_back_from_its_code_span(text):
    (span,) = leaves(f"{code(text)}")
    assert (span.type, span.content) == ("code_inline", one_line(text))


@given(st.lists(st.lists(AWKWARD.map(lambda text: text.replace("\x00", "")), min_size=2, max_size=2), max_size=4))
def test_any_text_comes_back_from_its_cell_of_a_table(rows):
    text = "\n".join([table_head(("name",), ("count",)), *(row(map(code, cells)) for cells in rows)])
    tokens = READER.parse(text)
    assert {token.type for token in tokens if token.level == 0} == {"table_open", "table_close"}
    cells = [token.children[0].content for token in tokens if token.type == "inline"]
    assert cells == ["name", "count", *(one_line(cell) for cells in rows for cell in cells)]


def test_a_fold_is_html_in_which_text_is_escaped():
    assert summary("a <b> & </details>\nc") == ("<details><summary>a &lt;b&gt; &amp; &lt;/details&gt; c</summary>")
