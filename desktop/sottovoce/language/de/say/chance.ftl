# Coins, dice and choices.

# en: d237eaf5
chance-coin = { $manner ->
    [brief] { $side ->
        [heads] Kopf.
       *[tails] Zahl.
    }
   *[normal] { $side ->
        [heads] Es ist Kopf.
       *[tails] Es ist Zahl.
    }
}
# en: 89c54ee3
chance-coins = { $heads }-mal Kopf und { $tails }-mal Zahl.
# en: cdd2a187
chance-die = { $manner ->
    [brief] { NUMBER($number) }.
   *[normal] Gewürfelt: { NUMBER($number) }.
}
# en: f282a0fa
chance-dice = Gewürfelt: { LIST($numbers) }, zusammen { NUMBER($sum) }.
# en: e13a7fe7
chance-number = { $manner ->
    [brief] { NUMBER($number) }.
   *[normal] Ich nehme { NUMBER($number) }.
}
# en: d24d93c9
chance-chosen = { $manner ->
    [brief] { SENTENCE($thing) }
   *[normal] Ich nehme { $thing }.
}
# en: b006f920
chance-choose-what = Nenn mir mindestens zwei Dinge zur Auswahl, etwa so: Pizza oder Pasta.
# en: 7e2f6420
chance-too-many = Auf einmal gehen 1 bis { $most }.
# en: 63b684c8
chance-no-such-die = Einen solchen Würfel gibt es nicht. Er braucht mindestens zwei Seiten.
# en: 87688e15
chance-too-large = Diese Zahl ist mir zu groß. Nenn mir eine kleinere.
# en: 71465921
chance-none-between = Dazwischen liegt keine ganze Zahl.
# en: 30e4ec45
chance-offer = Wirf eine Münze.
