# What can be said to the assistant.

# $offers are sentences to say, each whole.
# en: cce2b3d1
guide-examples = Du kannst zum Beispiel sagen: { LIST($offers, join: " ") }
# $topics are what can be done ("tell the time"), $how is a sentence on how to ask for more.
# en: 632f3af8
guide-can = { $manner ->
    [brief] Ich kann { $topics }.
   *[normal] Ich kann { $topics }. { $how }
}
# en: 51989e2f
guide-can-too = Außerdem kann ich { $topics }. { $how }
# $example is a question, whole.
# en: 2b2cbc9e
guide-ask = Frag mich zum Beispiel: { $example }
# en: ebbfb906
guide-ask-more = Frag mich zum Beispiel: { $example } Oder frag: Was kannst du noch?
# en: 164bcea9
guide-all = Das ist bisher alles, was ich kann.
# en: ee0bf24d
guide-no-more = Du kannst auch sagen: { LIST($offers, join: " ") }
# $first is the first of the sentences.
# en: 80429cf5
guide-topic = { $manner ->
    [brief] Du kannst sagen: { $first }
   *[normal] Du kannst zum Beispiel sagen: { LIST($offers, join: " ") }
}
# $topic is in the user's words.
# en: b5dbcf41
guide-unknown = Bei { $topic } kann ich dir nicht helfen. Ich kann { $topics }.
# en: ef9ac6c0
guide-not-here = Das kann ich hier nicht. Ich kann { $topics }.

