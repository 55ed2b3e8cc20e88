# How the assistant is from now on.

manners-stay = I will stay as I am.
manners-change = Okay, I will get to know you.
manners-brief = Okay.
manners-detailed = Okay, I will tell you more from now on.
manners-usual = Okay, I am my usual self again.
manners-formal = Very well.
manners-warm = Gladly!
manners-decided = Your administrator has decided that, so I can't change it.
manners-slower = I will speak slower.
manners-slowest = This is as slow as I can speak.
manners-faster = I will speak faster.
manners-fastest = This is as fast as I can speak.
manners-softer = I will speak softer.
manners-softest = This is as soft as I can speak and be heard.
manners-louder = I will speak louder.
manners-loudest = This is as loud as I can speak. You can turn up the volume of the computer itself.
# $count is how often they have talked, $level their friendship.
manners-friendship = { $manner ->
    [brief] { $closeness ->
        [acquaintance] We know each other a little.
        [friend] We know each other well.
       *[stranger] We are only getting to know each other.
    }
   *[normal] { $closeness ->
        [acquaintance] We know each other a little
        [friend] We know each other well
       *[stranger] We are only getting to know each other
    }{ $name ->
        [none] { "" }
       *[named] , { $name }
    }: we have talked { $count ->
        [one] { $count } time
       *[other] { $count } times
    }.
    [detailed] { $closeness ->
        [acquaintance] We know each other a little
        [friend] We know each other well
       *[stranger] We are only getting to know each other
    }{ $name ->
        [none] { "" }
       *[named] , { $name }
    }: we have talked { $count ->
        [one] { $count } time
       *[other] { $count } times
    }, and our friendship is at { $level } of 100.
}
