# Programme, Ordner, Dateien und Seiten öffnen.

# en: 4c0aaac0
open-offer = Öffne den Ordner Downloads.
# en: cf215adb
open-ask = Soll ich { $what } öffnen?
# en: 153f9f61
open-ask-file = Soll ich die Datei über { $topic } öffnen?
# en: 66868768
open-opening = { $manner ->
    [brief] { $what }.
   *[normal] Ich öffne { $what }.
}
# en: 5166608b
open-shown = { $manner ->
    [brief] { $what }.
   *[normal] Ich öffne { $what }.
}
# en: c0c11723
open-place = { $place ->
    [home] Hier ist dein persönlicher Ordner.
    [desktop] Hier ist dein Schreibtisch-Ordner.
    [documents] Hier sind deine Dokumente.
    [downloads] Hier sind deine Downloads.
    [music] Hier ist deine Musik.
    [pictures] Hier sind deine Bilder.
    [videos] Hier sind deine Videos.
   *[trash] Hier ist der Papierkorb.
}
# en: dbe0d8ea
open-unknown = Ich kenne kein Programm namens { $what } und habe nichts geöffnet.
# en: bad39fee
open-unknown-near = Ich kenne kein Programm namens { $what } und habe nichts geöffnet. Am nächsten kommt { $near }: Sag dafür „öffne { $near }“.
# en: f5b9db1a
open-ask-what = Was soll ich öffnen?
# en: e96692c0
open-no-folder = Ich finde bei dir keinen Ordner namens { $what }.
# en: 8cab7534
open-no-file = Ich finde in deinem Wissensordner keine Datei über { $topic }.

# Wie Programme nach ihrem Zweck heißen, und Ordner nach ihrem Inhalt; Kommas trennen sie.
# en: 82e48c4c
open-role-browser = browser, webbrowser, internetbrowser, internet
# en: a9b81468
open-role-files = dateimanager, dateien, dateiverwaltung, dateibrowser, meine dateien
# en: 6aaf2e7a
open-role-mail = mail, mails, e-mail, email, e-mails, emails, mailprogramm, e-mail-programm, postfach, posteingang
# en: 6c7d0da4
open-role-terminal = terminal, konsole, kommandozeile, shell, eingabeaufforderung
# en: 65c6341c
open-role-editor = texteditor, editor
# en: 9d269ad5
open-role-calculator = taschenrechner, rechner
# en: b900842a
open-role-pictures = bildbetrachter, fotobetrachter, bildanzeige
# en: d7f2ab35
open-role-videos = videoplayer, filmabspieler, medienspieler, mediaplayer, videospieler
# en: e05dc1d7
open-role-music = musikspieler, musikplayer, musikprogramm
# en: bbd7e10e
open-role-calendar = kalenderprogramm, kalender-app
# en: becccc53
open-role-settings = einstellungen, systemeinstellungen, systemsteuerung
# en: 731511d8
open-place-home = persönlicher ordner, persönlichen ordner, home, heimordner, benutzerordner, home-verzeichnis
# en: 7e4a2fd3
open-place-desktop = schreibtisch, desktop
# en: 10becfb4
open-place-documents = dokumente, dokumenten, dokument
# en: 92170961
open-place-downloads = downloads, download, heruntergeladene dateien
# en: 4bea5c51
open-place-music = musik
# en: 1a8f1190
open-place-pictures = bilder, fotos, bild, foto
# en: 57bceb3a
open-place-videos = videos, video, filme
# en: 1289560d
open-place-trash = papierkorb, mülleimer, müll
