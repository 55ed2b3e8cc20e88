# What is remembered, recalled and forgotten. Facts are the user's own words, in the first person: "ich mag tee".
# A clause with "dass" would need the user's words in another order, so each fact stands as a sentence of its own.

# en: d46fd612
memory-what = Was soll ich mir merken?
# en: 402766f1
memory-question = Das ist eine Frage, deshalb habe ich es mir nicht gemerkt. Du kannst sie stellen oder mir sagen, wie es ist.
# en: 6f3cfbff
memory-reminder = Wann soll ich dich daran erinnern?
# en: a07f0802
memory-kept = { $manner ->
    [brief] Gemerkt.
   *[normal] { $tone ->
        [formal] Ich werde mir merken: { SENTENCE(CLAUSE($facts)) }
        [warm] { $name ->
            [none] Alles klar, ich merke mir: { SENTENCE(CLAUSE($facts)) }
           *[named] Alles klar, { $name }, ich merke mir: { SENTENCE(CLAUSE($facts)) }
        }
       *[neutral] Ich merke mir: { SENTENCE(CLAUSE($facts)) }
    }
}
# en: f562c865
memory-known = Das weiß ich schon: { SENTENCE(CLAUSE($facts)) }
# en: 826103ae
memory-instead = Vorher hast du mir gesagt: { SENTENCE(CLAUSE($facts)) }
# en: 9626df7f
memory-undone = Den Rest habe ich nicht erledigt: { $rest }. Sag es bitte einzeln.
# en: b6e1f1c1
memory-tell-me = Das weiß ich nicht; du kannst es mir sagen.
# en: 27114e76
memory-name = Ich heiße { $called }
# en: 5abd2e7a
memory-no-calls = Ich kann leider niemanden anrufen.
# en: bd34c9eb
memory-remark = Verstehe.
# en: fd9afd3a
memory-offer = Merk dir, ich mag Python.

# en: cd3076ac
memory-propose = Soll ich mir merken: { SENTENCE(CLAUSE($facts)) } Ja oder nein?
# en: 61da96b6
memory-confirmed = Ich merke mir: { SENTENCE(CLAUSE($facts)) }
# en: d976132e
memory-refused = Okay, ich merke es mir nicht.
# en: f448a101
memory-not-asked = Ich habe dich gerade nichts gefragt.

# en: bf403a61
memory-erase = So viel lösche ich nicht auf Zuruf. Starte „sottovoce erase“; dort wirst du gefragt, welche Daten du meinst.
# en: f403fad4
memory-to-forget = Du hast mir gesagt: { SENTENCE(CLAUSE($facts)) }
# en: 156dfae3
memory-forget = Soll ich das vergessen?
# en: f6dd16dd
memory-which = Was davon? Du kannst sagen: { LIST($sayings, join: " Oder: ") }
# en: a713a6a0
memory-not-that = Genau das weiß ich nicht. Du kannst sagen: { LIST($sayings, join: " Oder: ") }
# en: 53c08a14
memory-saying = Vergiss: { SENTENCE($fact) }
# en: 0e634ddc
memory-nothing-said = Von dem, was wir gerade gesagt haben, habe ich mir nichts gemerkt.
# en: df2691c3
memory-nothing-of = Dazu habe ich mir nichts gemerkt: { CLAUSE($topic) }.
# en: 8db6e460
memory-forgotten = { $manner ->
    [brief] Vergessen.
   *[normal] Das habe ich vergessen: { SENTENCE(CLAUSE($facts)) } Deine Worte stehen noch im Verlauf.
    [detailed] Das habe ich vergessen, samt den Antworten, die ich daraus gemacht hatte: { SENTENCE(CLAUSE($facts)) } Deine Worte stehen noch im Verlauf; „sottovoce erase“ nimmt ein Gespräch heraus.
}

