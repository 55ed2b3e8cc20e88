# How the assistant is from now on.

# en: c06cd98e
manners-stay = Ich bleibe, wie ich bin.
# en: d57cff5f
manners-change = Okay, ich lerne dich kennen.
# en: 39795456
manners-brief = Okay.
# en: 631b3d4c
manners-detailed = Okay, ich erzähle dir ab jetzt mehr.
# en: 559abe52
manners-usual = Okay, ich bin wieder wie sonst.
# en: a3ade8d9
manners-formal = Sehr wohl.
# en: 3624c5ea
manners-warm = Sehr gern!
# en: 3838a651
manners-decided = Das hat deine Administration festgelegt, deshalb kann ich es nicht ändern.
# en: d43606d1
manners-slower = Ich spreche langsamer.
# en: 224e53bc
manners-slowest = Langsamer kann ich nicht sprechen.
# en: 8e8d4634
manners-faster = Ich spreche schneller.
# en: fb266b8d
manners-fastest = Schneller kann ich nicht sprechen.
# en: 41c973f3
manners-softer = Ich spreche leiser.
# en: a53c1fe9
manners-softest = Leiser kann ich nicht sprechen, sonst hörst du mich nicht mehr.
# en: 7eba3dac
manners-louder = Ich spreche lauter.
# en: 07f8b230
manners-loudest = Lauter kann ich nicht sprechen. Du kannst die Lautstärke des Rechners selbst erhöhen.
# en: 92a7ef66
manners-friendship = { $manner ->
    [brief] { $closeness ->
        [acquaintance] Wir kennen uns ein wenig.
        [friend] Wir kennen uns gut.
       *[stranger] Wir lernen uns gerade erst kennen.
    }
   *[normal] { $closeness ->
        [acquaintance] Wir kennen uns ein wenig
        [friend] Wir kennen uns gut
       *[stranger] Wir lernen uns gerade erst kennen
    }{ $name ->
        [none] { "" }
       *[named] , { $name }
    }: Wir haben { $count ->
        [0] noch nicht miteinander gesprochen
        [one] einmal miteinander gesprochen
       *[other] { $count }-mal miteinander gesprochen
    }.
    [detailed] { $closeness ->
        [acquaintance] Wir kennen uns ein wenig
        [friend] Wir kennen uns gut
       *[stranger] Wir lernen uns gerade erst kennen
    }{ $name ->
        [none] { "" }
       *[named] , { $name }
    }: Wir haben { $count ->
        [0] noch nicht miteinander gesprochen
        [one] einmal miteinander gesprochen
       *[other] { $count }-mal miteinander gesprochen
    }, und unsere Freundschaft steht bei { $level } von 100.
}
