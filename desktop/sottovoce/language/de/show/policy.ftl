# Was über Einstellungen gesagt wird, die die Administration des Rechners festgelegt oder begrenzt hat.

# en: 31dbb0db
policy-decided = Das hat deine Administration festgelegt.
# en: ab950a3c
policy-turned-on = Das hat deine Administration eingeschaltet.
# en: d2598be4
policy-turned-off = Das hat deine Administration ausgeschaltet.
# en: e3d34779
policy-keeps-days = Deine Administration lässt Nachrichten höchstens { $days } Tage aufbewahren.
# en: edba41d2
policy-asks-nobody = Deine Administration lässt kein Sprachmodell fragen.
# en: 9e34f30d
policy-asks-device = Deine Administration lässt nur Sprachmodelle auf diesem Rechner fragen.
# en: 31598897
policy-asks-network = Deine Administration lässt nur Sprachmodelle in deinem eigenen Netz fragen.
# en: 6e9216e0
policy-asks-any = Deine Administration lässt jedes Sprachmodell fragen.
# en: ea2b33d1
policy-asks-addresses = Deine Administration lässt nur bestimmte Adressen fragen.
# en: 353c052e
policy-asks-models = Deine Administration lässt nur bestimmte Sprachmodelle fragen.
# en: a075fd2e
policy-no-preroll = Deine Administration lässt keinen Ton von vor dem Tastendruck behalten.
# en: 27f127c9
policy-no-updates = Deine Administration lässt niemanden nach neueren Versionen fragen.
# en: a1cc2ee4
policy-unreadable = eine Richtlinie, die sich nicht lesen lässt
# en: 580a826e
policy-both = { $first } { $rest }
