# What is remembered, recalled and forgotten. Facts are the user's own words, in the first person: "i like tea".

# Asked where the fact is missing; what is said next is the fact.
memory-what = What should I remember?
memory-question = That is a question, so I have not kept it. You can ask it, or tell me what is so.
memory-reminder = When should I remind you of that?
memory-kept = { $manner ->
    [brief] Noted.
   *[normal] { $tone ->
        [formal] I shall remember { CLAUSE($facts, before: "that ") }.
        [warm] { $name ->
            [none] Got it, I will remember { CLAUSE($facts, before: "that ") }.
           *[named] Got it, { $name }, I will remember { CLAUSE($facts, before: "that ") }.
        }
       *[neutral] I will remember { CLAUSE($facts, before: "that ") }.
    }
}
memory-known = I remember already { CLAUSE($facts, before: "that ") }.
# What does not hold any more, said behind memory-kept.
memory-instead = Before, you told me { CLAUSE($facts, before: "that ") }.
# Commands and questions that were said along with a fact.
memory-undone = I have not done the rest: { $rest }. Say it by itself.
memory-tell-me = I don't know; you can tell me.
# Kept in place of "call me $called", as the user would say it.
memory-name = I am called { $called }
memory-no-calls = Sorry, I can't call anybody.
# To a remark that is not worth keeping.
memory-remark = I see.
memory-offer = Remember that I like Python.

# Found by a language model in what was said; waits for a yes.
memory-propose = Shall I remember { CLAUSE($facts, before: "that ") }?
memory-confirmed = I will remember { CLAUSE($facts, before: "that ") }.
memory-refused = Okay, I will not keep it.
memory-not-asked = I have not asked you anything just now.

memory-erase = That is too much to do by voice. Run sottovoce erase; it asks which data you mean.
memory-to-forget = You told me { CLAUSE($facts, before: "that ") }.
# Said behind memory-to-forget; waits for a yes.
memory-forget = Shall I forget that?
memory-which = Which of it? You can say: { LIST($sayings, join: " Or: ") }
memory-not-that = I don't remember just that. You can say: { LIST($sayings, join: " Or: ") }
memory-saying = forget that { $fact }.
memory-nothing-said = There is nothing in what we just said that I remember.
memory-nothing-of = I don't remember anything about { YOU($topic) }.
memory-forgotten = { $manner ->
    [brief] Forgotten.
   *[normal] I have forgotten { CLAUSE($facts, before: "that ") }. Your words are still in the history.
    [detailed] I have forgotten { CLAUSE($facts, before: "that ") }, and the answers I had kept from it. Your words are still in the history; sottovoce erase takes a conversation out of it.
}

memory-recall-offer = What do I like?
# Things that the user likes, in the user's words.
memory-likes = You like { CLAUSE($things) }.
memory-fact = { SENTENCE(YOU($fact)) }
memory-more = And { $count } more, which the history shows.
memory-no-likes = You have not told me yet what you like.
memory-no-dislikes = You have not told me yet what you don't like.
memory-nothing = You have not asked me to remember anything yet.
memory-quoted = You told me: { CLAUSE($facts, join: "; and ") }.
memory-yes = Yes, you told me that { CLAUSE($fact) }.
memory-no = No, you told me that { CLAUSE($fact) }.
memory-nearest = The nearest I know: { CLAUSE($fact) }.
memory-nothing-about = You have not told me anything about { OWN($topic) } yet.
memory-taste-unknown = You have not told me whether you like { YOU($topic) }.

# What an answer was made from.
memory-why-none = I have not said anything yet.
memory-why = Because you told me { CLAUSE($facts, before: "that ") }.
memory-why-files = I read it in your own files; the answer names which.
memory-why-clock = I looked at the clock. Nothing you told me was used.
memory-why-fallback = I knew no answer to that, so I said what I can do. Nothing you told me was used.
memory-why-nothing = Nothing you told me was used for that.

# Reckoned from what was told.
memory-days-until = { $days ->
    [0] That is today.
    [1] That is tomorrow, { DATE($day) }.
   *[other] It is { NUMBER($days) } days until then, { DATE($day) }.
}
memory-weeks-until = { $days ->
    [0] { $weeks ->
        [1] It is one week until then, { DATE($day) }.
       *[other] It is { NUMBER($weeks) } weeks until then, { DATE($day) }.
    }
   *[other] It is { NUMBER($weeks) } { $weeks ->
        [1] week
       *[other] weeks
    } and { NUMBER($days) } { $days ->
        [1] day
       *[other] days
    } until then, { DATE($day) }.
}
memory-day-past = That is past: { CLAUSE($fact) }.
memory-on-day = That is on { DATE($day) }.
memory-age = { NUMBER($years) } years old: { CLAUSE($fact) }.
memory-age-about = { NUMBER($least) } or { NUMBER($most) } years old: { CLAUSE($fact) }.
memory-told-on = On { DATE($day) } you told me: { CLAUSE($fact) }.
memory-since = { $years ->
    [0] For less than a year: { CLAUSE($fact) }.
    [1] For one year: { CLAUSE($fact) }.
   *[other] For { NUMBER($years) } years: { CLAUSE($fact) }.
}
memory-count = { NUMBER($count) }: { CLAUSE($fact) }.
# What was kept is corrected ("no, it's eva").
memory-corrected = { $manner ->
    [brief] Corrected.
   *[normal] Corrected: { CLAUSE($fact) }.
}
# After "no, it is Eva", where several were told: { CLAUSE($fact) } is "your brothers are tom and max".
memory-correct-which = I know several: { CLAUSE($fact) }. Which ones should it be? Tell me all of them.
# After "no, it is Eva", where nothing of what was kept has such a value.
memory-correct-what = I don't know which part to correct. Say the whole sentence again.
# The year is known, not the day.
memory-since-about = For about { $years ->
    [1] one year
   *[other] { NUMBER($years) } years
}: { CLAUSE($fact) }.
