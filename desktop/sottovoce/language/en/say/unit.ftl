# How much of one unit is how much of another.

unit-result = { $manner ->
    [brief] { QUANTITY($result) }.
   *[normal] { QUANTITY($amount) } is { QUANTITY($result) }.
}
unit-alone = { $manner ->
    [brief] { QUANTITY($result) }.
   *[normal] That is { QUANTITY($result) }.
}
unit-unlike = I can't turn one into the other: { UNIT($one) } and { UNIT($other) } measure different things.
unit-none = There is no such amount.
unit-compared = { $how ->
    [same] { QUANTITY($one) } and { QUANTITY($other) } are the same.
    [more] { QUANTITY($one) } is more than { QUANTITY($other) }.
   *[less] { QUANTITY($one) } is less than { QUANTITY($other) }.
}
unit-how-much = How much of it?
unit-offer = How many miles is ten kilometers?
