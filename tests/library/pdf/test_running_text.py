"""Reading PDF files: running text in order, with pages, without heads, feet, contents and broken words."""

import io

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from bot.errors import UserError
from bot.library import read_document
from bot.models.library import Document
from tests.library.documents import HEIGHT, LEADING, Line, column, paragraph, pdf, sentence, wrapped

FOOT = 40


def together(document: Document) -> str:
    return "\n\n".join(passage.text for passage in document.passages)


def furniture(number: int) -> list[Line]:
    return [
        ("No more night shifts", 72, HEIGHT - 40, 8, "Helvetica"),
        (f"Page {number}", 280, FOOT, 8, "Helvetica"),
    ]


def test_a_report_gives_its_paragraphs_with_pages_and_headings() -> None:
    pages = []
    for number in range(1, 7):
        body = column(["", *wrapped(paragraph(number)), "", *wrapped(paragraph(number + 20))])
        heading: Line = (f"Part {number}: Rotas", 72, HEIGHT - 110, 18, "Helvetica-Bold")
        pages.append([*furniture(number), heading, *body])
    document = read_document(pdf(pages, title="Rotas and rest"), "x.bin")
    assert (document.format, document.pages, document.details.title) == ("pdf", 6, "Rotas and rest")
    expected = [(paragraph(seed), page) for page in range(1, 7) for seed in (page, page + 20)]
    assert [(passage.text, passage.page_from) for passage in document.passages] == expected
    assert document.passages[2].heading == "Part 2: Rotas"


def test_running_heads_and_feet_are_taken_out_of_a_paragraph_that_runs_over_pages() -> None:
    lines = wrapped(paragraph(1, 10))
    pages = [[*furniture(number), *column(lines[number * 3 - 3 : number * 3])] for number in range(1, 5)]
    pages[-1] += column(lines[12:], top=HEIGHT - 120 - 3 * LEADING)
    document = read_document(pdf(pages), "x.pdf")
    assert together(document).replace("\n\n", " ") == paragraph(1, 10)
    assert "night shifts" not in together(document)
    assert {passage.page_to for passage in document.passages} >= {4}


def test_words_broken_at_line_ends_are_joined_and_compounds_keep_their_hyphen() -> None:
    lines = [
        "A long-term plan needs good manage-",
        "ment, and management needs time. The long-",
        "term view of well-being helps the organ-",
        "isation, and it keeps the patients safe.",
    ]
    text = together(read_document(pdf([column(lines)]), "x.pdf"))
    assert "good management, and management" in text
    assert "The long-term view of well-being helps the organisation, and" in text


def test_a_word_that_the_report_writes_both_ways_as_often_loses_its_hyphen_at_a_line_end() -> None:
    """A line's end breaks far more words than compounds, so only more of the hyphened ones speak for a hyphen."""
    usual = ["The wellbeing of staff, or well-being, is what counts here, and the well-", "being of patients too."]
    mostly_hyphened = [usual[0].replace("what counts", "what well-being counts"), usual[1]]

    assert "and the wellbeing of patients" in together(read_document(pdf([column(usual)]), "x.pdf"))
    assert "and the well-being of patients" in together(read_document(pdf([column(mostly_hyphened)]), "x.pdf"))


def test_two_columns_are_read_one_after_the_other() -> None:
    left, right = wrapped(paragraph(1), 38), wrapped(paragraph(2), 38)
    page = [*column(left, size=9), *column(right, left=320, size=9)]
    text = together(read_document(pdf([page]), "x.pdf"))
    assert paragraph(1) in text
    assert paragraph(2) in text


def test_a_list_of_contents_is_no_excerpt() -> None:
    contents = [f"{index}. Part about rotas {'.' * 40} {index * 3}" for index in range(1, 9)]
    pages = [column(["Contents", "", *contents]), column(wrapped(paragraph(1))), column(wrapped(paragraph(2)))]
    assert [passage.text for passage in read_document(pdf(pages), "x.pdf").passages] == [paragraph(1), paragraph(2)]


