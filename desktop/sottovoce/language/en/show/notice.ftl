# What is told in passing.

notice-running-already = Sottovoce is running already; its window is shown.

notice-language-model-answers = The language model at { $where } answers.
notice-voice-sample = This is how I sound. It is half past nine, and I am listening.
