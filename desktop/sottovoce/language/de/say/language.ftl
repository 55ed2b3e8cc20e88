# The language that is spoken.

# en: 03f45930
language-changed = Okay, ich spreche ab jetzt Deutsch.
# en: f4b5651f
language-unknown = { $language } spreche ich noch nicht, deshalb antworte ich auf Deutsch.
# en: 4c58268c
language-other = { $manner ->
    [brief] Das klang nach { $language }, ich bin aber auf Deutsch eingestellt.
   *[normal] Das klang nach { $language }, ich bin aber auf Deutsch eingestellt. Du kannst zum Beispiel sagen: { $wish }
}
# en: 44de28e6
language-wish = Sprich Deutsch.
