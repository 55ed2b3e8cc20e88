# Das Fenster der Einstellungen; wie die Einstellungen selbst heißen, steht in setting.ftl.

# en: 268ffed4
settings-title = Einstellungen
# en: ef18cf01
settings-wrong = Was du eingegeben hast, geht so nicht und ist nicht gespeichert.
# en: 949820e4
settings-begun = Die Passphrase, die du zu tippen begonnen hast, ist nicht festgelegt.
# en: f253c20d
settings-tab-hearing = &Hören
# en: 7ef5d354
settings-tab-voice = &Stimme
# en: 64293d79
settings-tab-key = &Taste
# en: 6a9d5f49
settings-tab-answers = A&ntworten
# en: 7bcbcc56
settings-tab-data = Schut&z && Daten
# en: 6adb33f4
settings-tab-about = Ü&ber
# en: f41636c7
settings-microphone = Mikrofon
# en: 2f21e888
settings-understanding = Verstehen
# en: 9c00df7e
settings-voice = Stimme
# en: 3cddb59e
settings-screen = Auf dem Bildschirm
# en: 07cdae86
settings-model = Ein Sprachmodell, das antwortet
    .intro = Nichts, was du sagst, verlässt diesen Rechner, außer du nennst hier ein Sprachmodell. `sottovoce egress` zeigt, was wohin gesendet wurde.
# en: d7458684
settings-more = Weiteres
# en: 4383b633
settings-history = Verlauf
# en: 5f93a910
settings-keys = Schlüssel und Sicherungen
# en: fdb83632
settings-versions = Neuere Versionen
    .intro = Niemand wird danach gefragt, außer du nennst hier, wer. Installiert wird nie etwas.
# en: 1a64dd10
settings-all = Alles, was aufbewahrt ist
# en: 5940a9e8
settings-row = { $title }:
# en: 903b5504
settings-default = Voreinstellung.
# en: e36a3264
settings-chosen = Deine Wahl; voreingestellt ist { $default }.
# en: 516326b6
settings-chosen-empty = Deine Wahl; voreingestellt ist nichts.
# en: 6b24ad5b
settings-use-default = Voreinstellung verwenden
# en: 02feb8da
settings-use-default-of = { $title }: Voreinstellung verwenden
# en: 4b36046a
settings-on = an
# en: b28f6f08
settings-off = aus
# en: 5ed90b41
settings-value = { $number }{ $unit }
# en: fa0a6d18
settings-missing = { $value } (gerade nicht da)
# en: eab89282
settings-choice = { $title } · { $detail }
# en: dc2c30b5
settings-unit-s = { " " }s
# en: 6605888f
settings-unit-ms = { " " }ms
# en: 68220a32
settings-unit-min = { " " }min
# en: 08004e3a
settings-unit-percent = { " " }%
# en: f18b5dd9
settings-unit-days = { " " }Tage
# en: e11efafc
settings-unit-words = { " " }Wörter/min
# en: 9ad9d1a6
settings-losing = { $title }: Was älter ist als { $shown }, wird für immer gelöscht, auch aus den Sicherungen.
# en: b99e9100
settings-erase-them = &Löschen
# en: 6bdf07df
settings-keep-them = &Behalten
# en: 05e828ad
settings-sound-level = Pegel des Mikrofons
# en: 37125af7
settings-system = Wie im System
# en: d50ca00d
settings-system-is = Wie im System ({ $device })
# en: 231af3ba
settings-speak = Sag etwas: Der Balken bewegt sich mit deiner Stimme.
# en: 4a9502d4
settings-heard = Du bist zu hören.
# en: 19bfedfd
settings-test = &Probe aufnehmen
# en: e13e3ad4
settings-stop-test = &Probe beenden
# en: b0bac9ba
settings-recording = Nimmt auf … sag einen Satz.
# en: 918ffd51
settings-playing = So bist du zu hören …
# en: 0eec0458
settings-test-done = Wenn du dich verstanden hast, versteht dich auch Sottovoce.
# en: 9052301c
settings-listen = Anhö&ren
# en: aeb1458c
settings-stop-listening = Anha&lten
# en: 1e2e9bc4
settings-voice-gender = { $gender ->
    [female] weiblich
    [male] männlich
   *[other] { $gender }
}
# en: b8edd33c
settings-voice-detail = { $language }, { $gender }
# en: 35f2269c
settings-models = Spracherkennungsmodelle
    .intro = Andere Sprachen und größere Modelle. Das Auffrischen der Liste und das Installieren gehen über das Netz.
