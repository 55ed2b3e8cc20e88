# Was über Einstellungen gesagt wird, die die Administration des Rechners festgelegt oder begrenzt hat.

# en: 31dbb0db
policy-decided = Das hat deine Administration festgelegt.
# en: ab950a3c
policy-turned-on = Das hat deine Administration eingeschaltet.
# en: d2598be4
policy-turned-off = Das hat deine Administration ausgeschaltet.
# en: e3d34779
policy-keeps-days = { $days ->
    [one] Deine Administration erlaubt, Nachrichten höchstens { $days } Tag aufzubewahren.
   *[other] Deine Administration erlaubt, Nachrichten höchstens { $days } Tage aufzubewahren.
}
# en: edba41d2
policy-asks-nobody = Deine Administration erlaubt nicht, ein Sprachmodell zu fragen.
# en: 9e34f30d
policy-asks-device = Deine Administration erlaubt nur, Sprachmodelle auf diesem Rechner zu fragen.
# en: 31598897
policy-asks-network = Deine Administration erlaubt nur, Sprachmodelle in deinem eigenen Netz zu fragen.
# en: 6e9216e0
policy-asks-any = Deine Administration erlaubt, jedes Sprachmodell zu fragen.
# en: ea2b33d1
policy-asks-addresses = Deine Administration erlaubt nur, bestimmte Adressen zu fragen.
# en: 353c052e
policy-asks-models = Deine Administration erlaubt nur, bestimmte Sprachmodelle zu fragen.
# en: a075fd2e
policy-no-preroll = Deine Administration erlaubt nicht, Ton von vor dem Tastendruck zu behalten.
# en: fb94fa8c
policy-no-api = Deine Administration lässt die lokale Schnittstelle nicht zu.
# en: cfe86202
policy-no-wyoming = Deine Administration lässt das Wyoming-Protokoll nicht zu.
# en: 2afd7c93
policy-no-traces = Deine Administration erlaubt nicht, einem Sammler Zeiten zu schicken.
# en: 27f127c9
policy-no-updates = Deine Administration erlaubt nicht, nach neueren Versionen zu fragen.
# en: a1cc2ee4
policy-unreadable = eine Richtlinie, die sich nicht lesen lässt
# en: 580a826e
policy-both = { $first } { $rest }
