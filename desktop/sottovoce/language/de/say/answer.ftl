# Where nothing was understood, or an answer could not be made anew.

# en: d23c55d5
answer-stale = Ich konnte nicht noch einmal nachsehen; das habe ich vor { LENGTH($age_s, case: "dative") } gefunden. { $answer }
# en: 1f2fe68e
answer-heard-in = { $manner ->
    [brief] Ich verstehe gerade nur Deutsch.
   *[normal] Das klang nach { $language }, und ich verstehe und spreche nur Deutsch. Sag es auf Deutsch und wähle dafür in den Einstellungen ein deutsches Spracherkennungsmodell.
}
# en: 2630be59
answer-other-script = Ich verstehe und antworte gerade nur auf Deutsch. Bitte sag es auf Deutsch.
# en: 68fd31a7
answer-unknown = { $manner ->
    [brief] Das kann ich leider nicht beantworten.
   *[normal] { answer-not-known } Du kannst zum Beispiel sagen: { LIST($offers, join: " ") }
}
# en: 15f6dcc7
answer-nearest = { $manner ->
    [brief] Das kann ich leider nicht beantworten.
   *[normal] { answer-not-known } Am nächsten kommt dem: { LIST($offers, join: " ") }
}
# en: 5bd10bc1
answer-not-known = { $wording ->
    [first] Das kann ich leider noch nicht beantworten.
    [second] Ich weiß nicht, wie das geht.
    [third] Darauf habe ich keine Antwort.
   *[fourth] Das übersteigt, was ich kann.
}
# en: 0bda3834
answer-unknown-bare = { $manner ->
    [brief] Das kann ich leider nicht beantworten.
   *[normal] Das kann ich leider noch nicht beantworten.
}
# en: 9e0bffcc
answer-what-exactly = Ich habe nicht alles verstanden. Was genau?
# en: 64ae4516
answer-as-it-is = { $text }