# en: 6fac5cf3
settings-models-install = &Installieren
# en: 44d3a376
settings-models-remove = &Entfernen
# en: f6570699
settings-models-import = I&mportieren …
# en: 0a8413d3
settings-models-update = Liste &auffrischen
# en: 27bd966c
settings-models-stop = Anha&lten
# en: 554b8d57
settings-models-progress = Fortschritt
# en: bbf84623
settings-models-looking-up = Sieht nach …
# en: 182b5020
settings-models-downloading = Lädt herunter …
# en: 5e7d07f9
settings-models-checking = Prüft …
# en: 51e8ce22
settings-models-unpacking = Entpackt …
# en: 7045c3e5
settings-models-proving = Probiert es aus …
# en: 8c23854a
settings-models-done = Fertig.
# en: bf730030
settings-models-step-of = { $step } { $done } von { $total }
# en: 9eba3789
settings-models-shipped = Das mitgelieferte ({ $language })
# en: 2c120c31
settings-models-installed = { $model } ist installiert. Wähle es oben, um es zu verwenden.
# en: 90c307db
settings-models-removed = { $model } ist entfernt.
# en: 05608eb7
settings-models-refreshed = { $count ->
    [one] Die Liste ist aktuell: { $count } Modell kann installiert werden.
   *[other] Die Liste ist aktuell: { $count } Modelle können installiert werden.
}
# en: cdb05145
settings-models-stopped = Angehalten. Was schon geladen ist, bleibt, und von dort geht es weiter.
# en: c718d52a
settings-models-import-dialog = Spracherkennungsmodell importieren
# en: f94eac87
settings-models-import-filter = Modelle
# en: 066ce55a
settings-models-unknown-language = Unbekannte Sprache
# en: a4d5cbab
settings-models-language = { $language }: { $model }
# en: be28cd49
settings-models-not-answered = wird verstanden, aber nicht beantwortet
# en: 5c1452dc
settings-models-in-use = in Gebrauch
# en: 7883f35b
settings-models-ships = kommt mit Sottovoce
# en: 5f518df4
settings-models-there = installiert
# en: 2eef5146
settings-data-about = Einen Export kann jeder lesen, der den Ordner hat. Was gelöscht wird, ist von diesem Rechner und aus seinen Sicherungen weg, nicht aber aus Kopien, die du anderswo hast.
# en: 56a00f82
settings-data-export = In einen Ordner exportieren …
# en: f6cf3f0b
settings-data-erase = Alles Gesagte löschen …
# en: c2b37ef4
settings-data-exporting = Schreibt den Export …
# en: bb855fe7
settings-data-erasing = Löscht …
# en: baa7e907
settings-data-exported = { $count ->
    [one] { $count } Nachricht und alles andere, was aufbewahrt ist, steht nun unverschlüsselt in { $folder }.
   *[other] { $count } Nachrichten und alles andere, was aufbewahrt ist, stehen nun unverschlüsselt in { $folder }.
}
# en: 1ca53a74
settings-data-erased = { $count ->
    [one] Gelöscht: { $count } Nachricht. Die Dateien sind ohne sie neu geschrieben.
   *[other] Gelöscht: { $count } Nachrichten. Die Dateien sind ohne sie neu geschrieben.
}
# en: 500fcb8e
settings-data-sure = Alles, was unter dem Namen „{ $user }“ gesagt und gemerkt wurde, wird gelöscht, auch aus den Sicherungen auf diesem Rechner. Das lässt sich nicht rückgängig machen.
# en: 7d5bdc3f
settings-data-export-dialog = In einen neuen Ordner exportieren
# en: 3e3c3e1d
settings-data-erase-everything = &Alles löschen
# en: a36fc3c6
settings-data-keep = &Behalten
