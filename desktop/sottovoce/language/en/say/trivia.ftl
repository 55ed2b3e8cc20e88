# Facts that stay true.

trivia-told = { $number ->
    [1] An octopus has three hearts, and its blood is blue.
    [2] Venus turns so slowly that one turn takes longer than its year.
    [3] Honey keeps for years, because hardly anything can live in so much sugar.
    [4] Bananas are berries, as a botanist counts. Strawberries are none.
    [5] Sound travels more than four times as fast in water as in air.
    [6] Light from the sun takes a little more than eight minutes to reach us.
    [7] A group of twenty-three people is enough for an even chance that two share a birthday.
    [8] Honey bees tell each other where flowers are by dancing.
    [9] The sign for and, the ampersand, grew out of the letters e and t.
    [10] Water is heaviest at about four degrees Celsius. That is why lakes freeze from the top.
    [11] There are more ways to shuffle a pack of cards than there are atoms on earth.
    [12] The word sottovoce is Italian and means: in a low voice.
    [13] Sea otters sometimes hold hands while they sleep, so that they do not drift apart.
   *[14] Cats cannot taste sweet things.
}
