# What was said before. What stands in quotes is the user's own, or an earlier answer.

# en: 13a7da4d
past-offer = Was habe ich dich gestern gefragt?
# $when says how far back the day $at is; $year whether it is this year's.
# en: 1304e614
past-day = { $when ->
    [today] heute
    [yesterday] gestern
    [week] am { WEEKDAY($at) }
   *[date] am { $year ->
        [other] { DATE($at) }
       *[this] { DAY($at) }. { MONTH($at) }
    }
}
# en: da819959
past-quote = „{ $text }“
# $quotes are what was said, each in quotes.
# en: d7a09faf
past-asked = Du hast { $day } gefragt: { $quotes }.
# en: e5f8afec
past-said = Du hast { $day } gesagt: { $quotes }.
# en: c6e0257d
past-more = { $count ->
    [one] Im Verlauf steht noch { $count } mehr.
   *[other] Im Verlauf stehen noch { $count } mehr.
}
# en: cec66923
past-last = { $manner ->
    [brief] „{ $text }“, { $day }.
   *[normal] Du hast mich zuletzt { $day } um { CLOCK($at) } gefragt: „{ $text }“.
}
# en: 2741e21c
past-told = { $manner ->
    [brief] Ich habe gesagt: „{ $answer }“
   *[normal] Du hast { $day } gesagt: „{ $text }“. Ich habe geantwortet: „{ $answer }“
}
# en: 140fe05c
past-when = Über „{ YOU($topic) }“ hast du zuletzt { $day } um { CLOCK($at) } gesprochen.
# en: 7836d605
past-often = { $count ->
    [one] Einmal, { $day } um { CLOCK($at) }.
   *[other] { $count } Mal, zuletzt { $day } um { CLOCK($at) }.
}
# en: 1b27eb54
past-nothing-then = Aus dieser Zeit finde ich nichts, was du gesagt hast.
# en: 0ab95f96
past-nothing-about = Zu „{ YOU($topic) }“ finde ich nichts in dem, was du gesagt hast.
# en: 949daf39
past-nothing-yet = Du hast mich bisher nichts gefragt.
