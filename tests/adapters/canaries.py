"""Words that stand in no file but where they are said."""

KEY = bytes(range(100, 132))
SPOKEN = "there is a yellow bird in the kitchen garden today"
TYPED = "xylophonkanarienvogel"