# en: 50e0e6e9
guide-time = Uhrzeit und Datum sagen, hier und anderswo
# en: 2383b5da
guide-time-ask = Was kannst du mit der Zeit?
# en: dd1679f1
guide-time-1 = Wie spät ist es?
# en: 98f3ce9c
guide-time-2 = Welches Datum ist heute?
# en: e4824cf8
guide-time-3 = Wie spät ist es in Tokio?
# en: ee6a4339
guide-timers = Timer, Wecker und Erinnerungen stellen
# en: 1140cc23
guide-timers-ask = Was kannst du mit Timern?
# en: 39501790
guide-timers-1 = Stell einen Timer auf zehn Minuten.
# en: e5246bc8
guide-timers-2 = Weck mich morgen um sieben.
# en: ad8fbdf6
guide-timers-3 = Erinnere mich morgen um neun an den Zahnarzt.
# en: 35207817
guide-timers-4 = Wie lange läuft der Timer noch?
# en: ce194759
guide-lists = deine Listen führen
# en: 8b636ccf
guide-lists-ask = Was kannst du mit Listen?
# en: 46e3dcea
guide-lists-1 = Setz Milch auf die Einkaufsliste.
# en: d4ec126c
guide-lists-2 = Was steht auf der Einkaufsliste?
# en: 8aa33638
guide-lists-3 = Streich Milch von der Einkaufsliste.
# en: 446c58ae
guide-lists-4 = Erstell eine Liste namens Camping.
# en: faf35999
guide-calendar = deinen Kalender führen
# en: caa97168
guide-calendar-ask = Was kannst du mit dem Kalender?
# en: ba336572
guide-calendar-1 = Trag Mittagessen mit Anna morgen um eins in meinen Kalender ein.
# en: 8a708d84
guide-calendar-2 = Was habe ich morgen vor?
# en: 76e08905
guide-calendar-3 = Verschiebe das Mittagessen auf zwei Uhr.
# en: c1ccd135
guide-calendar-4 = Bin ich am Freitagnachmittag frei?
# en: a53a5882
guide-notes = Notizen aufschreiben
# en: 027ba980
guide-notes-ask = Was kannst du mit Notizen?
# en: 6cc97801
guide-notes-1 = Notiere, dass der Kessel alt ist.
# en: 798c0a8e
guide-notes-2 = Lies meine Notizen vor.
# en: 8441fc6b
guide-notes-3 = Such meine Notiz über den Garten.
# en: 8c7479af
guide-notes-4 = Lösch meine letzte Notiz.
# en: e6db526d
guide-numbers = rechnen, Einheiten umrechnen, würfeln und buchstabieren
# en: e74932d5
guide-numbers-ask = Was kannst du mit Zahlen?
# en: cf924903
guide-numbers-1 = Was ist zwölf mal sieben?
# en: 38841d10
guide-numbers-2 = Was sind fünfzehn Prozent von achtzig?
# en: d1deae68
guide-numbers-3 = Wie viele Meilen sind zehn Kilometer?
# en: dc89ac4d
guide-numbers-4 = Wirf eine Münze.
# en: f36c8b5f
guide-memory = mir merken, was du erzählst
# en: 32c20c9d
guide-memory-ask = Was kannst du mit Erinnerungen?
# en: 50a9ea5c
guide-memory-1 = Merk dir, dass meine Schwester Anna heißt.
# en: b3d3fdf0
guide-memory-2 = Was weißt du über Anna?
# en: 4e1fae1b
guide-memory-3 = Was mag ich?
# en: 25a29722
guide-memory-4 = Vergiss, dass ich Tee mag.
# en: 360b02c0
guide-files = in deinen Dateien nachschlagen
# en: d5eabba1
guide-files-ask = Was kannst du mit meinen Dateien?
# en: 71eefd23
guide-files-1 = Was sagen meine Dateien über Tomaten?
# en: b5e36d20
guide-files-2 = Such in meinen Dateien nach Versicherung.
# en: 19a77b83
guide-files-3 = Wie viele Dateien kennst du?
# en: 5313d940
guide-history = sagen, worüber wir gesprochen haben
# en: a19bf94f
guide-history-ask = Was kannst du mit dem Verlauf?
# en: 223e1adf
guide-history-1 = Was habe ich dich gestern gefragt?
# en: d0189183
guide-history-2 = Was haben wir über den Garten gesagt?
# en: b5dc1ab9
guide-history-3 = Wann haben wir zuletzt über Anna gesprochen?
# en: 1f9c5b59
guide-desktop = Dinge öffnen und diesen Computer bedienen
# en: 3d9a9220
guide-desktop-ask = Was kannst du mit diesem Computer machen?
# en: 9723bab9
guide-desktop-1 = Öffne den Ordner Downloads.
# en: 3bd49298
guide-desktop-2 = Wechsle zu Firefox.
# en: eb9751f7
guide-desktop-3 = Wie voll ist der Akku?
# en: 40c21020
guide-desktop-4 = Mach einen Screenshot.
# en: ed7ce416
guide-sound = die Lautstärke stellen und Musik steuern
# en: fa16c551
guide-sound-ask = Was kannst du mit Musik machen?
# en: 6b5c9387
guide-sound-1 = Erhöhe die Lautstärke.
# en: 9e60b4ee
guide-sound-2 = Halte die Musik an.
# en: 7cadc434
guide-sound-3 = Nächstes Lied.
# en: ed82795d
guide-sound-4 = Was läuft gerade?
# en: 7104a6da
guide-dictation = tippen, was du sagst
# en: 90b3a721
guide-dictation-ask = Was kannst du mit dem Diktat?
# en: 10c70833
guide-dictation-1 = Nimm ein Diktat auf.
# en: 0ba926b6
guide-dictation-2 = Tippe hallo Welt.
# en: bda554c1
guide-dictation-3 = Lies die Zwischenablage vor.
# en: ad349fe7
guide-dictation-4 = Kopier die Antwort.
# en: 28cc8143
guide-manners = so sprechen, wie du es magst
# en: 4927d3e6
guide-manners-ask = Was kannst du mit deiner Stimme?
# en: a0b2ce4e
guide-manners-1 = Sprich langsamer.
# en: 0bdaf299
guide-manners-2 = Fass dich kurz.
# en: 7185f7c2
guide-manners-3 = Sei freundlicher.
# en: 7ff39320
guide-manners-4 = Sprich Englisch.
# en: 7b7c6cb5
guide-smalltalk = Witze, Rätsel und Geschichten erzählen
# en: c6efcb30
guide-smalltalk-ask = Was kannst du zum Spaß?
# en: fc2bf857
guide-smalltalk-1 = Erzähl mir einen Witz.
# en: 5beba591
guide-smalltalk-2 = Stell mir ein Rätsel.
# en: 40501a07
guide-smalltalk-3 = Erzähl mir etwas Interessantes.
# en: fcae69b8
guide-smalltalk-4 = Wohin gehen meine Daten?
