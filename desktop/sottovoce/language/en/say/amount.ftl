# Words for how much, each as it is said; commas part them.

amount-full = full, whole, max, maximum, the maximum, the max, full volume, maximum volume, max volume, all the way, all the way up, a hundred, one hundred, full brightness, maximum brightness, the top
amount-half = half, halfway, half way, fifty fifty, the middle, medium, half volume, half brightness
amount-none = zero, nothing, none, minimum, the minimum, min, the min, the lowest, off, all the way down
amount-little = a little, a bit, a little bit, a tiny bit, slightly, a touch, a notch, one notch, some, a tad, a smidge
amount-much = a lot, much, way, a whole lot, by a lot, a good bit, quite a bit, a great deal
