"""Files are read whole, cut into passages of a useful size, and refused with a reason."""

from __future__ import annotations

import codecs
import contextlib
import hashlib
import os
import random
import re
import tempfile
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sottovoce.adapters.knowledge.cutting import Block, CuttingLimits, cut, paragraphs, unwrapped
from sottovoce.adapters.knowledge.encodings import decoded
from sottovoce.adapters.knowledge.markdown import markdown_blocks
from sottovoce.adapters.knowledge.reading import ReadingLimits, read_document
from sottovoce.domain.errors import (
    DocumentEmpty,
    DocumentForbidden,
    DocumentGone,
    DocumentLocked,
    DocumentNotText,
    DocumentScrambled,
    DocumentTooLarge,
    DocumentUnreadable,
    KnowledgeTrouble,
)
from tests.adapters.documents import STANDARD_FONT, as_an_ordinary_user, pdf, pdf_page

LIMITS = ReadingLimits()
SMALL = CuttingLimits(least_words=6, most_words=16, most_chars=150)
SENTENCE = "The old gardener waters every bed before the sun is high. "


def passages_of(folder: Path, name: str, data: bytes | str, limits: ReadingLimits = LIMITS) -> list[tuple[str, str]]:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return list(read_document(str(path), limits).passages)


def refusal(folder: Path, name: str, data: bytes | str, limits: ReadingLimits = LIMITS) -> type[KnowledgeTrouble]:
    with pytest.raises(KnowledgeTrouble) as refused:
        passages_of(folder, name, data, limits)
    return refused.type


# Markdown


def test_a_heading_is_the_place_of_what_stands_under_it(tmp_path: Path) -> None:
    text = "# Garden\n\n## Tomatoes\n\nPlant them after the last frost.\n\n## Carrots ##\nSow them early.\n"
    assert passages_of(tmp_path, "a.md", text) == [
        ("Garden > Tomatoes", "# Garden\n## Tomatoes\n\nPlant them after the last frost."),
        ("Garden > Carrots", "## Carrots\n\nSow them early."),
    ]


def test_underlined_headings(tmp_path: Path) -> None:
    text = "Garden\n======\n\nTomatoes\n--------\nAfter the frost.\n\n# Other\nElse.\n"
    assert [place for place, _ in passages_of(tmp_path, "a.markdown", text)] == ["Garden > Tomatoes", "Other"]


def test_headings_with_nothing_under_them_are_not_lost(tmp_path: Path) -> None:
    assert passages_of(tmp_path, "a.md", "# One\n# Two\n## Three\n") == [
        ("One", "# One"),
        ("Two > Three", "# Two\n## Three"),
    ]


def test_a_heading_too_long_is_a_paragraph(tmp_path: Path) -> None:
    long = "# " + SENTENCE * 4
    ((place, text),) = passages_of(tmp_path, "a.md", long)
    assert place == ""
    assert text == long.strip()
    assert passages_of(tmp_path, "b.md", SENTENCE * 4 + "\n----\n")[0][0] == ""
    assert passages_of(tmp_path, "c.md", "# \nbare\n") == [("", "bare")]


def test_code_lists_and_tables_stay_together() -> None:
    text = (
        "---\ntitle: x\ntags: [a]\n---\nIntro\n\n```sh\n# no heading\n\nmake all\n```\n"
        "- one\n- two\n  goes on\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n***\na | b\n--|--\n1 | 2\n\n~~~\nopen"
    )
    blocks = list(markdown_blocks(text))
    assert [block.text for block in blocks] == [
        "title: x\ntags: [a]",
        "Intro",
        "```sh\n# no heading\n\nmake all\n```",
        "- one\n- two\n  goes on",
        "| a | b |\n|---|---|\n| 1 | 2 |",
        "a | b\n--|--\n1 | 2",
        "~~~\nopen",
    ]
    assert [block.by_lines for block in blocks] == [True, False, True, True, True, True, True]


