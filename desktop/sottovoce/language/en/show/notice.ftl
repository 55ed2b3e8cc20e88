# What is told in passing.

notice-running-already = Sottovoce is running already; its window is shown.