def test_footnotes_go_to_the_end_and_their_signs_out_of_the_text() -> None:
    lines = wrapped(paragraph(1))
    last = lines.pop()
    end = HEIGHT - 120 - len(lines) * LEADING
    page = column(lines)
    page.append((last, 72, end, 11, "Helvetica"))
    page.append(("7", 72 + 5.6 * len(last), end + 5, 6, "Helvetica"))
    page.append(("7 See the report of the rota group, which was printed in March.", 72, 100, 8, "Helvetica"))
    following = column(wrapped(paragraph(2)))
    document = read_document(pdf([page, following, column(wrapped(paragraph(3)))]), "x.pdf")
    assert [passage.text for passage in document.passages[:3]] == [paragraph(1), paragraph(2), paragraph(3)]
    assert document.passages[-1].heading == "Notes"
    assert "rota group" in document.passages[-1].text


def test_a_list_with_drawn_bullets_stays_with_its_lead_in() -> None:
    items = [sentence(number) for number in range(3)]
    lines = column(["We asked three things:", *(f"\u2022 {item}" for item in items), "", *wrapped(paragraph(2))])
    document = read_document(pdf([lines]), "x.pdf")
    assert document.passages[0].text.startswith("We asked three things:\n- ")
    assert document.passages[0].text.count("\n- ") == 3


def test_a_stamp_that_is_turned_against_the_text_is_left_out() -> None:
    from reportlab.pdfgen.canvas import Canvas  # only this test draws by itself

    canvas = Canvas("stamp.pdf", pagesize=A4)
    for text, left, bottom, size, font in column(wrapped(paragraph(1))):
        canvas.setFont(font, size)
        canvas.drawString(left, bottom, text)
    canvas.rotate(90)
    canvas.drawString(300, -30, "Draft of a Tuesday")
    assert [passage.text for passage in read_document(canvas.getpdfdata(), "x.pdf").passages] == [paragraph(1)]


def test_a_scanned_pdf_is_refused_with_a_clear_sentence() -> None:
    with pytest.raises(UserError, match="text recognition"):
        read_document(pdf([[], [], []]), "scan.pdf")


def test_a_locked_pdf_is_refused_with_a_clear_sentence() -> None:
    with pytest.raises(UserError, match="password"):
        read_document(pdf([column(wrapped(paragraph(1)))], encrypt="secret"), "locked.pdf")


def test_a_truncated_pdf_is_refused_with_a_clear_sentence() -> None:
    whole = pdf([column(wrapped(paragraph(number))) for number in range(8)])
    for length in (len(whole) // 3, len(whole) - 60):
        with pytest.raises(UserError, match="damaged"):
            read_document(whole[:length], "cut.pdf")


def test_a_pdf_of_too_many_pages_is_refused_with_a_clear_sentence() -> None:
    with pytest.raises(UserError, match="1,001 pages"):
        read_document(pdf([[]] * 1001), "long.pdf")


@pytest.mark.parametrize(
    ("first", "space", "words"),
    [("W hilst ", -4.5, "Whilst"), ("Wh ilst ", -3.336, "Whilst"), ("If the ", -3.336, "If the")],
)
def test_a_letter_under_the_capital_before_it_is_in_one_word_with_it_whatever_the_file_has_between_them(
    first: str, space: float, words: str
) -> None:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4)
    for at, line in enumerate(wrapped(paragraph(1))):
        canvas.drawString(72, HEIGHT - 140 - LEADING * at, line)
    text = canvas.beginText(72, HEIGHT - 100)
    text.setWordSpace(space)  # a space is 3.336 points wide
    text.textOut(first)
    text.setWordSpace(0)
    text.textOut("wards B and C wait, they work.")
    canvas.drawText(text)
    canvas.save()
    assert f"{words} wards B and C wait, they work." in together(read_document(file.getvalue(), "x.pdf"))
