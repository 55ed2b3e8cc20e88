# What can be said to the assistant.

# $offers are sentences to say, each whole.
guide-examples = You can say, for example: { LIST($offers, join: " ") }
# $topics are what can be done ("tell the time"), $how is a sentence on how to ask for more.
guide-can = { $manner ->
    [brief] I can { $topics }.
   *[normal] I can { $topics }. { $how }
}
guide-can-too = I can { $topics }, too. { $how }
# $example is a question, whole.
guide-ask = Ask me, for example: { $example }
guide-ask-more = Ask me, for example: { $example } Or ask: what else can you do?
guide-all = That is all I can do so far.
guide-no-more = You can also say: { LIST($offers, join: " ") }
# $first is the first of the sentences.
guide-topic = { $manner ->
    [brief] You can say: { $first }
   *[normal] You can say, for example: { LIST($offers, join: " ") }
}
# $topic is in the user's words.
guide-unknown = I don't know how to help with { $topic }. I can { $topics }.
guide-not-here = I can't do that here. I can { $topics }.

guide-time = tell the time and the date, here and elsewhere
guide-time-ask = What can you do with the time?
guide-time-1 = What time is it?
guide-time-2 = What is today's date?
guide-time-3 = What time is it in Tokyo?
guide-timers = set timers, alarms and reminders
guide-timers-ask = What can you do with timers?
guide-timers-1 = Set a timer for ten minutes.
guide-timers-2 = Wake me up tomorrow at seven.
guide-timers-3 = Remind me to call the dentist tomorrow at nine.
guide-timers-4 = How much time is left on the timer?
guide-lists = keep your lists
guide-lists-ask = What can you do with lists?
guide-lists-1 = Add milk to my shopping list.
guide-lists-2 = What is on my shopping list?
guide-lists-3 = Take milk off my shopping list.
guide-lists-4 = Create a list called camping.
guide-calendar = keep your calendar
guide-calendar-ask = What can you do with the calendar?
guide-calendar-1 = Add lunch with Anna tomorrow at one to my calendar.
guide-calendar-2 = What do I have tomorrow?
guide-calendar-3 = Move lunch with Anna to half past two.
guide-calendar-4 = Am I free on Friday afternoon?
guide-notes = write down notes
guide-notes-ask = What can you do with notes?
guide-notes-1 = Make a note that the boiler is old.
guide-notes-2 = Read my notes.
guide-notes-3 = Find my note about the boiler.
guide-notes-4 = Delete my last note.
guide-numbers = calculate, convert units, roll dice and spell words
guide-numbers-ask = What can you do with numbers?
guide-numbers-1 = What is twelve times seven?
guide-numbers-2 = What is fifteen percent of eighty?
guide-numbers-3 = How many miles is ten kilometers?
guide-numbers-4 = Flip a coin.
guide-memory = remember what you tell me
guide-memory-ask = What can you do with memories?
guide-memory-1 = Remember that my sister is called Anna.
guide-memory-2 = What do you know about my sister?
guide-memory-3 = What do I like?
guide-memory-4 = Forget that I like tea.
guide-files = look things up in your files
guide-files-ask = What can you do with my files?
guide-files-1 = What do my files say about tomatoes?
guide-files-2 = Look up insurance.
guide-files-3 = How many files do you know?
guide-history = tell what we spoke about
guide-history-ask = What can you do with the history?
guide-history-1 = What did I ask you yesterday?
guide-history-2 = What did we say about the garden?
guide-history-3 = When did we last talk about tomatoes?
guide-desktop = open things and look after this computer
guide-desktop-ask = What can you do with this computer?
guide-desktop-1 = Open my downloads folder.
guide-desktop-2 = Switch to the browser.
guide-desktop-3 = How much battery is left?
guide-desktop-4 = Take a screenshot.
guide-sound = set the volume and steer music
guide-sound-ask = What can you do with music?
guide-sound-1 = Turn up the volume.
guide-sound-2 = Pause the music.
guide-sound-3 = Next song.
guide-sound-4 = What is playing?
guide-dictation = type what you say
guide-dictation-ask = What can you do with dictation?
guide-dictation-1 = Take dictation.
guide-dictation-2 = Type hello world.
guide-dictation-3 = Read the clipboard.
guide-dictation-4 = Copy the answer.
guide-manners = speak as you like it
guide-manners-ask = What can you do with your voice?
guide-manners-1 = Speak slower.
guide-manners-2 = Be brief.
guide-manners-3 = Be more friendly.
guide-manners-4 = Speak German.
guide-smalltalk = tell jokes, riddles and stories
guide-smalltalk-ask = What can you do for fun?
guide-smalltalk-1 = Tell me a joke.
guide-smalltalk-2 = Tell me a riddle.
guide-smalltalk-3 = Tell me something interesting.
guide-smalltalk-4 = Where does my data go?
