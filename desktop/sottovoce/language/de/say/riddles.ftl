# Riddles of our own.

# en: 2bd945c2
riddles-asked = { $number ->
    [1] Ich habe Zeiger und zeige doch auf niemanden, ich gehe und bleibe doch stehen, wo ich bin.
    [2] Je mehr du davon machst, desto mehr lässt du hinter dir.
    [3] Ich wiederhole alles, was du sagst, und habe nie sprechen gelernt.
    [4] Ich habe Tasten und mache doch keine Musik.
    [5] Ich gehe auf, wenn der Regen herunterkommt.
    [6] Ich habe Zähne und beiße nie.
    [7] Ich bin voller Löcher und halte doch Wasser.
    [8] Ich gehöre dir, aber andere benutzen mich viel öfter als du.
    [9] Je mehr von mir da ist, desto weniger siehst du.
    [10] Wer mich beim Namen nennt, zerbricht mich.
    [11] Ich werde immer nasser, je mehr ich trockne.
   *[12] Ich habe einen Hals und keinen Kopf.
}
# en: 015ee321
riddles-solved = { $number ->
    [1] Es ist die Uhr.
    [2] Es sind Schritte.
    [3] Es ist das Echo.
    [4] Es ist die Tastatur.
    [5] Es ist der Regenschirm.
    [6] Es ist der Kamm.
    [7] Es ist der Schwamm.
    [8] Es ist dein Name.
    [9] Es ist die Dunkelheit.
    [10] Es ist das Schweigen.
    [11] Es ist das Handtuch.
   *[12] Es ist die Flasche.
}
# Words by which a guess is right, parted by spaces; never said.
# en: 34e3a330
riddles-words = { $number ->
    [1] uhr wanduhr armbanduhr
    [2] schritte schritt fußspuren fußstapfen spuren
    [3] echo
    [4] tastatur
    [5] regenschirm schirm
    [6] kamm
    [7] schwamm
    [8] name
    [9] dunkelheit dunkel nebel finsternis
    [10] schweigen stille ruhe
    [11] handtuch
   *[12] flasche
}
