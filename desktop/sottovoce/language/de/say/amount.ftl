# Wörter dafür, wie viel, so wie man sie sagt; Kommas trennen sie.

# en: 0dc330fa
amount-full = voll, maximal, maximum, das maximum, ganz laut, volle lautstärke, hundert, ganz hoch, ganz hell, anschlag, zum anschlag
# en: 85340aea
amount-half = halb, die hälfte, hälfte, mittel, halbe lautstärke, zur hälfte
# en: 6ba59470
amount-none = null, nichts, minimum, das minimum, minimal, ganz leise, aus
# en: 9eb0f476
amount-little = etwas, ein bisschen, ein wenig, bisschen, ein klein wenig, ein kleines bisschen, leicht, eine stufe
# en: e596151f
amount-much = viel, deutlich, sehr viel, ganz viel, um einiges, ein ganzes stück
