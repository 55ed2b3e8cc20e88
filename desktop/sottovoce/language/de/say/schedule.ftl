# Was Timer, Wecker und Erinnerungen gemeinsam haben.

# en: 9c47be07
schedule-when = { WHEN($at, $now) }
# en: 2787be8b
schedule-every = { REPEATS($rule, $at) }
# en: 7ca23c97
schedule-every-but = { $every }, das nächste Mal { $next }
# en: 7ca831b4
schedule-at = Um wie viel Uhr?
# en: 53e67a13
schedule-past = Das ist schon vorbei. Bitte nenne eine Zeit, die noch kommt.
# en: 031c5bd5
schedule-rule = So oft oder so selten kann ich nichts wiederholen.
# en: 11c7449e
schedule-full = Du hast schon so viele Timer, Wecker und Erinnerungen, dass ich keine mehr behalten kann. Bitte lösche zuerst einige.
# en: 79ac5428
schedule-silent = Das meldet sich nur, solange die Anwendung Sottovoce läuft. Bitte starte sie.
# en: b94f222d
schedule-nothing-rings = Gerade klingelt nichts.
# en: f46ca3f8
schedule-snoozed = Ich melde mich in { DURATION($length, parts: "2", case: "dative") } wieder.
# en: c87bc71d
schedule-missed = Während ich aus war:
# en: b0569878
schedule-more = Und { $count } mehr.
# en: b20972eb
schedule-skipped = { $kind ->
    [alarm] Deinen Wecker { $when } lasse ich aus. Der nächste klingelt { $next }.
   *[reminder] Deine Erinnerung { $when } lasse ich aus: { YOU($label) }. Die nächste kommt { $next }.
}
# en: b5b4299c
schedule-back = { $kind ->
    [alarm] Dein Wecker { $when } bleibt doch.
   *[reminder] Deine Erinnerung { $when } bleibt doch: { YOU($label) }.
}
# en: f246bdec
schedule-only-next = { $kind ->
    [alarm] Auslassen kann ich nur das nächste Mal deines Weckers, und das ist { $when }. Es bleibt alles, wie es ist.
   *[reminder] Auslassen kann ich nur das nächste Mal deiner Erinnerung, und das ist { $when }. Es bleibt alles, wie es ist.
}
