# Small words between people.

# en: b7030a36
courtesy-hello = { $manner ->
    [brief] { courtesy-greeting }
   *[normal] { courtesy-greeting } { courtesy-service }
}
# en: 69420997
courtesy-greeting = { $tone ->
    [formal] { courtesy-good }
   *[neutral] { $closeness ->
        [friend] { $name ->
            [none] Hallo!
           *[named] Hallo { $name }!
        }
       *[stranger] { courtesy-good }
    }
}
# en: 85896b29
courtesy-good = { $part ->
    [morning] { $name ->
        [none] Guten Morgen.
       *[named] Guten Morgen, { $name }.
    }
    [afternoon] { $name ->
        [none] Guten Tag.
       *[named] Guten Tag, { $name }.
    }
   *[evening] { $name ->
        [none] Guten Abend.
       *[named] Guten Abend, { $name }.
    }
}
# en: 57540a94
courtesy-service = { $tone ->
    [formal] Womit kann ich dienen?
   *[neutral] { $closeness ->
        [friend] Schön, dich zu hören. Was gibt’s?
        [acquaintance] Schön, wieder von dir zu hören. Was kann ich für dich tun?
       *[stranger] Was kann ich für dich tun?
    }
}
# en: db8ececb
courtesy-thanks = { $tone ->
    [formal] Es war mir ein Vergnügen.
    [warm] { $name ->
        [none] Immer gern!
       *[named] Immer gern, { $name }!
    }
   *[neutral] Gern geschehen.
}
# en: cb00edd8
courtesy-bye = { $tone ->
    [warm] { $name ->
        [none] Tschüss, bis bald!
       *[named] Tschüss, { $name }, bis bald!
    }
   *[neutral] { $name ->
        [none] Auf Wiedersehen.
       *[named] Auf Wiedersehen, { $name }.
    }
}
# en: d4c642f0
courtesy-who = { $manner ->
    [brief] Ich bin Sottovoce.
   *[normal] Ich bin Sottovoce. Ich höre nur zu, wenn du mich darum bittest, und alles, was du sagst, bleibt hier.
}
# en: a2a8cd4d
courtesy-enough = Okay.