def test_front_matter_is_told_to_nobody_but_for_its_title(tmp_path: Path) -> None:
    text = "---\ntitle: 'The boiler'\ntags: [secret]\n---\nServiced in May.\n\n## Costs\nMuch.\n"
    found = passages_of(tmp_path, "a.md", text)
    assert found == [("The boiler", "Serviced in May."), ("The boiler > Costs", "## Costs\n\nMuch.")]
    assert refusal(tmp_path, "b.md", "---\ntags: [a]\n---\n") is DocumentEmpty
    assert passages_of(tmp_path, "c.md", '+++\ntitle = "The boiler"\ndraft = true\n+++\nServiced.\n') == [
        ("The boiler", "Serviced.")
    ]
    assert passages_of(tmp_path, "d.md", "---\ntags: [a]\n+++\nServiced.\n")[0][1].startswith("tags")


@pytest.mark.parametrize("kind", ["dataview", " dataviewjs", "Mermaid", "query", "{mermaid}"])
def test_what_a_program_makes_a_picture_or_a_list_of_is_no_text(tmp_path: Path, kind: str) -> None:
    block = f"```{kind}\nTABLE rating FROM plants\n```"
    assert passages_of(tmp_path, "a.md", f"Before.\n\n{block}\n\nAfter.") == [("", "Before.\n\nAfter.")]
    assert "make all" in passages_of(tmp_path, "b.md", "```sh\nmake all\n```\n\n```tasks-of-mine\nx")[0][1]


def test_what_is_hidden_is_no_text_and_code_stays_whole(tmp_path: Path) -> None:
    hidden = "hidden " * 400
    text = (
        f"Shown <!-- {hidden} --> first.\n\n%%\n{hidden}\n%%\nThen <SCRIPT type='x'>{hidden}</script>this."
        "\n\n```html\n<!-- code -->\n%% stays %%\n```\n\n~~~\n<!-- open"
    )
    told = "\n".join(passage for _, passage in passages_of(tmp_path, "a.md", text))
    assert "hidden" not in told
    for part in ("Shown  first.", "Then this.", "<!-- code -->\n%% stays %%", "<!-- open"):
        assert part in told
    assert passages_of(tmp_path, "b.md", "50 %% off <!-- and on") == [("", "50 %% off <!-- and on")]


def test_what_never_ends_takes_no_time(tmp_path: Path) -> None:
    text = "<!-- " * 50_000 + "<script " * 50_000 + "x"
    assert passages_of(tmp_path, "a.md", text)


def test_what_can_not_be_seen_is_not_read(tmp_path: Path) -> None:
    for name in ("a.md", "b.txt"):
        assert passages_of(tmp_path, name, "Zu\u00adsam\u00admen o\ufb03ce\ufeff") == [("", "Zusammen office")]


def test_what_only_looks_like_front_matter_or_a_table() -> None:
    assert [block.text for block in markdown_blocks("---\nno end\n")] == ["no end"]
    assert list(markdown_blocks("---\n---\n")) == []
    assert list(markdown_blocks("")) == []
    (block,) = markdown_blocks("this or that | none\nand so on")
    assert not block.by_lines


# Cutting


def test_passages_are_of_a_useful_size(tmp_path: Path) -> None:
    text = "\n\n".join(SENTENCE * 4 for _ in range(40))
    sizes = [len(text.split()) for _, text in passages_of(tmp_path, "a.txt", text)]
    assert all(60 <= size <= 160 for size in sizes[:-1])


def test_a_long_paragraph_is_cut_between_sentences(tmp_path: Path) -> None:
    found = passages_of(tmp_path, "a.txt", SENTENCE * 60)
    assert len(found) > 3
    assert all(text.endswith("high.") for _, text in found)


def test_a_short_beginning_is_filled_up() -> None:
    blocks = [Block("", "One two three."), Block("", "Four five six seven. " * 4)]
    assert [text for _, text in cut(blocks, SMALL)] == [
        "One two three.\n\nFour five six seven. Four five six seven. Four five six seven.",
        "Four five six seven.",
    ]


def test_a_heading_does_not_stand_alone_before_code() -> None:
    code = "\n".join(f"line {number}" for number in range(8))
    blocks = [Block("", "## Code", by_lines=True), Block("", code, by_lines=True)]
    assert [text for _, text in cut(blocks, SMALL)] == ["## Code\n\n" + code]


