# Das Symbol in der Leiste und sein Menü.

# en: ddb89ca8
tray-answer = &Beantworten: „{ $question }“
# en: b723f0e3
tray-forget = &Vergessen
# en: 45fe723f
tray-talk = &Sprechen
# en: 93470c16
tray-talk-key = &Sprechen ({ $key })
# en: 3ca8c97b
tray-finish = Fert&ig gesprochen
# en: 960f322c
tray-stop = &Anhalten
# en: ffc1cada
tray-recovery = &Wiederherstellungscode …
# en: 2bf4c718
tray-history = Ver&lauf …
# en: 02e53e16
tray-settings = &Einstellungen …
# en: a6412f66
tray-diagnostics = Dia&gnose …
# en: e85b010e
tray-about = &Über Sottovoce
# en: 6dfef8f0
tray-quit = Been&den
# en: 168fbaca
tray-tip = Sottovoce: { $state }
# en: 3f86e27a
tray-keeps-sound = Das Mikrofon ist offen: Die letzten 0,3 Sekunden bleiben im Arbeitsspeicher
# en: 7029b7ce
tray-reading = Liest deine Dateien: { $done } von { $total }
# en: dedf0f2f
tray-erasing = Löscht aus den Dateien: { $percent } %
# en: 3d847c51
tray-erasing-left = Löscht aus den Dateien: { $percent } %, noch etwa { $left } s
# en: 7cb63d77
tray-works = { $erasing }. { $reading }
# en: 5b927213
tray-dictates = Was du sagst, wird in das Fenster im Vordergrund getippt
