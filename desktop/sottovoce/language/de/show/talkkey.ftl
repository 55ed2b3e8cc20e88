# Die Taste zum Sprechen: ihre Seite, und wie Tasten heißen.

# en: 04faf6b1
talkkey-what = Taste zum Sprechen
# en: 1d409828
talkkey-no-key = Keine Taste
# en: 9437a2c5
talkkey-change = Taste ändern …
# en: e50a05d6
talkkey-none = Keine Taste
# en: 4e175a0a
talkkey-waiting = Drücke jetzt die Tasten; Esc lässt alles, wie es war.
# en: 65c0a108
talkkey-named = { $what }: { $key }
# en: 189f6f6f
talkkey-how-to-record = Drücke diese Schaltfläche, dann die gewünschten Tasten.
# en: b4638c41
talkkey-held = { $keys }+…
# en: 7ad73291
talkkey-decided = Deine Administration hat festgelegt: { $what }.
# en: 31605bad
talkkey-and = { $first }, { $second }
# en: 62ceaf84
talkkey-decided-key = die Taste
# en: b83d01ea
talkkey-decided-mode = wie sie benutzt wird
# en: 71b70647
talkkey-decided-hands-free = freie Hände
# en: f961e3ba
talkkey-decided-cancel = die Taste, die das Gesagte verwirft
# en: 7ae1a6f5
talkkey-try = Taste aus&probieren
# en: ae77d96f
talkkey-end = Aus&probieren beenden
# en: 70a1dcc0
talkkey-copy = K&opieren, was dort stehen soll
# en: 63c22366
talkkey-copied = Kopiert.
    .sign = Kopiert
# en: 0affc23a
talkkey-trying = Drücke { $key }, halte eine Sekunde lang und lass los. Das Mikrofon bleibt dabei geschlossen.
# en: 95c8970b
talkkey-trying-bound = Drücke die Taste, die in den Einstellungen deines Desktops für Sottovoce steht. Das Mikrofon bleibt dabei geschlossen.
# en: d9ceb570
talkkey-proved = Drücken und Loslassen sind zu sehen: Die Taste kann gehalten werden.
# en: 85bfc161
talkkey-press-only = Bisher ist nur das Drücken zu sehen. Falls du losgelassen hast: Die Taste kann nicht gehalten, aber zum Beginnen und zum Beenden gedrückt werden.
# en: 740bf5d7
talkkey-repeated = Beim Halten wird sie immer wieder als gedrückt gemeldet; das schadet hier nicht.
# en: 3701377a
talkkey-no-release = Von dieser Taste war noch kein Loslassen zu sehen, deshalb wird das Halten nicht angeboten. Probiere die Taste aus.
# en: 6b321cba
talkkey-press = Drücken
# en: 4367671a
talkkey-release = Loslassen
# en: 94b6bec1
talkkey-repeat = Wiederholen
# en: 56f64d83
talkkey-pressed = gedrückt
# en: 6046d260
talkkey-let-go = losgelassen
# en: b30d9b94
talkkey-repeats = wiederholt
# en: ccbdc333
talkkey-seen = { $end }: gesehen
    .sign = ● { $end }: gesehen
# en: 38f0d48d
talkkey-unseen = { $end }: noch nicht gesehen
    .sign = ○ { $end }: noch nicht gesehen
# en: 1b104579
talkkey-hold = Beim Sprechen halten
# en: 1d0105e9
talkkey-toggle = Zum Beginnen &drücken, und noch einmal zum Beenden
# en: 30294728
talkkey-hands-free = Zwei&mal antippen, um mit freien Händen weiterzusprechen
# en: 4863c553
talkkey-cancel = Taste, die Gesagtes oder die Antwort &verwirft:
    .name = Taste, die Gesagtes oder die Antwort verwirft
# en: a9f2bce5
talkkey-given = Dein Desktop hat daraus { $given } gemacht; ändern lässt es sich in seinen Tastatureinstellungen.
# en: e17c2133
talkkey-asked = Dein Desktop sagt nicht, welche Taste er gegeben hat. Wenn { $key } nichts tut, wähle in seinen Tastatureinstellungen eine Taste für Sottovoce.
# en: 7f6d9068
talkkey-cancel-given = Hier ist es { $given }; ändern lässt es sich in den Tastatureinstellungen deines Desktops.
# en: 49c830fe
talkkey-cancel-asked = Hier ist es die Taste, die die Tastatureinstellungen deines Desktops dafür nennen; anfangs keine.
# en: b54c5120
talkkey-how-none = Wähle „Sprechen“ im Fenster oder im Menü, oder starte `sottovoce toggle`.
# en: 6682b0af
talkkey-how-toggle = Drücke { $key }, sprich, und drücke noch einmal; oder drücke auf „Sprechen“.
# en: ef7a2815
talkkey-how-hold = Halte { $key } und sprich, dann lass los; oder drücke auf „Sprechen“.
# en: e99d4409
talkkey-chord = { $held }+{ $key }
# en: cc939c75
talkkey-names = { $key ->
    [Ctrl] Strg
    [Alt] Alt
    [Shift] Umschalt
    [Super] Super
    [Space] Leertaste
    [Enter] Eingabe
    [Tab] Tab
    [Escape] Esc
    [Backspace] Rücktaste
    [Delete] Entf
    [Insert] Einfg
    [Home] Pos1
    [End] Ende
    [PageUp] Bild auf
    [PageDown] Bild ab
    [Up] Pfeil hoch
    [Down] Pfeil runter
    [Left] Pfeil links
    [Right] Pfeil rechts
    [Pause] Pause
    [Print] Druck
    [Menu] Menü
    [ScrollLock] Rollen
    [Plus] Plus
    [Minus] Minus
    [Comma] Komma
    [Period] Punkt
    [Slash] Schrägstrich
    [Backslash] Rückschrägstrich
    [Semicolon] Strichpunkt
    [Apostrophe] Apostroph
    [Grave] Gravis
    [Equal] Gleich
    [BracketLeft] Eckige Klammer auf
    [BracketRight] Eckige Klammer zu
    [RightCtrl] Strg rechts
    [RightAlt] Alt rechts
    [RightShift] Umschalt rechts
    [RightSuper] Super rechts
   *[other] { $key }
}
# en: 055140e3
talkkey-alone = Die Taste { $key } wird allein genommen, ohne dass eine andere gehalten wird.
    .remedy = Schreibe "{ $key }".
# en: b2da1ef0
talkkey-lost = Die Taste { $key } allein wäre fürs Tippen verloren.
    .remedy = Halte Strg (Ctrl), Alt oder Super dazu, etwa "Ctrl+Alt+Space".
