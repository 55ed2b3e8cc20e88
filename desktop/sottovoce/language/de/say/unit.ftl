# How much of one unit is how much of another.

# en: ab0a96c5
unit-result = { $manner ->
    [brief] { QUANTITY($result) }.
   *[normal] { QUANTITY($amount) } { BE($amount, $result) } { QUANTITY($result) }.
}
# en: 6dbeaf46
unit-alone = { $manner ->
    [brief] { QUANTITY($result) }.
   *[normal] Das { BE($result) } { QUANTITY($result) }.
}
# en: 9389b1b5
unit-unlike = Das lässt sich nicht umrechnen: { UNIT($one) } und { UNIT($other) } messen Verschiedenes.
# en: 985bcec8
unit-none = So viel gibt es nicht.
# en: c2f52b20
unit-compared = { $how ->
    [same] { QUANTITY($one) } und { QUANTITY($other) } sind gleich viel.
    [more] { QUANTITY($one) } { BE($one) } mehr als { QUANTITY($other) }.
   *[less] { QUANTITY($one) } { BE($one) } weniger als { QUANTITY($other) }.
}
# en: 7067d5d7
unit-how-much = Wie viel davon?
# en: 96e4ea13
unit-offer = Wie viele Meilen sind zehn Kilometer?
