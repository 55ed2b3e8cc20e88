# What was worked out. `about` is "yes" where it is rounded.

# en: 8494d82b
math-exact = { $manner ->
    [brief] { NUMBER($number) }.
   *[normal] Das { BE($number) } { NUMBER($number) }.
}
# en: 16083e7d
math-about = { $manner ->
    [brief] Etwa { NUMBER($number) }.
   *[normal] Das { BE($number) } etwa { NUMBER($number) }.
}
# en: d20867c1
math-exact-power = Das sind { NUMBER($number) } mal 10 hoch { $power }.
# en: c8d8486c
math-about-power = Das sind etwa { NUMBER($number) } mal 10 hoch { $power }.
# en: 5ef66a16
math-percent = { $about ->
    [yes] Das { BE($number) } etwa { NUMBER($number) } Prozent.
   *[no] Das { BE($number) } { NUMBER($number) } Prozent.
}
# en: e993a6b7
math-change-more = { $about ->
    [yes] Das { BE($number) } etwa { NUMBER($number) } Prozent mehr.
   *[no] Das { BE($number) } { NUMBER($number) } Prozent mehr.
}
# en: fdf8ab56
math-change-less = { $about ->
    [yes] Das { BE($number) } etwa { NUMBER($number) } Prozent weniger.
   *[no] Das { BE($number) } { NUMBER($number) } Prozent weniger.
}
# en: 0bbc1773
math-share = { $about ->
    [yes] Das { BE($number) } etwa { NUMBER($number) } für jeden.
   *[no] Das { BE($number) } { NUMBER($number) } für jeden.
}
# en: 10055c97
math-share-nobody = Teilen lässt sich das nur unter ganzen Personen, und mindestens einer.
# en: 29fd71b5
math-tip = Das Trinkgeld ist { NUMBER($tip) }, zusammen macht das { NUMBER($total) }.
# en: 0b7e7b12
math-prime = Ja, { NUMBER($number) } ist eine Primzahl.
# en: a037af25
math-no-prime = Nein, { NUMBER($number) } ist { NUMBER($divisor) } mal { NUMBER($other) }.
# en: eafde3c4
math-prime-none = Nein, { NUMBER($number) } ist keine Primzahl.
# en: 204db316
math-prime-too-large = Diese Zahl ist mir zum Prüfen zu groß.
# en: 2ae86f90
math-which-number = Welche Zahl?
# en: 45457c5e
math-by-zero = Durch null lässt sich nicht teilen.
# en: 2aa661d8
math-too-large = Das ist mir zum Ausrechnen zu groß.
# en: 8720fa98
math-not-real = Das hat keine reelle Zahl als Ergebnis.
# en: e762aa44
math-not-whole = Das geht nur mit ganzen Zahlen, die nicht negativ sind.
# en: f92d782f
math-nothing-before = Es gibt kein Ergebnis, mit dem ich weiterrechnen kann. Sag mir die ganze Rechnung.
# en: 6aceaf45
math-of-nothing = Von null gibt es keine Prozente.
# en: b76718ac
math-no-rates = Ich bin offline und kenne keine Wechselkurse. Ich rechne gern, wenn du mir den Kurs nennst, etwa so: 50 mal 1,1.
# en: b3981231
math-offer = Was ist zwölf mal sieben?
# en: db624e0e
math-share-what = Sag mir den Betrag und wie viele ihn teilen, etwa so: Teile 90 durch 4.
