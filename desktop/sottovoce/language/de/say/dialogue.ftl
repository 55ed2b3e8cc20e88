# Über das Gespräch selbst: was zurückgefragt, zurückgenommen, noch einmal gesagt wird.

# en: 87cf5219
dialogue-shall-i = Soll ich das tun?
# en: 981a7e35
dialogue-allowed = { $manner ->
    [brief] Danach frage ich nicht mehr.
   *[normal] Danach frage ich nicht mehr, außer du sagst: frag mich vorher.
}
# en: 05666e29
dialogue-refused = Gut, ich habe es nicht getan.
# en: 3dcc7688
dialogue-nothing-kept = Ich merke mir nur, was es geben soll; geändert habe ich nichts.
# en: 22bcec7c
dialogue-dropped = Gut, lassen wir das.
# en: 37b2bdc7
dialogue-reworded = Gut. Sag es bitte mit anderen Worten.
# en: 66182a71
dialogue-unclear = Das habe ich nicht verstanden.
# en: 990fcfe4
dialogue-did-you-mean = Meintest du: „{ $sentence }“?
# en: b2828067
dialogue-undone = Eins nach dem anderen: Sag das danach noch einmal: { LIST($rest, join: "; ") }.
# en: 057e0aef
dialogue-unknown = Das kann ich nicht: { LIST($rest, join: "; ") }.
# en: 1b4c01b1
dialogue-you-said = Du hast gesagt: „{ $words }“.
# en: ca2a9006
dialogue-nothing-before = Davor wurde nichts gesagt.
# en: 3f4239c5
dialogue-restarted = { $manner ->
    [brief] Von vorn.
   *[normal] Gut, von vorn. Was kann ich für dich tun?
}
# en: 69da0738
dialogue-ask-first = Von jetzt an frage ich dich, bevor ich etwas außerhalb dieses Programms tue.
# en: 93e274f6
dialogue-some-allowed = Du hast mir erlaubt, manches ohne Nachfrage zu tun. Sag „frag mich vorher“, um das zurückzunehmen.
# en: e04ceaf5
dialogue-none-allowed = Bevor ich zum ersten Mal etwas außerhalb dieses Programms tue, frage ich dich.
