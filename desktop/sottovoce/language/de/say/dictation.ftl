# Typing what is said.

# en: 82ac04c1
dictation-offer = Nimm ein Diktat auf.
# en: d196e477
dictation-ask = Soll ich in die Fenster anderer Programme tippen, wenn du es sagst?
# en: 8124cb7d
dictation-what = Was soll ich tippen?
# en: fb586107
dictation-on = { $manner ->
    [brief] Ich tippe, was du sagst.
   *[normal] Ich tippe, was du sagst, in das Fenster im Vordergrund. Sag „Diktat beenden“, wenn du fertig bist.
    [detailed] Ich tippe, was du sagst, in das Fenster im Vordergrund und behalte nichts davon. Sag Komma, Punkt oder neue Zeile, streich das, um etwas zurückzunehmen, und „Diktat beenden“, wenn du fertig bist.
}
# en: 887e2a79
dictation-off = Das Diktat ist aus.
# en: fd6a66e7
dictation-typed = Erledigt.