def test_a_table_too_long_is_cut_between_rows() -> None:
    table = "\n".join(f"| row {number} | value |" for number in range(12))
    found = [text for _, text in cut([Block("t", table, by_lines=True)], SMALL)]
    assert "\n".join(found) == table
    assert len(found) > 1


def test_what_has_no_spaces_is_cut_at_all() -> None:
    found = [text for _, text in cut([Block("", "x" * 400)], SMALL)]
    assert [len(text) for text in found] == [150, 150, 100]


def test_lines_an_editor_broke_are_put_together() -> None:
    broken = ["A paragraph that was broken by an editor at", "some column.", "Short line", "next line", "- item"]
    assert unwrapped(broken) == (
        "A paragraph that was broken by an editor at some column.\nShort line\nnext line\n- item"
    )


@given(st.text(st.sampled_from("ab.!? \n\n#-|`*1"), max_size=400))
def test_no_word_is_lost(text: str) -> None:
    def words(of: str) -> list[str]:
        return re.findall(r"[ab1]+", of)

    found = [passage for _, passage in cut(paragraphs(text), SMALL)]
    assert words(" ".join(found)) == words(text)
    in_markdown = " ".join(f"{passage}" for _, passage in cut(markdown_blocks(text), SMALL))
    assert words(in_markdown) == words(text)
    assert all(len(passage) <= SMALL.most_chars for passage in found)


def test_limits_are_checked() -> None:
    with pytest.raises(ValueError, match="length"):
        CuttingLimits(least_words=200)
    with pytest.raises(ValueError, match="positive"):
        ReadingLimits(most_bytes=0)


# Encodings


SPOKEN = {
    "Die Gärtnerin gießt früh, bevor die Sonne hoch steht: für größere Töpfe.": "cp1252 mac_roman cp850 utf-8",
    "Le déjeuner est prêt à midi — où sont les élèves ?": "cp1252 mac_roman",
    "Le chef-d'œuvre est prêt à midi, cher cœur.": "cp1252 iso8859_15 mac_roman",
    "Zażółć gęślą jaźń. Kotłownia była sprawdzana w Łodzi.": "cp1250 iso8859_2 cp852 cp1257 mac_latin2",
    "Não esqueças o pão e as maçãs. Avó e avô chegam na estação.": "cp1252 mac_roman cp850 cp860",
    "Lykillinn er undir mottunni við dyrnar. Ég á tvö börn og það er gaman.": "cp1252 cp850 cp861",
    "Susirinkimas bus ketvirtadienį devintą valandą, atneškite šviežios duonos.": "cp1257 iso8859_13 cp775",
    "Příliš žluťoučký kůň úpěl ďábelské ódy.": "cp1250 iso8859_2",
    "Árvíztűrő tükörfúrógép, mielőtt a nap felkel.": "cp1250 iso8859_2",
    "Садовник поливает каждую грядку. Котёл проверяли в мае.": "cp1251 koi8_r cp866 iso8859_5 utf-8",
    "Садівник поливає кожну грядку, її перевіряли.": "cp1251 koi8_u",
    "园丁在太阳升高之前给每一个花坛浇水。锅炉在五月检修过。": "gbk gb18030 utf-8",
    "園丁在太陽升高之前給每一個花壇澆水。": "big5",
    "庭師は日が高くなる前に水をやります。ボイラーは五月に点検されました。": "shift_jis euc_jp cp932 iso2022_jp",
    "정원사는 해가 높이 뜨기 전에 모든 화단에 물을 준다.": "euc_kr cp949",
    "Ο κηπουρός ποτίζει κάθε παρτέρι πριν ανέβει ο ήλιος.": "cp1253 iso8859_7",  # noqa: RUF001 - Greek
    "Bahçıvan güneş yükselmeden önce sular, şöyle dedi.": "cp1254",  # noqa: RUF001 - Turkish
    "Sodininkas laisto kiekvieną lysvę, kol saulė dar žemai; šįryt ūkana.": "cp1257",
    "הגנן משקה כל ערוגה לפני שהשמש גבוהה.": "cp1255",
    "البستاني يسقي كل حوض قبل أن ترتفع الشمس.": "cp1256 iso8859_6",
    "ชาวสวนรดน้ำทุกแปลงก่อนแดดแรง": "cp874",
}


