# Wie laut der Computer ist.

# en: 07eba900
volume-offer = Mach den Computer lauter.
# en: a73209a8
volume-now = { $manner ->
    [brief] { $percent } Prozent.
   *[normal] Die Lautstärke liegt bei { $percent } Prozent.
}
# en: 67353050
volume-is-muted = Der Ton ist stumm geschaltet; die Lautstärke liegt bei { $percent } Prozent.
# en: 7d0d7562
volume-most = { $manner ->
    [brief] 100 Prozent.
   *[normal] Lauter geht es nicht.
}
# en: 2e75f8cd
volume-muted = Der Ton ist stumm geschaltet.
# en: cafcd786
volume-unmuted = { $manner ->
    [brief] Der Ton ist an.
   *[normal] Der Ton ist wieder an, bei { $percent } Prozent.
}
# en: f817daac
volume-to-what = Auf wie viel Prozent soll ich die Lautstärke stellen?