# en: d0ea28b9
memory-recall-offer = Was mag ich?
# en: 6e2dbfeb
memory-likes = Du magst { CLAUSE($things) }.
# en: e2ce447c
memory-fact = { SENTENCE(YOU($fact)) }
# en: f82f708e
memory-more = { $count ->
    [one] Eins kommt noch dazu, das zeigt der Verlauf.
   *[other] { $count } weitere kommen dazu, die zeigt der Verlauf.
}
# en: 44701321
memory-no-likes = Du hast mir noch nicht gesagt, was du magst.
# en: 3a9ba3a8
memory-no-dislikes = Du hast mir noch nicht gesagt, was du nicht magst.
# en: 00522202
memory-nothing = Du hast mich noch nicht gebeten, mir etwas zu merken.
# en: 59d8c270
memory-quoted = Du hast mir gesagt: { SENTENCE(CLAUSE($facts, join: "; und ")) }
# en: 0ca9fc75
memory-yes = Ja, du hast mir gesagt: { SENTENCE(CLAUSE($fact)) }
# en: c6963d6f
memory-no = Nein, du hast mir gesagt: { SENTENCE(CLAUSE($fact)) }
# en: 90921088
memory-nearest = Am ehesten weiß ich das: { SENTENCE(CLAUSE($fact)) }
# en: b680cc0a
memory-nothing-about = Dazu hast du mir noch nichts gesagt: { OWN($topic) }.
# en: b8f9c197
memory-taste-unknown = Du hast mir nicht gesagt, ob du das magst: { CLAUSE($topic) }.

# en: 818309df
memory-why-none = Ich habe noch nichts gesagt.
# en: f8433563
memory-why = Weil du mir gesagt hast: { SENTENCE(CLAUSE($facts)) }
# en: fb6033e9
memory-why-files = Das habe ich in deinen eigenen Dateien gelesen; die Antwort nennt, in welcher.
# en: 95ca1cef
memory-why-clock = Ich habe auf die Uhr gesehen. Nichts, was du mir gesagt hast, habe ich dafür verwendet.
# en: c5862486
memory-why-fallback = Darauf wusste ich keine Antwort, also habe ich gesagt, was ich kann. Nichts, was du mir gesagt hast, habe ich dafür verwendet.
# en: fac82bbb
memory-why-nothing = Dafür habe ich nichts verwendet, was du mir gesagt hast.

# Reckoned from what was told.
# en: a9d69a83
memory-days-until = { $days ->
    [0] Das ist heute.
    [1] Das ist morgen, { DATE($day) }.
   *[other] Bis dahin sind es { NUMBER($days) } Tage, { DATE($day) }.
}
# en: bcefb4b3
memory-weeks-until = { $days ->
    [0] { $weeks ->
        [1] Bis dahin ist es eine Woche, { DATE($day) }.
       *[other] Bis dahin sind es { NUMBER($weeks) } Wochen, { DATE($day) }.
    }
   *[other] Bis dahin sind es { NUMBER($weeks) } { $weeks ->
        [1] Woche
       *[other] Wochen
    } und { NUMBER($days) } { $days ->
        [1] Tag
       *[other] Tage
    }, { DATE($day) }.
}
# en: 5be01115
memory-day-past = Das ist vorbei: { CLAUSE($fact) }.
# en: 4a37c82e
memory-on-day = Das ist { DATE($day) }.
# en: b80f4321
memory-age = { NUMBER($years) } Jahre alt: { CLAUSE($fact) }.
# en: a2502fc6
memory-age-about = { NUMBER($least) } oder { NUMBER($most) } Jahre alt: { CLAUSE($fact) }.
# en: 6a4d1dae
memory-told-on = { DATE($day) }: Du hast mir gesagt, { CLAUSE($fact) }.
# en: 02bb8a11
memory-since = { $years ->
    [0] Seit weniger als einem Jahr: { CLAUSE($fact) }.
    [1] Seit einem Jahr: { CLAUSE($fact) }.
   *[other] Seit { NUMBER($years) } Jahren: { CLAUSE($fact) }.
}
# en: 5bc47903
memory-count = { NUMBER($count) }: { CLAUSE($fact) }.
# What was kept is corrected ("no, it's eva").
# en: e64b1642
memory-corrected = { $manner ->
    [brief] Berichtigt.
   *[normal] Berichtigt: { CLAUSE($fact) }.
}
# en: 5e530b1d
memory-correct-which = Ich kenne mehrere: { CLAUSE($fact) }. Wie soll es heißen? Nenne mir bitte alle.
# After "no, it is Eva", where nothing of what was kept has such a value.
# en: dc7ea1d0
memory-correct-what = Ich weiß nicht, was davon falsch war. Sag bitte den ganzen Satz noch einmal.
# The year is known, not the day.
# en: 259f2610
memory-since-about = Seit ungefähr { $years ->
    [1] einem Jahr
   *[other] { NUMBER($years) } Jahren
}: { CLAUSE($fact) }.
