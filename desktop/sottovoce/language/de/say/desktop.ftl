# Was auf diesem Schreibtisch nicht geht.

# en: ecda0e44
desktop-forbidden = Das hat deine Administration verboten.
# en: 4a145b8a
desktop-not-here = Das kann ich unter { $what } noch nicht.
# en: 4b303a0a
desktop-no-screen = Hier ist kein Desktop, auf dem ich das tun könnte.
# en: fec5f33f
desktop-wayland = Unter Wayland dürfen Programme das nicht mit fremden Fenstern tun, also kann ich es auch nicht.
# en: fe5aa60e
desktop-silent = Der Desktop antwortet gerade nicht. Bitte versuch es gleich noch einmal.
# en: cbc282ef
desktop-no-sound = Ich finde keinen Tonserver, also kann ich die Lautstärke nicht ändern.
# en: a6dc289a
desktop-sound-silent = Der Tonserver antwortet nicht, also wurde nichts geändert.
# en: b883ea44
desktop-no-loudspeaker = Hier ist kein Lautsprecher.
# en: 744cbe75
desktop-cannot-open = Hier ist kein Programm, das es öffnen konnte.
# en: 65ee57b4
desktop-not-started = { $what } konnte nicht gestartet werden.
# en: 9d3e3e3e
desktop-not-there = Diese Datei ist nicht mehr da.
# en: 52af16ac
desktop-player-refuses = { $player } hat das nicht getan.
# en: c1e73b2f
desktop-no-brightness = Die Helligkeit dieses Bildschirms können Programme nicht ändern.
# en: 17487527
desktop-not-locked = Hier ist nichts, was den Bildschirm sperren kann.
# en: 936a7a83
desktop-no-sleep = Der Computer ließ sich nicht schlafen legen.
# en: 277ec995
desktop-no-quiet = Ich weiß nicht, wie man die Benachrichtigungen dieses Desktops stumm schaltet.
# en: 5d951308
desktop-no-picture = Ich konnte den Bildschirm nicht aufnehmen.
# en: 543b8ef0
desktop-picture-needs-window = Den Bildschirm kann ich nur aufnehmen, während Sottovoce selbst läuft.
# en: 8dc68853
desktop-picture-unsaved = Das Bild konnte nicht in { $what } gespeichert werden.
