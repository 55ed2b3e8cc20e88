# What time it is elsewhere. $day is "next", "before" or "same": the day there, beside the one here.

# en: fb228ad8
zone-time = { $manner ->
    [brief] { CLOCK($at) }.
   *[normal] { $day ->
        [next] In { $place } ist es { CLOCK($at) }, und schon { WEEKDAY($at) }.
        [before] In { $place } ist es { CLOCK($at) }, und noch { WEEKDAY($at) }.
       *[same] In { $place } ist es { CLOCK($at) }.
    }
    [detailed] In { $place } ist es { CLOCK($at) } am { DATE($at, case: "dative") }.
}
# en: 6a11efd1
zone-time-several = { $place } hat mehrere Zeitzonen. In { $city } ist es { CLOCK($at) }{ $day ->
    [next] , und schon { WEEKDAY($at) }
    [before] , und noch { WEEKDAY($at) }
   *[same] {""}
}.
# en: e00772d7
zone-in = Dann ist es { CLOCK($at) }.
# en: d03e1867
zone-unknown = Einen Ort namens { $place } kenne ich nicht. Nenn mir eine größere Stadt oder das Land.
# en: 98b2ba26
zone-which = Wo?
# en: 036f6053
zone-difference = { $side ->
    [same] { $place } und { $other } haben dieselbe Zeit.
    [ahead] { $place } ist { $other } um { DURATION($length) } voraus.
   *[behind] { $place } liegt um { DURATION($length) } hinter { $other } zurück.
}
# en: 5417e39a
zone-difference-here = { $side ->
    [same] { $place } hat dieselbe Zeit wie du.
    [ahead] { $place } ist dir um { DURATION($length) } voraus.
   *[behind] { $place } liegt um { DURATION($length) } hinter dir zurück.
}
# en: 8ee62101
zone-then-here = Wenn es hier { CLOCK($at) } ist, ist es in { $place } { CLOCK($there) }.
# en: 0604e663
zone-then = Wenn es in { $other } { CLOCK($at) } ist, ist es in { $place } { CLOCK($there) }.
# en: a409dc6c
zone-here = { $side ->
    [same] Deine Zeitzone ist { $zone }, gleich der Weltzeit.
    [ahead] Deine Zeitzone ist { $zone }, der Weltzeit um { DURATION($length) } voraus.
   *[behind] Deine Zeitzone ist { $zone }, um { DURATION($length) } hinter der Weltzeit.
}
# en: d384eee4
zone-offer = Wie spät ist es in Tokio?
