# What was worked out. `about` is "yes" where it is rounded.

math-exact = { $manner ->
    [brief] { NUMBER($number) }.
   *[normal] That is { NUMBER($number) }.
}
math-about = { $manner ->
    [brief] About { NUMBER($number) }.
   *[normal] That is about { NUMBER($number) }.
}
math-exact-power = That is { NUMBER($number) } times 10 to the power of { $power }.
math-about-power = That is about { NUMBER($number) } times 10 to the power of { $power }.
math-percent = { $about ->
    [yes] That is about { NUMBER($number) } percent.
   *[no] That is { NUMBER($number) } percent.
}
math-change-more = { $about ->
    [yes] That is about { NUMBER($number) } percent more.
   *[no] That is { NUMBER($number) } percent more.
}
math-change-less = { $about ->
    [yes] That is about { NUMBER($number) } percent less.
   *[no] That is { NUMBER($number) } percent less.
}
math-share = { $about ->
    [yes] That is about { NUMBER($number) } each.
   *[no] That is { NUMBER($number) } each.
}
math-share-nobody = It can be split by one or more whole people only.
math-tip = The tip is { NUMBER($tip) }, and the total { NUMBER($total) }.
math-prime = Yes, { NUMBER($number) } is a prime number.
math-no-prime = No, { NUMBER($number) } is { NUMBER($divisor) } times { NUMBER($other) }.
math-prime-none = No, { NUMBER($number) } is not a prime number.
math-prime-too-large = That number is too large for me to test.
math-which-number = Which number?

# Why there is no result.
math-by-zero = Nothing can be divided by zero.
math-too-large = That is too large for me to work out.
math-not-real = That has no real number as its result.
math-not-whole = That only goes with whole numbers that are not negative.
math-nothing-before = There is no result to go on with. Tell me the whole calculation.
math-of-nothing = There is no percentage of zero.
math-no-rates = I am offline and know no exchange rates. I can work it out if you tell me the rate, as in: 50 times 1.1.
math-offer = What is twelve times seven?
math-share-what = Tell me the amount and how many share it, as in: split 90 by 4.
