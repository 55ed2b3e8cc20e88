# The welcome at the first start.

welcome-title = Welcome to Sottovoce
welcome-title-step = Welcome to Sottovoce: { $step }
welcome-place = Step { $number } of { $count }
welcome-named = { $place }: { $step }
welcome-announced = { $named }.
welcome-skip = S&kip the welcome
welcome-next = &Next
welcome-key = Your key to talk
    .intro = Sottovoce listens only while you want it to. Hold this key for a moment and let it go: both have to be seen here. If another program has it, choose another one.
welcome-microphone = Your microphone
    .intro = Choose what you speak into. What you hear yourself say in the test is what Sottovoce hears.
    .label = &Microphone:
welcome-say = Say something
welcome-say-intro = { $how } Say, for example: “What time is it?” It is understood on this computer, and nothing leaves it.
welcome-press-talk = Press Talk.
welcome-talk = &Talk
welcome-finish-talking = &Finish talking
welcome-listening = Listening…
welcome-nothing = Nothing was heard. Try it again, nearer to the microphone.
welcome-you = You: { $words }
welcome-it = Sottovoce: { $words }
welcome-voice = Its voice
    .intro = Answers are said aloud, too. Choose who says them; speed and loudness are among the settings.
    .label = &Voice:
welcome-recovery = Keep your recovery code
