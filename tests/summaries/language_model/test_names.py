"""Names go out to no language model, however somebody typed them, and neither do quotes of what may not go out."""

from __future__ import annotations

import pytest

from bot.models.threads import Message, Thread
from bot.summaries.language_model.grouping import prepare
from bot.summaries.language_model.names import fold, make_plain, remove_names

SEEN = ("Samira Okonkwo (Falcon)", "bluetit", "sam_k99", "Zoë Brontë", "Σοφία", "Claire Smith", "Mark Green")
ROLES = ("Matron Fernsby", "Ward Sister Ada Quill", "Rota Queen", "Handover Hero", "Night Manager")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ask okonkwo, who never reads it", "okonkwo"),
        ("Okonkwo never reads it", "okonkwo"),
        ("it was okonkwo's idea", "okonkwo"),
        ("Okonkwos idea", "okonkwo"),
        ("the OKONKWO-led ward", "okonkwo"),
        ("SAMIRA is late", "samira"),
        ("ＳＡＭＩＲＡ is late", "samira"),
        ("Sámira is late", "samira"),
        ("Sa\u200bmi\u034fra\ufe0f is late", "samira"),
        ("Sa**mi**ra is late", "samira"),
        ("S.a.m.i.r.a is late", "samira"),
        ("s a m i r a is late", "samira"),
        ("it was Samira_Okonkwo", "okonkwo"),
        ("```\nok. okonkwo said so\n```", "okonkwo"),
        ("> okonkwo said so", "okonkwo"),
        ("||okonkwo|| said so", "okonkwo"),
        ("Okon\u00adkwo said so", "okonkwo"),
        ("ask bluetit about it", "bluetit"),
        ("sam_k99 said so", "sam"),
        ("zoe bronte said so", "bronte"),
        ("ask σοφία about it", "σοφια"),
        ("ask smith about it", "smith"),
        ("ask gemma about it", "gemma"),
        ("ask Green about it", "green"),
        ("ask ОkОnkwО about it", "nkw"),
        ("my id is 1234 5678 9012 3456 78", "9012"),
    ],
)
def test_a_name_that_was_seen_goes_however_it_is_typed(text: str, name: str) -> None:
    assert name not in fold(make_plain(remove_names(text, SEEN)))


OTHER_SCRIPTS = ("प्रिया शर्मा", "王芳", "Прия Оконкво", "ปรียา วงศ์", "محمد علي", "שָׂרָה", "Þórdís", "Gwenllian")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("प्रिया said the rota is late", "प्रिया"),
        ("ask प्रिया शर्मा about it", "शर्मा"),
        ("请问王芳 about the rota", "王芳"),
        ("Спросите Прия о графике", "прия"),
        ("ถามปรียาเรื่องเวร", "ปรียา"),
        ("اسأل محمد عن المناوبات", "محمد"),
        ("שָׂרָה said so", "שָׂרָה"),
        ("ask þórdís", "þordis"),
        ("P̲r̲i̲y̲a̲ said so", "priya"),
        ("Gwen\u0332llian said so", "gwenllian"),
    ],
)
def test_a_name_that_was_seen_goes_in_any_script(text: str, name: str) -> None:
    left = remove_names(text, OTHER_SCRIPTS)
    assert "[name removed]" in left
    assert fold(name) not in fold(make_plain(left))


@pytest.mark.parametrize(
    "text", ["कर late", "मैं रोटा देखता हूँ", "排班表出得太晚了", "المناوبات متأخرة جدا", "Mae’r rota’n hwyr"]
)
def test_other_words_in_these_scripts_stay(text: str) -> None:
    assert remove_names(text, OTHER_SCRIPTS) == text


@pytest.mark.parametrize(
    "text",
    [
        "The green bins in the car park are full.",
        "Green bins are full, and we will mark them.",
        "Nurses and managers meet on Monday in theatre.",
        "A [NHS number removed] was in [name removed]’s notes.",
        "We can't plan, because it isn't there; don't ask why.",
    ],
)
def test_everyday_words_stay(text: str) -> None:
    assert remove_names(text, SEEN) == text


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ask fernsby about it", "fernsby"),
        ("it was Fernsby who said so", "Fernsby"),
        ("quill says so", "quill"),
        ("ask rota queen about it", "queen"),
        ("ask the Rota Queen about it", "Queen"),
        ("ROTA QUEEN said so", "QUEEN"),
        ("our Queen said so", "Queen"),
        ("handover-hero said so", "hero"),
        ("ask rota.queen or HandoverHero", "queen"),
        ("ask HandoverHero", "Hero"),
    ],
)
def test_a_name_goes_that_somebody_shows_beside_their_role(text: str, name: str) -> None:
    assert name not in remove_names(text, ROLES)


@pytest.mark.parametrize(
    "text",
    [
        "The rota is late, and so is the handover.",
        "Rota swaps are refused without a reason.",
        "Handovers take an hour on our ward at night.",
    ],
)
def test_words_of_the_work_stay_though_somebody_has_them_in_their_name(text: str) -> None:
    assert remove_names(text, ROLES) == text


def test_what_others_quote_of_a_reply_that_may_not_go_out_stays_too() -> None:
    told = "My manager lies about the rota every single week."
    thread = Thread(
        "1",
        "What helps?",
        (
            Message("m1", "p1", told),
            Message("m2", "p2", f"> {told}\nThat is exactly how it is on our ward too."),
            Message("m3", "p3", f"Somebody wrote “{told.upper()}” and it is true on our ward."),
            Message("m4", "p4", "My **manager** lies about the rota every\u200b single week, says a colleague."),
            Message("m5", "p5", "Parking costs more than my lunch every day."),
        ),
    )
    data = "".join(call.data for call in prepare(thread, hidden=("m1",)).calls)
    assert "manager" not in data.casefold()
    assert "Parking costs" in data
    assert "on our ward too" in data


NO = "My manager lies about the rota every single week."
OWN = "Parking costs more than my lunch every day."


def sent_beside_a_no(*others: str | Message) -> str:
    """What goes out of a thread in which the third message is of somebody who said no; others are of one each."""
    messages = [
        each if isinstance(each, Message) else Message(f"m{n}", f"p{n}", each) for n, each in enumerate((OWN, *others))
    ]
    messages.insert(2, Message("no", "q", NO))
    return "".join(call.data for call in prepare(Thread("1", "What helps?", tuple(messages)), hidden=("no",)).calls)


def test_the_same_words_go_out_that_somebody_else_wrote_before() -> None:
    assert sent_beside_a_no(f"It gets worse. {NO}").count("My manager lies") == 1


def test_the_very_same_message_that_somebody_else_pasted_as_their_own_goes_out() -> None:
    assert sent_beside_a_no("Nights are short of staff.", f"{NO}!").count("My manager lies") == 1


def test_a_sentence_that_two_others_wrote_as_their_own_goes_out() -> None:
    pasted = [f"{text} {NO}" for text in ("Nights are short of staff.", "The canteen shuts too early for us.")]
    data = sent_beside_a_no("Training was cut for us all.", *pasted)
    assert data.count("My manager lies") == 1  # the same words are sent once
    assert "canteen" in data


@pytest.mark.parametrize(
    "quote",
    [
        f"> {NO}",
        f"“{NO}”",
        f"'{NO}'",
        f"A colleague says it best. {NO}",
        Message("m9", "p9", NO, reply_to="no"),
    ],
)
def test_a_quote_of_somebody_who_said_no_stays(quote: str | Message) -> None:
    data = sent_beside_a_no("Nights are short of staff.", quote)
    assert "My manager lies" not in data
    assert OWN in data
