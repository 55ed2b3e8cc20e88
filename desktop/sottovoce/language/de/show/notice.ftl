# Was nebenbei gemeldet wird.

# en: d1b76ca3
notice-running-already = Sottovoce läuft schon; das Fenster wird angezeigt.

# en: 4094d920
notice-language-model-answers = Das Sprachmodell auf { $where } antwortet.
# en: 2bed8674
notice-voice-sample = So klinge ich. Es ist halb zehn, und ich höre zu.
