# Words as they were heard, and Roman numerals.

letters-spelled = { $manner ->
    [brief] { LIST($letters, join: ", ") }.
   *[normal] { $word } is spelled { LIST($letters, join: ", ") }.
}
letters-none = There are no letters in that.
letters-too-long = That is too long. Tell me one word.
letters-count = { $word } has { $count } { $count ->
    [one] letter
   *[other] letters
}.
letters-count-of = { $count ->
    [0] There is no { $letter } in { $word }.
    [one] { $letter } stands once in { $word }.
   *[other] { $letter } stands { $count } times in { $word }.
}
letters-backwards = { $word } backwards is { $turned }.
letters-roman = { NUMBER($number) } is { $letters }.
letters-no-roman = Roman numerals go from 1 to { $most }, whole numbers only.
letters-arabic = { $letters } is { NUMBER($number) }.
letters-which-word = Which word?
letters-which-number = Which number?
letters-offer = How do you spell necessary?