@pytest.mark.parametrize(
    ("text", "encoding"), [(text, encoding) for text, encodings in SPOKEN.items() for encoding in encodings.split()]
)
def test_what_people_write_is_read_in_the_encodings_they_use(tmp_path: Path, text: str, encoding: str) -> None:
    in_english = "Notes for the house\n\n"
    assert passages_of(tmp_path, "a.txt", text.encode(encoding)) == [("", unicodedata.normalize("NFC", text))]
    assert decoded(f"{in_english}{text}\n".encode(encoding) * 40) == f"{in_english}{text}\n" * 40


@pytest.mark.parametrize("broken", [b"\xff", b"\xe9", b"\xc3", b"\xf0\x9f\x98"])
def test_a_broken_byte_spoils_nothing_else(broken: bytes) -> None:
    text = "Die Gärtnerin gießt früh: größere Töpfe für später."
    data = text.encode()
    for at in (0, len("Die G"), len(data)):
        assert decoded(data[:at] + broken + b" " + data[at:]).replace(" ", "") == text.replace(" ", "")
    assert decoded(codecs.BOM_UTF8 + data + broken) == text


@pytest.mark.parametrize("broken", [b"\xff", b"\xe9 ", b"\xc3", b"\xf0\x9f\x98"])
@pytest.mark.parametrize("text", ["Der Schlüssel liegt am Haken. ", "Łódź is where we met. ", "It costs 5 € a day. "])
def test_a_broken_byte_spoils_not_even_a_single_letter(text: str, broken: bytes) -> None:
    for at in (0, len(text.encode())):
        data = text.encode()
        assert decoded(data[:at] + broken + data[at:]).strip() == text.strip()


@pytest.mark.parametrize(
    ("text", "encodings"),
    [
        ("Müller", "cp1252 cp437 cp850 cp865 cp857"),
        ("Café", "cp1252 cp437 cp850 mac_roman"),
        ("Nøglen ligger under måtten på gulvet.", "cp1252 cp865 mac_roman"),
        ("Anahtar paspasın altında, şimdi geliyorum.", "cp1254 mac_turkish"),  # noqa: RUF001 - Turkish
        ("Lykillinn er undir mottunni, það er gott.", "cp1252"),
        ("Ключ лежит под ковриком.", "cp1251 mac_cyrillic cp866"),
        ("Árvíztűrő tükörfúrógép.", "cp1250 cp852 mac_latin2"),
        ("Crème für später", "cp1252"),
        ("Babcia mieszka w Łodzi przy ulicy Kościuszki.", "cp1250 cp1257"),
        ("Schůzka s účetní je ve čtvrtek v devět.", "cp1250"),
        ("Ključ je ispod otirača kod vrata.", "cp1250 cp852"),
        ("Şişli'de oturan ağabeyim öğretmendir.", "cp1254"),
        ("İstanbul'da buluşalım", "cp1254"),  # noqa: RUF001 - Turkish
        ("O João mora em São Paulo com a irmã.", "cp1252 cp850 mac_roman"),
        ("Smørrebrød og rød grød med fløde.", "cp1252 cp865 mac_roman"),
        ("ВАЖНО: ВСТРЕЧА В СРЕДУ", "cp1251 koi8_r cp866"),  # noqa: RUF001 - Cyrillic
        ("הסיסמה היא סוס כחול 9", "cp1255"),  # noqa: RUF001 - Hebrew
        ("비밀번호는 파란 말", "cp949"),
        ("“Hello,” she said — and left…", "cp1252 mac_roman"),
    ],
)
def test_a_short_line_is_read_as_it_was_meant_or_not_at_all(text: str, encodings: str) -> None:
    first, *_ = encodings.split()
    for encoding in encodings.split():
        read = ""
        with contextlib.suppress(DocumentNotText):
            read = decoded(text.encode(encoding))
        assert read in {text, ""}, encoding
    assert decoded(text.encode(first)) == text


def test_few_letters_of_another_code_page_are_not_taken_for_unicode() -> None:
    german = "Er schrieb Ã„ statt Ä, und größere Töpfe für später."
    assert decoded(german.encode("cp1252")) == german
    russian = "фонарь, фонд, фото: форма готова"
    assert decoded(russian.encode("cp866")) == russian


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_a_unicode_text_that_was_cut_is_read(encoding: str) -> None:
    assert decoded("The key is under the mat.".encode(encoding) + b"x") == "The key is under the mat."


