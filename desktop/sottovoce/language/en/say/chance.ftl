# Coins, dice and choices.

chance-coin = { $manner ->
    [brief] { $side ->
        [heads] Heads.
       *[tails] Tails.
    }
   *[normal] { $side ->
        [heads] It is heads.
       *[tails] It is tails.
    }
}
chance-coins = { $heads } heads and { $tails } tails.
chance-die = { $manner ->
    [brief] { NUMBER($number) }.
   *[normal] You rolled a { NUMBER($number) }.
}
chance-dice = You rolled { LIST($numbers) }, together { NUMBER($sum) }.
chance-number = { $manner ->
    [brief] { NUMBER($number) }.
   *[normal] I pick { NUMBER($number) }.
}
chance-chosen = { $manner ->
    [brief] { SENTENCE($thing) }
   *[normal] I choose { $thing }.
}
chance-choose-what = Tell me at least two things to choose from, as in: pizza or pasta.
chance-too-many = I can do from 1 to { $most } at once.
chance-no-such-die = There is no such die. It needs two sides or more.
chance-too-large = That number is too large for me. Name smaller ones.
chance-none-between = There is no whole number between those.
chance-offer = Flip a coin.
