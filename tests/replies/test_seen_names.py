"""Names that were seen in a server: one more or one fewer changes nothing about the others, and none is overlooked."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from benchmarks.identifiers import labelled, read_rows
from bot.replies.redaction.redact import redact
from bot.replies.redaction.seen_names import SeenNames
from bot.replies.watch import MOST_NAMES, Watch
from tests.examples import examples

FRESH = json.loads((Path(__file__).parent / "names_fresh.json").read_text(encoding="utf-8"))
GUILD, OTHER_GUILD = 1, 2
WORDS = (
    *("Anna", "anna", "KOWALSKA", "Kowalska", "Ben", "Dr", "Matron", "Okonkwo", "okonkwo's", "siobhan.k", "nurse_k"),
    *("Nurse", "Ward", "ward", "Night", "Owl", "Will", "will", "Wright", "O’Brien", "Rota", "(ED)", "nightowl92", "a"),
    *(
        "प्रिया",
        "प्रियाने",
        "王小明",
        "小明",
        "محمد",
        "ومحمد",
        "김민수",
        "민수는",
        "ปรียา",
        "Аnna",
        "Anna’s",
        "Annas",
        "A\u0332nna",
    ),
    *("Groß", "GROSS", "Νίκος", "ΝΊΚΟΣ", "İnci", "Jo-Ann", "ǰan", "anna\u0345"),
)
names = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join) | st.text(max_size=12)
texts = st.lists(st.sampled_from((*WORDS, " ", " ", ". ", ", ", "’s ", "\n", "-", "_")), max_size=20).map("".join)


@given(st.lists(names, max_size=12), st.integers(1, 6), texts)
@settings(max_examples=examples(300))
def test_names_that_came_one_by_one_are_found_like_a_list_of_those_that_are_left(
    seen: list[str], most: int, text: str
) -> None:
    grown = SeenNames(seen, most)

    assert list(grown) == list(dict.fromkeys(reversed(seen)))[:most][::-1]
    assert list(grown.find(text)) == list(SeenNames(list(grown)).find(text))


@given(st.lists(names, max_size=6), texts)
@settings(max_examples=examples(300))
def test_the_quick_look_at_a_texts_words_overlooks_no_name(seen: list[str], text: str) -> None:
    known = SeenNames(seen)
    done = redact(text, names=known)

    assert done.removed or not any(known.find(text))
    assert redact(done.text, names=known).removed == {}


@pytest.mark.parametrize(("name", "written"), [("Anna Groß", "so Groß said"), ("Νίκος", "so Νίκος said")])
def test_a_name_whose_letters_have_two_small_forms_is_removed(name: str, written: str) -> None:
    assert redact(written, names=[name]).text == "so [name removed] said"


def test_the_longest_of_the_names_that_begin_alike_is_removed_whole() -> None:
    known = ["Zanele Ward", "Zanele", "Zanele Ward Rota Queen"]

    assert redact("zanele ward rota queen asks; zanele ward rota", names=known).text == (
        "[name removed] asks; [name removed] rota"
    )


def test_the_newest_names_of_each_server_are_remembered() -> None:
    watch = Watch()
    watch.note_names(GUILD, ["Anna Kowalska", "Chidi Eze"])
    watch.note_names(OTHER_GUILD, ["Ben Okafor"])
    watch.note_names(GUILD, ["Anna Kowalska", *(f"Nurse {number}" for number in range(MOST_NAMES - 1))])

    assert watch.names(GUILD)[0] == "Anna Kowalska"
    assert len(watch.names(GUILD)) == MOST_NAMES
    assert redact("Kowalska, Eze and Okafor wait", names=watch.seen_names(GUILD)).text == (
        "[name removed], Eze and Okafor wait"
    )
    assert watch.names(OTHER_GUILD) == ("Ben Okafor",)


@pytest.mark.parametrize(
    ("name", "written", "cleared"),
    [
        ("प्रिया शर्मा", "कल प्रिया ने कहा", "कल [name removed] ने कहा"),
        ("प्रिया शर्मा", "शर्मा से पूछो", "[name removed] से पूछो"),
        ("मीरा", "मीराने सांगितले", "[name removed]ने सांगितले"),
        ("राम दास", "हमने राम दास से पूछा", "हमने [name removed] से पूछा"),
        ("محمد علي", "سألت محمد أمس", "سألت [name removed] أمس"),
        ("محمد علي", "قلت لمحمد وعلي", "قلت ل[name removed] و[name removed]"),
        ("هدى الزهراني", "قالت الزهراني والزهراني", "قالت [name removed] و[name removed]"),
        ("طارق", "بطارق أو مُحمد طَارِق", "ب[name removed] أو مُحمد [name removed]"),
        ("عبد الرحمن يوسف", "سألنا عبدالرحمن", "سألنا [name removed]"),
        ("רבקה כהן", "אמרתי לרבקה", "אמרתי ל[name removed]"),
        ("שרה לוי", "שָׂרָה אמרה", "[name removed] אמרה"),
        ("王小明", "请问小明在吗", "请问[name removed]在吗"),
        ("王小明", "王小明说", "[name removed]说"),
        ("王芳", "昨天王芳来了", "昨天[name removed]来了"),
        ("欧阳雪梅", "请问雪梅", "请问[name removed]"),
        ("护士王小明", "小明是护士", "[name removed]是护士"),
        ("田中 太郎", "昨日、太郎さんと田中さん", "昨日、[name removed]さんと[name removed]さん"),
        ("ミゲル・サントス", "サントスさん", "[name removed]さん"),
        ("김민수", "어제 민수는 혼자", "어제 [name removed]는 혼자"),
        ("남궁민재", "민재씨에게", "[name removed]씨에게"),
        ("ปรียา วงศ์ทอง", "ถามปรียาเรื่องเวร", "ถาม[name removed]เรื่องเวร"),
        ("செந்தில் குமார்", "குமாரின் விடுப்பு", "[name removed]ின் விடுப்பு"),
        ("সুব্রত ঘোষ", "আমরা সুব্রতকে বলেছি", "আমরা [name removed]কে বলেছি"),
        ("Галина Петрова", "спросите галину", "спросите [name removed]у"),
        ("Ελένη Παπαδοπούλου", "είπε η ελενη", "είπε η [name removed]"),
        ("ნინო ბერიძე", "ვკითხე ნინოს", "ვკითხე [name removed]ს"),
    ],
)
def test_a_part_of_a_name_goes_in_scripts_without_capitals(name: str, written: str, cleared: str) -> None:
    assert redact(written, names=[name]).text == cleared


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("राम दास", "यह राम राम है, दास नहीं"),
        ("आशा शर्मा", "हमें आशा है"),
        ("أمل حداد", "لدينا أمل كبير"),
        ("علي حسن", "على الجناح، وهذا حسن"),
        ("محمد عبد الله", "إن شاء الله"),
        ("王和平", "我们要和平"),
        ("王芳", "王先生说"),
        ("이지원", "지원이 부족해요"),
        ("นก", "นกบินสูง"),
        ("ปรีย", "ปรียา"),
        ("はるか", "はるかに多い"),
        ("דן", "הדן"),
        ("Вера Новая", "новая смена, и вера в неё"),
        ("डॉ. प्रिया शर्मा", "डॉ. साहब आए"),
        ("护士王小明", "护士很累"),
        ("دكتور طارق", "دكتور آخر"),
    ],
)
def test_short_parts_and_names_that_are_words_stay_in_scripts_without_capitals(name: str, written: str) -> None:
    assert redact(written, names=[name]).text == written


@pytest.mark.parametrize(
    ("name", "written", "cleared"),
    [
        ("Priya Sharma", "spoke to sharma", "spoke to [name removed]"),
        ("Samira", "spoke to samira", "spoke to [name removed]"),
        ("Samira Okonkwo", "Okonkwo and SAMIRA", "[name removed] and [name removed]"),
        ("Samira Okonkwo", "Samira’s and samira's rota", "[name removed]’s and [name removed]'s rota"),
        ("Samira Okonkwo", "okonkwos rota", "[name removed] rota"),
        ("Samira Okonkwo", "an okonkwo-led ward", "an [name removed]-led ward"),
        ("Samira Okonkwo", "@samiraokonkwo or samira_okonkwo", "@[name removed] or [name removed]"),
        ("Ｓａｍｉｒａ", "ask samira", "ask [name removed]"),
        ("Samira", "ask Ｓａｍｉｒａ", "ask [name removed]"),
        ("Samira", "ask Sa\u200bmi\u200dra", "ask [name removed]"),
        ("Sa\u200bmira", "ask samira", "ask [name removed]"),
        ("Samira", "ask S\u0332a\u0332m\u0332i\u0332r\u0332a\u0332", "ask [name removed]"),
        ("𝓢𝓪𝓶𝓲𝓻𝓪", "ask samira", "ask [name removed]"),
        ("Samira", "ask Sаmirа", "ask [name removed]"),
        ("Sаmirа", "ask samira", "ask [name removed]"),
        ("Zoë Brontë", "so zoe said", "so [name removed] said"),
        ("Zoe", "so Zoë said", "so [name removed] said"),
        ("Paweł", "ask pawel", "ask [name removed]"),
        ("Pat O’Brien", "ask o'brien, O’Brien, obrien or O Brien", "ask {0}, {0}, {0} or {0}"),
        ("Pat O’Brien", "ask O’Brien’s team", "ask [name removed]’s team"),
        ("Tove D’Souza", "d'souza or dsouza", "{0} or {0}"),
        ("Fergus McDonald", "ask mcdonald, Mc Donald, MacDonald", "ask {0}, {0}, {0}"),
        ("Fergus MacAllister", "ask mcallister", "ask {0}"),
        ("Oluchi Nwankwo-Bell", "nwankwo-bell, Nwankwo Bell, nwankwobell", "{0}, {0}, {0}"),
        ("Priya Sharma (Pri)", "ask Pri or Priya", "ask {0} or {0}"),
        ("Katherine Sharma (Kate)", "ask kate", "ask {0}"),
        ("Priya (प्रिया)", "प्रिया ने कहा", "{0} ने कहा"),
        ("Priya ⭐ | Ward 7", "priya on Ward 7", "{0} on Ward 7"),
        ("[RN] Priya Sharma", "our RN, Priya Sharma", "our RN, {0}"),
        ("Dr Priya Sharma (she/her)", "Dr Sharma said she will", "Dr {0} said she will"),
        ("Student Nurse Priya Nakamura", "ask priya nakamura", "ask {0}"),
        ("Sharma, Priya", "ask sharma", "ask {0}"),
        ("Willow Ward | Samira", "samira on Willow Ward", "{0} on Willow Ward"),
        ("Samira Okonkwo, RN", "the RN is Okonkwo", "the RN is {0}"),
        ("Priya Sharma", "Priya\nSharma; sharma priya", "{0}; {0} {0}"),
    ],
)
def test_a_name_goes_however_it_is_typed_or_shown(name: str, written: str, cleared: str) -> None:
    assert redact(written, names=[name]).text == cleared.replace("{0}", "[name removed]")


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Priya ⭐ | Ward 7", "Ward 7 and ward 7, all 7 of us on the Ward"),
        ("Priya | Falcon", "we on Falcon, and falcons"),
        ("[RN] Priya Sharma", "each RN, and the rn"),
        ("HCA Priya", "every HCA and hca"),
        ("RGN Samira", "every RGN and rgn"),
        ("Priya Sharma she/her", "so She said, and Her rota, he or they"),
        ("Priya Sharma (they/them)", "so They said it to Them"),
        ("Band 5 Nurse", "a Band 5 Nurse in band 5"),
        ("Staff Nurse (she/her)", "the Staff Nurse said She would"),
        ("Priya Sharma (Elm)", "we in Elm"),
        ("Wobbly Badger", "a wobbly bed and a badger"),
        ("Samira | ED", "in ED, and ed"),
        ("Samira - Night Team", "the Night Team and the Team"),
        ("Samira / Physio", "a Physio and a physio"),
        ("Dr Samira, Consultant", "the Consultant and a Dr"),
        ("Ward.7", "on ward 7 or Ward 7"),
        ("Samira", "see samira.nhs.uk"),
        ("Peter Nakamura", "it peters out"),
    ],
)
def test_roles_wards_and_pronouns_in_a_name_are_taken_out_of_nobodys_sentences(name: str, written: str) -> None:
    assert redact(written, names=[name]).text == written


SYLLABLES = {
    "Latin": ("zu", "qe", "vo", "ji", "xa"),
    "Cyrillic": ("зу", "ке", "жо", "фи", "ша"),
    "Greek": ("ζυ", "ξε", "φο", "ψι", "θα"),
    "Arabic": ("قو", "ضي", "غا", "ظو", "خي"),
    "Hebrew": ("קט", "צפ", "גז", "חס", "טר"),
    "Devanagari": ("झी", "ढू", "ठा", "फे", "णो"),
    "Bengali": ("ঝী", "ঢূ", "ঠা", "ফে", "ণো"),
    "Tamil": ("ழீ", "ஞூ", "ஙா", "றே", "ணோ"),
    "Chinese": ("鑫", "琰", "翀", "珺", "瑀"),
    "Katakana": ("ヴェ", "ザゾ", "ピュ", "ギョ", "ヌベ"),
    "Korean": ("쀼", "퓨", "뫼", "췌", "횰"),
    "Thai": ("ฌี", "ฆู", "ฐา", "ฬี", "ฑู"),
}
"""Letters of which a name can be made up that is no word."""
FRAMES = {
    "Latin": ("ask {} about it", "spoke to {}", "{} said so", "it was ({}).", "“{}”"),
    "Arabic": ("سألنا {} أمس", "قلت ل{}", "قال {}"),
    "Hebrew": ("אמרתי ל{}", "שאלנו את {}"),
    "Devanagari": ("हमने {} से पूछा", "{}ने कहा"),
    "Chinese": ("请问{}在吗", "昨天{}说"),
    "Katakana": ("{}さんに聞いて", "昨日、{}が"),
    "Korean": ("어제 {}는 혼자", "{}씨에게"),
    "Thai": ("ถาม{}เรื่องเวร",),
}
SHOWN = ("{}", "{} ⭐ | Ward 7", "[RN] {}", "Dr {} (she/her)", "{} she/her", "✨ {} ✨", "{}, RN")


def typed_in_some_way(draw: st.DrawFn, part: str) -> str:
    """A part of a name as people may type it, who do not type it as it is shown."""
    ways = [part, part.upper(), part.lower(), f"{part}’s", f"{part}'s"] if part.isascii() else [part]
    if part.isascii():
        ways += ["".join(chr(ord(char) + 0xFEE0) for char in part), part.replace("a", "а"), part.replace("o", "ο")]
        ways += [f"{part[:2]}\u0332{part[2:]}"]
    ways += [f"{part[:1]}\u200b{part[1:]}", f"{part[:2]}\u2060{part[2:]}"]
    return draw(st.sampled_from(ways))


@given(st.data(), st.sampled_from(sorted(SYLLABLES)))
@settings(max_examples=examples(400))
def test_a_made_up_name_of_any_script_is_left_in_no_sentence(data: st.DataObject, script: str) -> None:
    syllables = st.lists(st.sampled_from(SYLLABLES[script]), min_size=3, max_size=4)
    first, last = ("".join(data.draw(syllables)) for _ in range(2))
    assume(first != last)
    if script == "Latin":
        first, last = first.title(), last.title()
    name = data.draw(st.sampled_from(SHOWN)).format(f"{first} {last}")
    written = data.draw(st.composite(typed_in_some_way)(data.draw(st.sampled_from([first, last, f"{first} {last}"]))))
    text = data.draw(st.sampled_from(FRAMES.get(script, ("{} — 7", "7: {}")))).format(written)

    left = redact(text, names=["Anna Kowalska", name]).text

    plain = re.sub(r"[\u200b\u2060\u0332]", "", unicodedata.normalize("NFKC", left)).casefold()
    plain = plain.translate(str.maketrans("аο", "ao"))
    assert first.casefold() not in plain
    assert last.casefold() not in plain


@pytest.mark.parametrize("written", FRESH["ordinary"])
def test_an_ordinary_sentence_of_any_script_loses_nothing_beside_names_of_twelve(written: str) -> None:
    assert redact(written, names=[each["name"] for each in FRESH["names"]]).text == written


def test_ordinary_sentences_lose_nothing_beside_names_of_twelve_scripts() -> None:
    rows = [*labelled(held_out=False), *labelled(held_out=True), *read_rows("identifiers_fresh")]
    plain = [row["text"] for row in rows if not row["identifiers"]]
    known = SeenNames(each["name"] for each in FRESH["names"])

    assert [text for text in plain if redact(text, names=known).text != redact(text).text] == []


def test_nearly_all_of_a_hundred_names_go_that_were_written_down_before() -> None:
    known = SeenNames(each["name"] for each in FRESH["names"])
    left = [each["name"] for each in FRESH["names"] if each["gone"] in redact(each["text"], names=known).text]

    # Short ones, and ones that are words too: "victory", "bird", "worship".
    assert left == ["ऋतु जोशी", "জয়", "นก", "Hùng Trần • Elm Unit", "पूजा अग्रवाल"]