def test_halves_of_a_sign_are_put_together() -> None:
    text = "party \ud83c\udf89 tonight"
    assert decoded(text.encode("utf-8", "surrogatepass")) == "party \N{PARTY POPPER} tonight"
    halves = text.encode("utf-16", "surrogatepass").replace("\udf89".encode("utf-16-le", "surrogatepass"), b"")
    assert decoded(halves) == "party  tonight"


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_the_mark_that_dos_sets_at_the_end_is_no_text(encoding: str) -> None:
    text = "Größere Töpfe für später\r\n"
    assert decoded((text + "\x1a").encode(encoding)) == text
    assert decoded(b"short\x1a\0\0") == "short"


@pytest.mark.parametrize(
    "data",
    [
        bytes(random.Random(1).choices(range(32, 256), k=400)),  # noqa: S311 - no secret
        codecs.BOM_UTF16_LE + b"\x00\xd8\x00\xd8",
        codecs.BOM_UTF8 + bytes(range(128, 256)),
        bytes(range(128, 256)) * 4,
        "Käse".encode("cp1252") + b"\0" + b"Brot",
    ],
)
def test_what_can_not_be_told_is_no_text(tmp_path: Path, data: bytes) -> None:
    assert refusal(tmp_path, "a.txt", data) is DocumentNotText


@pytest.mark.parametrize("zeros", [1, 700])
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16", "utf-16-be", "utf-32", "utf-8-sig"])
def test_zeros_at_the_end_are_what_a_crash_left(encoding: str, zeros: int) -> None:
    mark = codecs.BOM_UTF16_BE if encoding == "utf-16-be" else b""
    text = "Größere Töpfe für später, früh gegossen"
    assert decoded(mark + (text + "\0" * zeros).encode(encoding)) == text


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    with contextlib.suppress(DocumentNotText):
        assert "\0" not in decoded(data).encode().decode()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    assert passages_of(tmp_path, "a.txt", "Crème brûlée für später".encode(encoding)) == [
        ("", "Crème brûlée für später")
    ]


def test_composed_and_decomposed_letters_are_the_same() -> None:
    assert decoded("Cre\u0300me".encode()) == "Crème"


@pytest.mark.parametrize(
    "data",
    [b"\x7fELF\x02\x01\x01" + bytes(100), b"\xff\xfe\x00\xd8", bytes(range(1, 32)) * 8, b"text\0text"],
    ids=["program", "half a surrogate", "controls", "one zero"],
)
def test_what_is_no_text_is_refused(tmp_path: Path, data: bytes) -> None:
    assert refusal(tmp_path, "a.txt", data) is DocumentNotText


# PDF


def test_a_pdf_is_read_page_by_page(tmp_path: Path) -> None:
    data = pdf(
        "The boiler was serviced in May.\nCall the plumber when it hums.", "", "The second meter is in the cel-\nlar."
    )
    assert passages_of(tmp_path, "a.PDF", data) == [
        ("page 1", "The boiler was serviced in May.\nCall the plumber when it hums."),
        ("page 3", "The second meter is in the cellar."),
    ]


IDENTITY = {
    "/Type": "/Font",
    "/Subtype": "/Type0",
    "/BaseFont": "/ABCDEF+Serif",
    "/Encoding": "/Identity-H",
    "/DescendantFonts": [{"/Type": "/Font", "/Subtype": "/CIDFontType2", "/BaseFont": "/ABCDEF+Serif"}],
}
NUMBERED = {
    "/Type": "/Font",
    "/Subtype": "/Type1",
    "/BaseFont": "/ABCDEF+Serif",
    "/Encoding": {"/Type": "/Encoding", "/Differences": [65, "/g1", "/g2", "/G03", "/a4"]},
}
UNNAMED = {
    "/Type": "/Font",
    "/Subtype": "/TrueType",
    "/BaseFont": "/ABCDEF+Serif",
    "/FontDescriptor": {"/Type": "/FontDescriptor", "/Flags": 4, "/FontFile2": {}},
}
DRAWN = {"/Type": "/Font", "/Subtype": "/Type3"}


