# Lists: for shopping, for what is to be done, and any other.

list-offer = Add milk to my shopping list.
# How a list is called, within a sentence.
list-name = { $list ->
    [shopping] shopping list
    [to-do] to-do list
   *[other] { $list } list
}
list-what = What should I add?
list-add-sure = Shall I put { $things } on your { list-name }?
list-remove-what = What should I take off it?
list-called-what = What is the list called?
list-added = { $manner ->
    [brief] Added.
   *[normal] I have put { $things } on your { list-name }.
}
# Behind list-added, or by itself.
list-known = Already on your { list-name }: { $things }.
# Things in the order they were put there; those beyond ten are counted by list-more.
list-read = { $manner ->
    [brief] On it: { $things }.
   *[normal] { $count ->
        [one] There is one thing on your { list-name }: { $things }.
       *[other] There are { $count } things on your { list-name }: { $things }.
    }
}
list-more = And { $count } more.
list-empty = Your { list-name } is empty.
list-none = You have no { list-name }.
# Behind list-none.
list-others = You have your { LIST($lists) }.
list-first = You can say: Create a list called camping.
list-has = Yes, your { list-name } has { $thing }.
list-has-near = Not just { $thing }, but your { list-name } has { $things }.
list-has-not = No, your { list-name } does not have { $thing }.
list-removed = { $manner ->
    [brief] Removed.
   *[normal] I have taken { $things } off your { list-name }.
}
list-ticked = { $manner ->
    [brief] Ticked off.
   *[normal] I have ticked off { $things } on your { list-name }.
}
list-not-there = I don't find { $things } on your { list-name }.
list-nowhere = I don't find { $things } on any of your lists.
# Behind list-not-there: what is on it.
list-there = { $all ->
    [true] It has { $things }.
   *[false] Among other things, it has { $things }.
}
list-which = Which one do you mean: { LIST($things, join: ", or ") }?
# What is ticked off is not counted: with none left to be got or done, all of it is.
list-clear-sure = { $count ->
    [0] Shall I take everything off your { list-name }? All of it is ticked off.
    [one] Shall I take the only thing off your { list-name }?
    [2] Shall I take both things off your { list-name }?
   *[other] Shall I take all { $count } things off your { list-name }?
}
list-cleared = Your { list-name } is empty now.
list-delete-sure = { $count ->
    [0] Shall I delete your { list-name }? There is nothing on it.
    [one] Shall I delete your { list-name } with the one thing on it?
   *[other] Shall I delete your { list-name } with the { $count } things on it?
}
list-deleted = Your { list-name } is deleted.
list-created = You have a { list-name } now. You can say: Add something to it.
list-exists = You have a { list-name } already.
list-lists = { $count ->
    [one] You have one list: the { LIST($lists) }.
   *[other] You have { $count } lists: the { LIST($lists, join: ", the ") }.
}
# Within list-lists.
list-counted = { $count ->
    [0] { list-name } with nothing on it
    [one] { list-name } with one thing
   *[other] { list-name } with { $count } things
}
list-no-lists = You have no lists yet. You can say: Add milk to my shopping list.
list-renamed = Your { list-name } is called { $other } now.
