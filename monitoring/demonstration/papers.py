"""Small PDFs for the demonstration, as somebody might have brought them: a page of plain lines, written by hand."""


def page(title: str, lines: list[str]) -> bytes:
    """A PDF of one page with a title and lines under it; characters beyond Latin-1 become question marks."""
    rows = [f"BT /F1 16 Tf 60 770 Td ({_escaped(title)}) Tj ET"]
    rows += [f"BT /F1 11 Tf 60 {740 - 18 * row} Td ({_escaped(line)}) Tj ET" for row, line in enumerate(lines)]
    drawn = "\n".join(rows).encode("latin-1", "replace")
    return _bound(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    )


def _bound(*objects: bytes) -> bytes:
    """The objects with the table that says where each begins."""
    content, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(content))
        content += b"%d 0 obj" % number + body + b"endobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    many, start = len(objects) + 1, len(content)
    content += b"xref\n0 %d\n0000000000 65535 f \n%s" % (many, table)
    return content + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (many, start)


def _escaped(words: str) -> str:
    return words.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)").replace("’", "'").replace("–", "-")
