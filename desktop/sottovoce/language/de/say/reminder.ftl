# Erinnerungen. `what` steht in den Worten des Benutzers: „Mama anrufen“.

# en: 14291ae0
reminder-offer = Erinnere mich morgen um neun an den Zahnarzt.
# en: 6e1e9a35
reminder-what = Woran soll ich dich erinnern?
# en: 5b3145e1
reminder-when = Wann soll ich dich erinnern?
# en: 38cc3db0
reminder-the = „{ YOU($what) }“
# en: 60cab440
reminder-set = { $manner ->
    [brief] Erinnerung { $when }: { YOU($what) }.
   *[normal] Ich erinnere dich { $when }: { YOU($what) }.
}
# en: 7be30bc0
reminder-set-in = Ich erinnere dich in { DURATION($length, parts: "2", case: "dative") }: { YOU($what) }.
# en: 05ccdc41
reminder-comes = Ich erinnere dich { $when }: { YOU($what) }.
# en: 36f8bb0f
reminder-count = Du hast { $count } Erinnerungen.
# en: f16ef8a1
reminder-none = Du hast keine Erinnerungen.
# en: 6eeeeb1f
reminder-none-then = Für diese Zeit hast du keine Erinnerungen.
# en: 6fae5884
reminder-which = Welche meinst du: { LIST($reminders, join: " oder ") }?
# en: 5e0804f4
reminder-unknown = So eine Erinnerung hast du nicht. Es gibt: { LIST($reminders) }.
# en: f77300e8
reminder-cancelled = Deine Erinnerung ist gelöscht: { YOU($what) }.
# en: ad81786b
reminder-confirm-all = { $count ->
    [one] Soll ich deine einzige Erinnerung löschen?
    [2] Soll ich beide Erinnerungen löschen?
   *[other] Soll ich alle { $count } Erinnerungen löschen?
}
# en: 57c4e12c
reminder-all-cancelled = { $count ->
    [one] Deine Erinnerung ist gelöscht.
    [2] Beide Erinnerungen sind gelöscht.
   *[other] Alle { $count } Erinnerungen sind gelöscht.
}
# en: abd752d7
reminder-done = Erinnerung: { YOU($what) }.
# en: 85366dd7
reminder-notice = Erinnerung
