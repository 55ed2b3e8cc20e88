# Der Ordner der Modelle: warum ein Ordner nicht zu gebrauchen ist.

# en: ebddbb04
models-leads-nowhere = „{ $model }“ ist ein Verweis, der ins Leere führt.
# en: 921113cd
models-is-something-else = „{ $model }“ ist { $what } und lässt sich nicht verwenden.
# en: b62e42a9
models-is-unknown = „{ $model }“ ist kein bekanntes Modell und lässt sich nicht verwenden.

# Was die Selbstprüfung über ein Modell meldet, das funktioniert.

# en: 1e143a9f
models-decodes = Das Spracherkennungsmodell { $model } funktioniert.
# en: 48615faf
models-decode-both = Das Spracherkennungsmodell { $small } erkennt Befehle, { $free } freies Sprechen.
