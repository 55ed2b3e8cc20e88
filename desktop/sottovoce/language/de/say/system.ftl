# Der Computer selbst.

# en: ce5db648
system-offer = Wie voll ist der Akku?
# en: 136c6016
system-battery = Der Akku ist bei { $percent } Prozent{ $how ->
    [low] : Er sollte bald geladen werden.
   *[enough] .
}
# en: ae277f08
system-battery-left = { $manner ->
    [brief] { $percent } Prozent.
   *[normal] Der Akku ist bei { $percent } Prozent und reicht noch etwa { LENGTH($left_s) }{ $how ->
        [low] : Er sollte bald geladen werden.
       *[enough] .
    }
}
# en: 4fadeeff
system-charging = { $percent ->
    [100] Der Akku ist voll, und der Computer hängt am Strom.
   *[other] Der Akku lädt und ist bei { $percent } Prozent.
}
# en: 908f8b28
system-charging-until = Der Akku lädt und ist bei { $percent } Prozent; voll ist er in etwa { LENGTH($left_s, case: "dative") }.
# en: 516599ae
system-no-battery = Dieser Computer hat keinen Akku.
# en: 19fcf64d
system-online = Du bist online.
# en: 14c6d331
system-offline = Du bist mit keinem Netz verbunden.
# en: e6d7eab0
system-wireless = Du bist online, im WLAN { $what }.
# en: 0ec0a9bd
system-wireless-signal = { $manner ->
    [brief] Du bist online, im WLAN { $what }.
   *[normal] Du bist online, im WLAN { $what }, mit { $percent } Prozent Signalstärke.
}
# en: c485a186
system-addresses = Die Adresse dieses Computers ist { LIST($addresses) }.
# en: f13f4dc1
system-disk = { NUMBER($free) } von { NUMBER($total) } Gigabyte { BE($free) } frei{ $how ->
    [little] : Das ist wenig, es wird Zeit, etwas aufzuräumen.
   *[enough] .
}
# en: 51750bdd
system-memory = { NUMBER($free) } von { NUMBER($total) } Gigabyte Arbeitsspeicher { BE($free) } frei.
# en: 04f716dd
system-load = Die Prozessoren sind zu { $percent } Prozent beschäftigt.
# en: a79f56cd
system-uptime = Dieser Computer läuft seit { LENGTH($up_s, case: "dative") }.
# en: 5ac76937
system-brightness = { $manner ->
    [brief] { $percent } Prozent.
   *[normal] Der Bildschirm ist bei { $percent } Prozent.
}
# en: 2067123a
system-brightness-to-what = Auf wie viel Prozent soll ich die Helligkeit stellen?
# en: f0c3e6db
system-no-off = Ich schalte den Computer nicht aus, starte ihn nicht neu und beende keine Sitzung: Ungespeichertes ginge verloren. Du kannst sagen: „Leg den Computer schlafen“.
# en: 908ed990
system-no-radio = WLAN und Bluetooth kann ich noch nicht ein- oder ausschalten. Das Menü deines Desktops kann es.
# en: 956c56fa
system-quiet = Ab jetzt kommen keine Benachrichtigungen, bis du sagst: „Nicht stören aus“.
# en: 75557696
system-not-quiet = Benachrichtigungen werden wieder gezeigt.
# en: c9cb1a58
system-ask-screenshot = Soll ich den Bildschirm aufnehmen, wenn du es sagst?
# en: 2ab3ff51
system-screenshot = Das Bild des Bildschirms liegt in { $folder } und heißt { $file }.
# en: ba810951
system-ask-lock = Soll ich den Bildschirm sperren, wenn du es sagst?
# en: 070839c1
system-locked = Der Bildschirm ist gesperrt.
# en: db2f1c59
system-ask-sleep = Soll ich den Computer jetzt schlafen legen?
# en: f662267c
system-sleeps = Gute Nacht.