@pytest.mark.parametrize("font", [IDENTITY, NUMBERED, UNNAMED, DRAWN], ids=["identity", "numbered", "unnamed", "drawn"])
def test_a_pdf_whose_letters_nothing_tells_is_told_and_not_quoted(tmp_path: Path, font: dict[str, object]) -> None:
    shown = b"BT /F1 12 Tf 50 800 Td (ABCDABCDABCD) Tj ET"
    assert refusal(tmp_path, "a.pdf", pdf_page(shown, font)) is DocumentScrambled
    bullet = b"BT /F1 12 Tf 50 800 Td (A) Tj /F2 12 Tf ( The boiler was serviced in May by Meyer.) Tj ET"
    ((_, text),) = passages_of(tmp_path, "b.pdf", pdf_page(bullet, font))
    assert text.endswith("The boiler was serviced in May by Meyer.")


@pytest.mark.parametrize(
    "font",
    [
        STANDARD_FONT | {"/Encoding": {"/Type": "/Encoding", "/Differences": [65, "/A", "/B", "/uni0043", "/g4"]}},
        STANDARD_FONT | {"/BaseFont": "/ABCDEF+Serif", "/Encoding": "/WinAnsiEncoding"},
        UNNAMED | {"/FontDescriptor": {"/Type": "/FontDescriptor", "/Flags": 32, "/FontFile2": {}}},
        UNNAMED | {"/BaseFont": "/ZapfDingbats"},
    ],
)
def test_fonts_that_tell_their_letters_are_read(tmp_path: Path, font: dict[str, object]) -> None:
    ((_, text),) = passages_of(tmp_path, "a.pdf", pdf_page(b"BT /F1 12 Tf 50 800 Td (ABBA) Tj ET", font))
    assert text


def field(name: str, value: object, kind: str = "/Tx", **more: object) -> dict[str, object]:
    return {"/Subtype": "/Widget", "/T": name, "/V": value, "/FT": kind} | {f"/{key}": one for key, one in more.items()}


def test_what_was_filled_in_and_noted_is_text(tmp_path: Path) -> None:
    notes: tuple[dict[str, object], ...] = (
        field("Name:", "Anna Meyer"),
        {"/Subtype": "/Widget", "/Parent": field("City", "Lyon")},
        field("x1", "tea", TU="Favourite drink"),
        field("Days", ["Monday", "Friday"], "/Ch"),
        field("Member", "/Yes", "/Btn", AS="/Yes"),
        field("Smoker", "/Yes", "/Btn", AS="/Off"),
        field("Other", "/Off", "/Btn"),
        field("Empty", ""),
        field("Pin", "1234", Ff=1 << 13),
        field("Signed", {"/Contents": "x"}, "/Sig"),
        {"/Subtype": "/Widget"},
        {"/Subtype": "/Widget", "/V": "alone"},
        {"/Subtype": "/Text", "/Contents": "Ask the landlord about this."},
        {"/Subtype": "/Highlight", "/Contents": ""},
        {"/Subtype": "/Link", "/Contents": "not this"},
    )
    ((place, text),) = passages_of(tmp_path, "a.pdf", pdf_page(b"BT /F2 9 Tf (Form) Tj ET", None, *notes))
    assert place == "page 1"
    assert text.split("\n\n") == [
        "Form",
        "Name: Anna Meyer",
        "City: Lyon",
        "Favourite drink: tea",
        "Days: Monday, Friday",
        "Member: Yes",
        "alone",
        "Ask the landlord about this.",
    ]
    assert passages_of(tmp_path, "b.pdf", pdf_page(b"", None, notes[0])) == [("page 1", "Name: Anna Meyer")]


def test_a_pdf_that_lacks_its_end_is_tried_once_more(tmp_path: Path) -> None:
    whole = pdf("The boiler was serviced in May.")
    for mark in (b"%%EOF", b"startxref", b"trailer", b"xref\n0"):
        cut_off = whole[: whole.rindex(mark)]
        assert passages_of(tmp_path, "a.pdf", cut_off) == [("page 1", "The boiler was serviced in May.")], mark


