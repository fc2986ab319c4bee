"""HTML becomes a tagged PDF, from our own files alone."""

import hashlib
import logging
import sys

import pytest

from foundation import pdf
from tests.pdfs import faults_of, info_of, tags_of, text_of

PAGE = """<!doctype html><html lang="en-GB"><head><title>{title}</title><meta name="author" content="A school">
<link rel="stylesheet" href="static/css/paper.css"></head>
<body data-short="A school" data-edition="Board edition" data-draft=""><h1>Heading</h1>{body}</body></html>"""


def page(body: str = "<p>Words</p>", title: str = "A title") -> str:
    return PAGE.format(title=title, body=body)


@pytest.fixture
def said(caplog):
    """What the maker of PDFs complains of: it only logs what it cannot do."""
    caplog.set_level(logging.WARNING, logger="weasyprint")
    return lambda: [record.getMessage() for record in caplog.records if record.name == "weasyprint"]


def test_a_page_becomes_a_tagged_pdf_with_our_fonts_and_a_footer(said):
    made = pdf.render(
        page("<table><thead><tr><th>Who</th></tr></thead><tbody><tr><td>Ŵyn ŷ “said”</td></tr></tbody></table>")
    )
    assert said() == []
    assert (made.content[:5], made.pages) == (b"%PDF-", 1)
    assert faults_of(made.content) == []
    told = info_of(made.content)
    assert (told["Tagged"], told["Title"], told["Author"], told["Pages"]) == ("yes", "A title", "A school", "1")
    assert tags_of(made.content)["H1"] == 1
    assert "Ŵyn ŷ “said”" in text_of(made.content)
    assert "A school Board edition Page 1 of 1" in text_of(made.content)


def test_the_same_page_gives_the_same_bytes():
    assert pdf.render(page()) == pdf.render(page())


def test_the_hash_is_that_of_the_bytes():
    made = pdf.render(page())
    assert made.sha256 == hashlib.sha256(made.content).hexdigest()


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/mark.png",
        "http://127.0.0.1:1/mark.png",
        "file:///etc/passwd",
        "/etc/passwd",
        "static/../config/settings.py",
        "static/..%2fconfig/settings.py",
        "static/css/",
        "static/",
        "static/nowhere.png",
        "data:text/css,body{color:red}",
        "mark.png",
    ],
)
def test_nothing_but_our_own_files_is_fetched(address):
    with pytest.raises(pdf.CannotRender, match="the site's own files only"):
        pdf.render(page(f'<img src="{address}" alt="A mark">'))


def test_a_missing_alternative_is_a_fault(said):
    made = pdf.render(page('<img src="static/apple-touch-icon.png">'))
    assert said() != []
    assert faults_of(made.content) == ["a figure has no alternative"]


def test_without_pango_the_sentence_names_what_is_missing(monkeypatch):
    class Broken:
        def __getattr__(self, name):
            raise OSError("cannot load library")

    monkeypatch.setitem(sys.modules, "weasyprint", Broken())
    with pytest.raises(pdf.CannotRender, match="the Pango library is missing"):
        pdf.render(page())
