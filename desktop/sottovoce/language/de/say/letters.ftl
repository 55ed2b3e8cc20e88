# Words as they were heard, and Roman numerals.

# en: dba4f579
letters-spelled = { $manner ->
    [brief] { LIST($letters, join: ", ") }.
   *[normal] { $word } schreibt man { LIST($letters, join: ", ") }.
}
# en: 6d1adea7
letters-none = Darin sind keine Buchstaben.
# en: 3207a1a5
letters-too-long = Das ist zu lang. Nenn mir ein Wort.
# en: 27732966
letters-count = { $word } hat { $count } { $count ->
    [one] Buchstaben
   *[other] Buchstaben
}.
# en: 31303b07
letters-count-of = { $count ->
    [0] In { $word } ist kein { $letter }.
    [one] In { $word } ist ein { $letter }.
   *[other] In { $word } ist { $count }-mal { $letter }.
}
# en: 73516db3
letters-backwards = { $word } heißt rückwärts { $turned }.
# en: fb42b2fe
letters-roman = { NUMBER($number) } ist { $letters }.
# en: 21aac32f
letters-no-roman = Römische Zahlen gehen von 1 bis { $most }, nur ganze Zahlen.
# en: 31159c54
letters-arabic = { $letters } ist { NUMBER($number) }.
# en: eac81073
letters-which-word = Welches Wort?
# en: 28f0b29f
letters-which-number = Welche Zahl?
# en: 821553da
letters-offer = Wie schreibt man Rhythmus?
