"""Files that are no report are refused with what to do instead; saved pages and transcripts are read."""

from __future__ import annotations

import email.message
import gzip
import io
import zipfile

import pytest

from bot.errors import UserError
from bot.library import read_document
from tests.library.documents import paragraph, sentence

ROWS = [("id", "ward", "answer"), *((str(n), f"Ward {n}", sentence(n)) for n in range(1, 9))]


def table(separator: str, *, quoted: bool = False) -> bytes:
    cell = '"{}"' if quoted else "{}"
    return "\n".join(separator.join(cell.format(part) for part in row) for row in ROWS).encode()


def zipped(*names: str, kind: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        if kind:
            archive.writestr("mimetype", kind)
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


def mail(**fields: str) -> bytes:
    message = email.message.EmailMessage()
    for name, value in {
        "From": "Jane <jane@example.org>",
        "To": "b@example.org",
        "Subject": "The report",
        **fields,
    }.items():
        message[name] = value
    message.set_content(paragraph(1))
    message.add_alternative(f"<p>{paragraph(1)}</p>", subtype="html")
    return message.as_bytes()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."


@pytest.mark.parametrize(
    ("data", "what", "to_do"),
    [
        (table(","), "table of data", "“Write an excerpt” in /library"),
        (table(";"), "table of data", "“Write an excerpt” in /library"),
        (table("\t"), "table of data", "“Write an excerpt” in /library"),
        (table(",", quoted=True), "table of data", "“Write an excerpt” in /library"),
        (
            b'Ward,Answer\n"North","**Too** short, and late\nagain"\n"South","<html>, [a](http://b)"\n',
            "table",
            "/library",
        ),
        (b"Survey of staff\n\nGroup,Invited,Replied\nNursing,210,148\nPorters,40,12\n", "table", "/library"),
        (b"-----Original Message-----\nFrom: Jane Hill\nSent: 1 May\n\nWords.\n", "e-mail", "save the attachment"),
        (b"Begin forwarded message:\n\nFrom: Jane Hill\n\nWords.\n", "e-mail", "save the attachment"),
        (b'{"id": 1, "prompt": "x", "messages": []}', "JSON", "save that as PDF"),
        (b'[{"id": 1}, {"id": 2}]', "JSON", "save that as PDF"),
        (b'{"id": 1}\n{"id": 2}\n', "JSON", "save that as PDF"),
        (b'{"html": "<html><body>x</body></html>", "cut": "off', "JSON", "save that as PDF"),
        (mail(), "e-mail", "save the attachment"),
        (mail(Received="from a by b"), "e-mail", "save the attachment"),
        (b"From jane@example.org Mon Jan  1 10:00:00 2024\nSubject: x\n\nWords.\n", "e-mail", "save the attachment"),
        (OLE + "__substg1.0_".encode("utf-16-le"), "e-mail", "save the attachment"),
        (OLE + "Workbook".encode("utf-16-le"), "spreadsheet", "“Write an excerpt” in /library"),
        (OLE + "PowerPoint Document".encode("utf-16-le"), "slides", "as PDF"),
        (zipped("xl/workbook.xml"), "spreadsheet", "“Write an excerpt” in /library"),
        (zipped("ppt/presentation.xml"), "slides", "as PDF"),
        (zipped("content.xml", kind=f"{OPEN_DOCUMENT}spreadsheet"), "spreadsheet", "“Write an excerpt” in /library"),
        (zipped("content.xml", kind=f"{OPEN_DOCUMENT}presentation"), "slides", "as PDF"),
        (zipped("content.xml", kind=f"{OPEN_DOCUMENT}graphics"), "another kind than text", "as PDF"),
        (zipped("Index/Document.iwa"), "Pages", "Save it as Word"),
        (b"bplist00" + bytes(90), "web archive", "Save the page as HTML"),
        (b"BEGIN:VCALENDAR\nVERSION:2.0\n", "calendar", "Choose the report"),
        (b"PK\x05\x06" + bytes(18), "packed", "Unpack it first"),
        (zipped("reports/a.docx"), "packed", "Unpack it first"),
        (gzip.compress(b"<html>x</html>"), "packed", "Unpack it first"),
        (b"7z\xbc\xaf\x27\x1c" + bytes(90), "packed", "Unpack it first"),
        (b"a.txt".ljust(257, b"\0") + b"ustar\x0000" + bytes(90), "packed", "Unpack it first"),
        (b"\0\0\0\x18ftypheic" + bytes(90), "picture, sound or film", "Choose a PDF"),
        (b"ID3\3" + bytes(90), "picture, sound or film", "Choose a PDF"),
        (b"BM\x9a\1\0\0" + bytes(90), "picture, sound or film", "Choose a PDF"),
        (b'<svg xmlns="x"><text>Some words</text></svg>', "picture", "Choose a PDF"),
        (b'<?xml version="1.0"?>\n<svg><text>Some words</text></svg>', "picture", "Choose a PDF"),
        (b'<?xml version="1.0"?><tt><body><p begin="1s">Hello</p></body></tt>', "XML", "save that as PDF"),
        (zipped("FixedDocSeq.fdseq"), "XPS", "as PDF"),
        (b"Wards".ljust(60, b"\0") + b"BOOKMOBI" + bytes(90), "Kindle", "EPUB"),
        (b"[InternetShortcut]\nURL=https://example.org\n", "link", "save the page"),
        (b'{"url": "https://docs.google.com/open?id=1", "doc_id": "1"}', "link", "save the page"),
        (b'<?xml version="1.0"?><plist><dict><key>URL</key></dict></plist>', "link", "save the page"),
        (b"%!PS-Adobe-3.0\nshowpage\n", "PostScript", "Make a PDF"),
        (b"@report{smith2020,\n title={Wards}\n}\n", "references", "the report itself"),
        (b"TY  - RPRT\nTI  - Wards\nER  - \n", "references", "the report itself"),
        (b"[Script Info]\nTitle: x\n", "subtitles", "as .srt or .vtt"),
        (
            b"".join(b"[01/05/2024, 10:0%d:00] Jane Hill: Words.\n" % minute for minute in range(4)),
            "chat",
            "“Write an excerpt” in /library",
        ),
        (b"01/05/2024, 10:05 - Jane Hill: Words.\n" * 4, "chat", "“Write an excerpt” in /library"),
        (
            f'ID,Start,Email,"{sentence(1, 20)}"\n'.encode()
            + b"".join(b'%d,10:00,x,"Yes, it is"\n' % n for n in range(5)),
            "table of data",
            "/library",
        ),
        (b"ward,n\n4,5\n5,6\n6,7,8\n7,8\n8,9\n9,3\n", "table of data", "/library"),
        (b"% A report\n\n\\documentclass{article}\n", "LaTeX", "Make a PDF"),
        (b"\\documentclass{article}\n\\begin{document}\nWords.\n", "LaTeX", "Make a PDF"),
    ],
)
def test_what_is_no_report_is_refused_and_the_sentence_says_what_to_do(data: bytes, what: str, to_do: str) -> None:
    with pytest.raises(UserError, match=what) as refused:
        read_document(data, "report.txt")
    refused.match(to_do)


@pytest.mark.parametrize(
    "text",
    [
        "Rest and rotas, a report\n\nWe asked, they said, and so on.\nThe team, the ward, and the porters agree.\n",
        "To: All staff\nFrom: The chief nurse\n\n" + paragraph(1),
        "[Draft] Rest and rotas\n\n" + paragraph(1),
        "BMA guidance on rest\n\n" + paragraph(1),
        "01/05/2024, 10:05: the first meeting\n\n" + paragraph(1) + "\n\n" + paragraph(2),
        "{Rest}\n\n" + paragraph(1),
        "Ward, bed\nNorth, one\nSouth, two\n\n" + paragraph(1),
        "| Ward | Beds |\n|------|------|\n| North | 12 |\n| South | 14 |\n",
        "Item\tWho\nBread\tKitchen\n\n" + paragraph(1),
    ],
)
def test_texts_with_commas_brackets_and_fields_are_read_as_texts(text: str) -> None:
    assert read_document(text.encode(), "report.txt").format in ("text", "markdown")


def mhtml(page: bytes, *, kind: str = "text/html", encoding: str = "quoted-printable") -> bytes:
    import base64
    import quopri

    body = quopri.encodestring(page) if encoding == "quoted-printable" else base64.encodebytes(page)
    head = (
        b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/rest\r\nSubject: Rest on wards\r\n"
        b"Date: Tue, 1 Jan 2019 10:00:00 -0000\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="----B"\r\n\r\n\r\n'
        b"------B\r\nContent-Type: "
    )
    part = f"{kind}\r\nContent-Transfer-Encoding: {encoding}\r\nContent-Location: https://example.org/rest\r\n\r\n"
    picture = b"\r\n------B\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n"
    return head + part.encode() + body + picture + b"------B--\r\n"


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64"])
def test_a_page_saved_as_one_file_is_read(encoding: str) -> None:
    page = f"<html><body><h1>Rest on wards</h1><h2>Nights</h2><p>“Too short.” {paragraph(1)}</p></body></html>"
    labelled = page.replace("<body>", '<head><meta charset="iso-8859-1"></head><body>')
    for data, kind in ((page.encode(), "text/html; charset=utf-8"), (labelled.encode("cp1252"), "text/html")):
        document = read_document(mhtml(data, kind=kind, encoding=encoding), "page.mhtml")
        assert document.format == "html"
        assert [passage.heading for passage in document.passages] == ["Rest on wards > Nights"]
        assert document.passages[0].text == f"“Too short.” {paragraph(1)}"
        assert (document.details.title, document.details.address) == ("Rest on wards", "https://example.org/rest")
        assert document.details.year is None


def test_a_file_of_parts_without_a_page_is_refused() -> None:
    with pytest.raises(UserError, match="e-mail"):
        read_document(mhtml(b"words", kind="text/plain"), "page.mhtml")


VTT = """WEBVTT

NOTE made by a program

1
00:00:01.000 --> 00:00:04.000 align:start
<v Jane Smith>Hello and welcome to the meeting</v>

2
00:00:04.500 --> 00:00:08.000
<v Jane Smith>that began at 07:15 today.</v>

00:00:09.000 --> 00:00:12.000
<v Ben>Thanks, we <00:00:10.000><c>have</c> nine &amp; a half points.</v>
"""


def test_a_transcript_is_read_by_speaker_and_without_times() -> None:
    (passage,) = read_document(VTT.encode(), "talk.vtt").passages
    assert passage.text.split("\n\n") == [
        "Jane Smith: Hello and welcome to the meeting that began at 07:15 today.",
        "Ben: Thanks, we have nine & a half points.",
    ]


def test_subtitles_are_read_without_times_and_a_line_that_rolls_on_is_taken_once() -> None:
    cues = [("1", [sentence(1)]), ("2", [sentence(1), sentence(2)]), ("3", [sentence(2), f"<i>{sentence(3)}</i>"])]
    text = "\r\n\r\n".join(
        "\r\n".join([number, f"00:00:0{number},000 --> 00:00:0{number},900", *lines]) for number, lines in cues
    )
    said = " ".join(passage.text for passage in read_document(text.encode(), "talk.srt").passages)
    assert said == " ".join(map(sentence, (1, 2, 3)))


def test_subtitles_without_arrows_are_read_too() -> None:
    text = f"0:00:01.000,0:00:03.000\n{sentence(1)}\n\n0:00:03.000,0:00:05.000\n{sentence(2)}\n"
    (passage,) = read_document(text.encode(), "talk.sbv").passages
    assert passage.text == f"{sentence(1)} {sentence(2)}"


def spoken(*cues: str, name: str = "talk.vtt") -> str:
    return "\n".join(passage.text for passage in read_document("".join(cues).encode(), name).passages)


def test_cues_without_an_empty_line_between_them_are_told_by_their_times() -> None:
    vtt = "WEBVTT\n\n00:01.000 --> 00:03.000\nWe hand over\n00:03.000 --> 00:05.000\nat 7 each day.\n"
    srt = "1\n00:00:01,000 --> 00:00:03,000\nWe hand over\n2\n00:00:03,000 --> 00:00:05,000\nat 7 each day.\n"
    assert spoken(vtt) == spoken(srt, name="talk.srt") == "We hand over at 7 each day."


def test_a_name_with_more_behind_it_is_a_speaker_and_words_before_a_colon_are_none() -> None:
    said = ("Jane Hill: We hand over at seven.", "I said this: it takes long.", "Ali van Dam (he/him): Ours takes ten.")
    cues = (f"00:0{number}.000 --> 00:0{number}.900\n{words}\n\n" for number, words in enumerate(said))
    assert spoken("WEBVTT\n\n", *cues) == f"{said[0]} {said[1]}\n\n{said[2]}"


def test_sounds_are_no_words() -> None:
    said = ("[Applause]", "(laughs) We hand over [soft music playing] at seven.", "♪ a song ♪", "It [inaudible] long.")
    cues = (f"00:0{number}.000 --> 00:0{number}.900\n{words}\n\n" for number, words in enumerate(said))
    assert spoken("WEBVTT\n\n", *cues) == "We hand over at seven. It [inaudible] long."
