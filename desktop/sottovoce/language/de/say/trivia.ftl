# Facts that stay true.

# en: f1845c3b
trivia-told = { $number ->
    [1] Ein Krake hat drei Herzen, und sein Blut ist blau.
    [2] Die Venus dreht sich so langsam, dass eine Drehung länger dauert als ihr Jahr.
    [3] Honig hält sich jahrelang, weil in so viel Zucker kaum etwas leben kann.
    [4] Für Botaniker sind Bananen Beeren. Erdbeeren sind keine.
    [5] Schall ist im Wasser mehr als viermal so schnell wie in der Luft.
    [6] Das Licht der Sonne braucht etwas mehr als acht Minuten bis zu uns.
    [7] Schon bei dreiundzwanzig Leuten steht es gleich, ob zwei am selben Tag Geburtstag haben.
    [8] Honigbienen sagen einander mit einem Tanz, wo Blumen sind.
    [9] Das Zeichen für und, das Et-Zeichen, ist aus den Buchstaben e und t entstanden.
    [10] Wasser ist bei etwa vier Grad Celsius am schwersten. Deshalb frieren Seen von oben zu.
    [11] Man kann ein Kartenspiel auf mehr Arten mischen, als die Erde Atome hat.
    [12] Das Wort sottovoce ist italienisch und heißt: mit leiser Stimme.
    [13] Seeotter halten sich manchmal im Schlaf an den Pfoten, damit sie nicht auseinandertreiben.
   *[14] Katzen schmecken nichts Süßes.
}
