# Was ein Wert sein muss und nicht ist, wie es hinter seinem Namen steht; nie der Wert selbst.

# en: 50fc0063
must-quoted = `{ $name }` { $why }
# en: 54003444
must-quoted-at-line = Zeile { $line }: `{ $name }` { $why }
# en: c49dd869
must-plain = { $name } { $why }
# en: b3c790a5
must-and = { $first }; { $rest }

# en: cec05f52
must-be-text = muss Text in Anführungszeichen sein
# en: 23aadcf2
must-be-whole = muss eine ganze Zahl sein
# en: 4b2cf2bc
must-be-number = muss eine Zahl sein
# en: da407ca6
must-be-true-or-false = muss true oder false sein
# en: fc1dc8e2
must-be-one-of = muss eines davon sein: { $choices }
# en: 24eddf93
must-be-from-to = muss zwischen { $low } und { $high } liegen
# en: c084f680
must-be-line = muss eine kurze Zeile Text sein
# en: fe6305d9
must-not-be-empty = darf nicht leer sein
# en: eda55686
must-be-setting = ist keine Einstellung
# en: 53bd2d67
must-be-minisign-key = muss ein öffentlicher minisign-Schlüssel sein: die Zeile, die mit RW beginnt

# Adressen.

# en: 9ca19841
must-be-networks = muss aus Namen und Adressbereichen bestehen, durch Kommas getrennt: nas, fritz.box, 100.64.0.0/10
# en: ef5e8f9f
must-be-model-address = muss eine Adresse wie http://127.0.0.1:8080/v1 sein
# en: 137a2248
must-be-address-alone = muss eine bloße Adresse sein, ohne Namen, Passwort oder Abfrage
# en: f07bafa0
must-be-https = muss mit https beginnen: Die Adresse liegt nicht in deinem eigenen Netz (wenn doch, nenne sie in `own_network`)
# en: 0715950f
must-be-update-address = muss eine Adresse mit https oder in deinem eigenen Netz sein, ohne Namen, Passwort oder Abfrage

# Felder eines Kontexts.

# en: 91a3a7fb
must-keys-be-text = Schlüssel müssen Text sein
# en: ab5fedca
must-be-keepable = Aufbewahrt werden können nur Text, Zahlen, true, false, nichts, Listen und Zuordnungen
# en: 92f6b5e3
must-be-language = muss wie in BCP 47 geschrieben sein, etwa "en"
# en: 00e53531
must-be-zone = muss ein Name aus der IANA-Datenbank sein, etwa "Europe/Berlin"
# en: a7775fff
must-be-personality = muss eine Personality sein
# en: 6b16ca46
must-be-short-text = muss Text mit höchstens { $most } Zeichen sein
# en: b6edfa24
must-be-whole-at-least = muss eine ganze Zahl sein, mindestens { $low }
# en: 8e7c76e3
must-be-whole-between = muss eine ganze Zahl sein, von { $low } bis { $high }
# en: d2b941e0
must-be-seconds = muss eine Zahl von Sekunden seit 1970 sein
# en: 3ccfdc17
must-be-map = muss eine Zuordnung mit höchstens { $most } Einträgen sein
# en: f2281914
must-be-shallow = darf höchstens { $most } Ebenen tief sein
# en: 419c2913
must-be-few = darf je höchstens { $most } Einträge haben

# Richtlinien.

# en: 75911081
must-be-policy = ist keine Richtlinie
# en: 365aff52
must-be-object = das ist kein JSON-Objekt
# en: 5bb97499
must-not-be-recommended = lässt sich nicht empfehlen
# en: 6265fdce
must-be-whole-from-to = muss eine ganze Zahl von { $low } bis { $high } sein
# en: f6a53810
must-be-any-text = muss Text sein
# en: 0a7c9c59
must-be-paths = muss eine Liste absoluter Pfade sein
# en: cf3dbe61
must-be-patterns = muss eine Liste von Namen oder Namensmustern sein
# en: 4afb592b
must-be-near-address = muss eine Adresse mit https oder in der Nähe sein, ohne Namen, Passwort oder Abfrage
# en: 8ba4c36e
must-be-proxy = muss eine Adresse wie http://proxy.example:3128 sein, ohne Namen, Passwort oder Abfrage
# en: 7b15878d
must-be-path = muss ein absoluter Pfad sein
# en: 8f61fa04
must-be-public-key = muss ein öffentlicher X25519-Schlüssel in Base64 sein
