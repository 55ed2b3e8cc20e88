# `sottovoce api`.

# en: b03fa233
cliapi-words = So wird `api { $what }` nicht aufgerufen.
    .remedy = Ruf `sottovoce api --help` auf.
# en: c123c034
cliapi-elsewhere = { $option } gehört zu einem anderen Befehl als `api { $what }`.
    .remedy = Ruf `sottovoce api --help` auf.
# en: 7722f6dd
cliapi-not-served = Die lokale Schnittstelle ist aus.
# en: 079e4c8f
cliapi-at = Zu erreichen unter { $address }
# en: 8c1d83e5
cliapi-no-bell = Timer, Wecker und Erinnerungen melden sich hier nicht: Das tut allein die Anwendung in der Leiste.
# en: 694c2b72
cliapi-keys = { $count ->
    [0] Kein Schlüssel gilt: `sottovoce api key create NAME` erstellt einen.
    [one] Ein Schlüssel gilt.
   *[other] { $count } Schlüssel gelten.
}
# en: a27e20b3
cliapi-new = Ein Schlüssel für { $name }, der darf: { $scopes }. Er endet: { $end }.
# en: 6487cadc
cliapi-keep = Er wird nur dieses eine Mal gezeigt: Lege ihn dorthin, wo das Programm ihn findet, das ihn benutzt, und sonst niemand.
# en: 29d35af1
cliapi-never = nie
# en: 02f94057
cliapi-until = bis { $end }
# en: 89ee0274
cliapi-endless = endet nie
# en: be2d52c0
cliapi-revoked = widerrufen
# en: 8f477aa1
cliapi-used = { $count ->
    [0] noch nicht benutzt
    [one] einmal benutzt, zuletzt { $last }
   *[other] { $count }-mal benutzt, zuletzt { $last }
}
# en: a2693854
cliapi-no-keys = Es gibt keine Schlüssel.
# en: 9e3ccf00
cliapi-no-key = Einen gültigen Schlüssel, der so beginnt, gibt es nicht.
    .remedy = Siehe `sottovoce api key list`.
# en: ae2d43ff
cliapi-key-revoked = { $prefix } gilt nicht mehr.
# en: 76d383ce
cliapi-no-end = Das ist kein Zeitpunkt, der noch kommt.
    .remedy = Gib ihn an als `90d`, `12h`, `2026-12-31` oder `never`.
# en: 192304c8
cliapi-no-scope = { $scope } ist nichts, was ein Schlüssel erlauben kann.
    .remedy = Es gibt: { $scopes }.
