"""A German conversation about what is to be remembered: never the opposite of what was said, nor another's fact."""

from __future__ import annotations

from tests.unit.parts import Typed, declined

UNKNOWN = declined("de")
DIALOGUE = (
    ("ich mag katzen", "Ich merke mir: Du magst katzen."),
    ("ich hasse montage", "Ich merke mir: Du hasst montage."),
    ("was mag ich", "Du magst katzen."),
    ("was mag ich nicht", "Du hasst montage."),
    ("mag ich katzen", "Ja, du hast mir gesagt: Du magst katzen."),
    ("hasse ich katzen", "Nein, du hast mir gesagt: Du magst katzen."),
    ("mag ich hunde", "Du hast mir nicht gesagt, ob du das magst: hunde."),
    ("merk dir dass ich keinen kaffee mag", "Ich merke mir: Du magst keinen kaffee."),
    ("mag ich kaffee", "Nein, du hast mir gesagt: Du magst keinen kaffee."),
    ("meine schwester heißt anna", "Ich merke mir: Deine schwester heißt anna."),
    ("wie heißt meine schwester", "Deine schwester heißt anna."),
    ("wie heißt mein bruder", "Dazu hast du mir noch nichts gesagt: bruder."),
    ("ich heiße tom", "Ich merke mir: Du heißt tom."),
    ("wie heiße ich", "Du heißt tom."),
    (
        "merk dir dass meine frau am vierten mai geburtstag hat",
        "Ich merke mir: Deine frau hat am vierten mai geburtstag.",
    ),
    ("wann hat meine frau geburtstag", "Deine frau hat am vierten mai geburtstag."),
    ("wann hat meine mutter geburtstag", "Dazu hast du mir noch nichts gesagt: mutter."),
    ("ich wohne in berlin", "Ich merke mir: Du wohnst in berlin."),
    ("wo wohne ich", "Du wohnst in berlin."),
    ("ich wohne in köln", "Ich merke mir: Du wohnst in köln. Vorher hast du mir gesagt: Du wohnst in berlin."),
    ("wo wohne ich", "Du wohnst in köln."),
    (
        "merk dir morgen um neun habe ich zahnarzt",
        "Ich merke mir: Am Sonntag, dem 22. November 2026, um neun hast du zahnarzt.",
    ),
    ("wann habe ich zahnarzt", "Du hast mir gesagt: Am Sonntag, dem 22. November 2026, um neun hast du zahnarzt."),
    ("merk dir dass mein auto rot ist", "Ich merke mir: Dein auto ist rot."),
    ("welche farbe hat mein auto", "Du hast mir gesagt: Dein auto ist rot."),
    ("was weißt du über meine schwester", "Deine schwester heißt anna."),
    ("ich trinke gern tee", "Ich merke mir: Du trinkst gern tee."),
    ("ich kann spinnen nicht leiden", "Ich merke mir: Du kannst spinnen nicht leiden."),
    ("mag ich spinnen", "Nein, du hast mir gesagt: Du kannst spinnen nicht leiden."),
    ("ich mag meinen hund", "Ich merke mir: Du magst deinen hund."),
    ("ich mag tee und kaffee nicht", "Ich merke mir: Du magst tee und kaffee nicht."),
    ("mag ich tee", "Du hast mir gesagt: Du trinkst gern tee; und du magst tee und kaffee nicht."),
    ("vergiss dass ich katzen mag", "Das habe ich vergessen: Du magst katzen. Deine Worte stehen noch im Verlauf."),
    ("was mag ich", "Du magst deinen hund. Du trinkst gern tee. Du magst tee und kaffee nicht."),
    ("meine schwester mag pferde", "Ich merke mir: Deine schwester mag pferde."),
    ("mag ich pferde", "Du hast mir nicht gesagt, ob du das magst: pferde."),
    ("was ist meine lieblingsfarbe", "Dazu hast du mir noch nichts gesagt: lieblingsfarbe."),
    ("meine lieblingsfarbe ist blau", "Ich merke mir: Deine lieblingsfarbe ist blau."),
    ("was ist meine lieblingsfarbe", "Deine lieblingsfarbe ist blau."),
    ("wie alt bin ich", "Dazu hast du mir noch nichts gesagt: wie alt bist du."),
    ("ich bin 42 jahre alt", "Ich merke mir: Du bist 42 jahre alt."),
    ("wie alt bin ich", "Du bist 42 jahre alt."),
    ("der chef meiner frau heißt max", "Ich merke mir: Der chef deiner frau heißt max."),
    ("wie heißt mein chef", "Dazu hast du mir noch nichts gesagt: chef."),
    ("wer ist der chef meiner frau", "Du hast mir gesagt: Der chef deiner frau heißt max."),
)


async def test_german_is_remembered_and_told_as_it_was_said() -> None:
    async with Typed() as talk:
        await talk.memory.set_context("me", language="de")
        for asked, answer in DIALOGUE:
            reply = await talk.reply(asked)
            assert reply == answer, asked


DENIED = (
    ("merk dir nicht dass ich Kakao mag", "Dazu habe ich mir nichts gemerkt: du magst Kakao."),
    ("mag ich Kakao", "Du hast mir nicht gesagt, ob du das magst: Kakao."),
    ("meine Schwester mag Tee", "Ich merke mir: Deine Schwester mag Tee."),
    ("was mag meine Schwester nicht", UNKNOWN),
    ("Meine Schwester mag keinen Kaffee", "Ich merke mir: Deine Schwester mag keinen Kaffee."),
    ("was mag meine Schwester nicht", "Du hast mir gesagt: Deine Schwester mag keinen Kaffee."),
    (
        "was mag meine Schwester",
        "Du hast mir gesagt: Deine Schwester mag Tee; und deine Schwester mag keinen Kaffee.",
    ),
    ("ich bin allergisch gegen Nüsse", "Ich merke mir: Du bist allergisch gegen Nüsse."),
    ("ich bin nicht gegen Milch allergisch", "Ich merke mir: Du bist nicht gegen Milch allergisch."),
    ("bin ich gegen Milch allergisch", "Nein, du hast mir gesagt: Du bist nicht gegen Milch allergisch."),
    ("ich wohne nicht mehr in Berlin", "Ich merke mir: Du wohnst nicht mehr in Berlin."),
)


async def test_what_is_denied_is_never_told_as_said() -> None:
    async with Typed() as talk:
        await talk.memory.set_context("me", language="de")
        for asked, answer in DENIED:
            reply = await talk.reply(asked)
            assert reply.startswith(answer) if isinstance(answer, tuple) else reply == answer, asked