def test_a_pdf_with_a_password_is_locked(tmp_path: Path) -> None:
    assert refusal(tmp_path, "a.pdf", pdf("Secret.", password="x")) is DocumentLocked  # noqa: S106 - the test's own
    assert passages_of(tmp_path, "b.pdf", pdf("Only printing is forbidden.", owner="x")) == [
        ("page 1", "Only printing is forbidden.")
    ]


def test_a_pdf_of_pictures_is_empty(tmp_path: Path) -> None:
    assert refusal(tmp_path, "a.pdf", pdf("", "")) is DocumentEmpty


def test_broken_pdfs_are_refused(tmp_path: Path) -> None:
    whole = pdf("Some text that is there.")
    for name, data in {"a": b"", "b": b"%PDF-1.7\n", "c": whole[:200], "d": b"junk " * 100}.items():
        assert refusal(tmp_path, f"{name}.pdf", data) in {DocumentUnreadable, DocumentEmpty}, name


def test_a_broken_page_takes_no_other_page_with_it(tmp_path: Path) -> None:
    whole = pdf("First page here.", "Second page here.")
    broken = whole.replace(b"(Second", b"[[<(Second", 1)
    assert len(broken) > len(whole)
    found = passages_of(tmp_path, "a.pdf", broken)
    assert ("page 1", "First page here.") in found


@pytest.mark.parametrize("kept", [0.35, 0.5, 0.7, 0.8])
def test_half_a_pdf_tells_that_pages_are_missing(tmp_path: Path, kept: float) -> None:
    whole = pdf(*(f"Page {number} tells of the boiler." for number in range(1, 11)))
    path = tmp_path / "half.pdf"
    path.write_bytes(whole[: int(kept * len(whole))])
    read = read_document(str(path), LIMITS)
    assert read.passages[0] == ("page 1", "Page 1 tells of the boiler.")
    assert len(read.passages) < 10
    assert read.trouble == "document-partial"
    path.write_bytes(whole)
    assert read_document(str(path), LIMITS).trouble == ""


@pytest.mark.parametrize("change", [(b"/Count 2", b"/Count 3"), (b"/Contents", b"/Contents 99 0 R /X")])
def test_a_pdf_that_lacks_what_it_names_is_not_whole(tmp_path: Path, change: tuple[bytes, bytes]) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf("First page here.", "Second page here.").replace(*change, 1))
    assert read_document(str(path), LIMITS).trouble == "document-partial"


# Files


def test_a_file_is_told_with_its_time_and_sum(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Something.")
    os.utime(path, ns=(5, 1_700_000_000_123_456_789))
    content = read_document(str(path), LIMITS)
    assert (content.bytes, content.modified_ns) == (10, 1_700_000_000_123_456_789)
    assert content.sha256 == hashlib.sha256(b"Something.").hexdigest()


def test_empty_files(tmp_path: Path) -> None:
    assert refusal(tmp_path, "a.txt", b"") is DocumentEmpty
    assert refusal(tmp_path, "a.md", "\n \n***\n") is DocumentEmpty


def test_too_large(tmp_path: Path) -> None:
    assert refusal(tmp_path, "a.txt", "word " * 30, ReadingLimits(most_bytes=100)) is DocumentTooLarge
    assert refusal(tmp_path, "b.md", "# a\nx\n# b\ny\n# c\nz\n", ReadingLimits(most_passages=2)) is DocumentTooLarge


def test_only_plain_files_are_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "folder.txt").mkdir()
    (tmp_path / "target").write_text("Not to be read.")
    (tmp_path / "link.txt").symlink_to(tmp_path / "target")
    for name, reason in {
        "pipe.txt": DocumentUnreadable,
        "folder.txt": DocumentUnreadable,
        "link.txt": DocumentGone,
        "none.txt": DocumentGone,
        "target/below.txt": DocumentGone,
    }.items():
        with pytest.raises(reason):
            read_document(str(tmp_path / name), LIMITS)


def test_no_permission() -> None:
    with tempfile.TemporaryDirectory() as folder, as_an_ordinary_user(folder):
        path = Path(folder, "a.txt")
        path.write_text("x")
        path.chmod(0)
        with pytest.raises(DocumentForbidden):
            read_document(str(path), LIMITS)
