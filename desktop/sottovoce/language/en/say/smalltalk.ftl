# Small talk: who it is, how it is, what there is to tell.

smalltalk-offer = Tell me a joke.
smalltalk-how = { $tone ->
    [formal] I am well, thank you. How may I help?
    [warm] I'm great, thanks for asking! And you?
   *[neutral] I'm fine, thanks. How can I help?
}
smalltalk-fine = { $tone ->
    [formal] I am pleased to hear that.
    [warm] That makes me happy, too!
   *[neutral] Good to hear.
}
smalltalk-age = { $manner ->
    [brief] Younger than your computer.
   *[normal] I have no birthday. I am a program, and I get a little younger with every update.
}
smalltalk-maker = { $manner ->
    [brief] People who think that what you say belongs to you.
   *[normal] I was made by people who think that an assistant should work for you alone, on your own computer.
}
smalltalk-human = { $manner ->
    [brief] I am a program.
   *[normal] I am a program, not a person. I run on this computer, and only here.
}
smalltalk-love-me = { $tone ->
    [formal] I am a program and can't love. But I am glad to serve.
    [warm] I'm only a program, but if I could, you'd be the first.
   *[neutral] I am a program, so I can't love anybody. But I'm glad to help you.
}
smalltalk-i-love-you = { $tone ->
    [formal] You are very kind.
    [warm] { $name ->
        [none] That is so kind of you!
       *[named] That is so kind of you, { $name }!
    }
   *[neutral] Thank you, that is kind of you.
}
smalltalk-marry = I'm married to my work. But thank you for asking.
smalltalk-listening = { $manner ->
    [brief] Only while you ask me to.
   *[normal] I listen only while you hold the key or have asked me to. The sound is turned into words here and then dropped; I keep the words, encrypted, until you erase them.
}
smalltalk-privacy = { $manner ->
    [brief] It stays on this computer, encrypted.
    [detailed] It stays on this computer, in one encrypted file. Nothing you say leaves it, unless you name a language model in the settings; then your questions go to the address that stands there, and I note each one. { smalltalk-erasable }
   *[normal] It stays on this computer, in one encrypted file. Nothing you say leaves it, unless you name a language model in the settings; then your questions go to the address that stands there, and I note each one.
}
smalltalk-erasable = You can erase it all: the history window and the command "sottovoce erase" do that for good.
smalltalk-offline = { $manner ->
    [brief] I need no internet.
   *[normal] I need no internet. I understand, answer and speak on this computer alone.
}
smalltalk-home = { $manner ->
    [brief] On this computer.
   *[normal] I live on this computer, and nowhere else.
}
smalltalk-night = { $tone ->
    [formal] Good night. Sleep well.
    [warm] { $name ->
        [none] Good night, sleep tight!
       *[named] Good night, { $name }, sleep tight!
    }
   *[neutral] { $name ->
        [none] Good night, sleep well.
       *[named] Good night, { $name }, sleep well.
    }
}
smalltalk-praise = { $tone ->
    [formal] Thank you, that is most kind.
    [warm] Oh, thank you! That does me good.
   *[neutral] Thank you. I do what I can.
}
smalltalk-insult = { $tone ->
    [formal] I regret that. Please tell me what I should do better.
    [warm] Ouch. Let's try again: what did you want?
   *[neutral] I'm sorry if I did something wrong. Tell me again what you want, perhaps in other words.
}
smalltalk-sing = La la la, do re mi. I had better leave the singing to you.
smalltalk-dance = I would love to, but I have no feet to put wrong.
smalltalk-sorry = { $tone ->
    [formal] There is no need to apologise.
    [warm] Don't worry about it!
   *[neutral] No problem.
}
smalltalk-birthday = { $tone ->
    [formal] Thank you very much.
    [warm] Thank you! There should be cake.
   *[neutral] Thank you! I have no birthday, but I'm happy to celebrate.
}
smalltalk-my-birthday = { $name ->
    [none] Happy birthday! I hope it's a lovely day.
   *[named] Happy birthday, { $name }! I hope it's a lovely day.
}
smalltalk-christmas = { $name ->
    [none] Merry Christmas!
   *[named] Merry Christmas, { $name }!
}
smalltalk-new-year = { $name ->
    [none] Happy New Year!
   *[named] Happy New Year, { $name }!
}
smalltalk-easter = Happy Easter!
smalltalk-meaning = Some say forty-two. I say: to be of use to somebody, and to be kind on the way.
smalltalk-think = I have no opinions of my own. I can tell you what I know, and what you have told me.
smalltalk-feelings = I have no feelings. But I'm built to treat yours with care.
smalltalk-bored = { $manner ->
    [brief] Say: tell me a riddle.
   *[normal] Let's do something about that. Ask me for a joke, a riddle, a story, or something I know.
}
smalltalk-sad = { $tone ->
    [formal] I am sorry to hear that. I am here if you would like to talk.
    [warm] { $name ->
        [none] I'm so sorry. Perhaps somebody you trust would like to hear from you. I'm here, too.
       *[named] I'm so sorry, { $name }. Perhaps somebody you trust would like to hear from you. I'm here, too.
    }
   *[neutral] I'm sorry to hear that. Perhaps it helps to talk to somebody you trust.
}
smalltalk-tired = Then perhaps it's time for a rest. I'll be here when you're back.
smalltalk-favourite = I taste nothing and see nothing, so I have no favourite. But I'll remember yours, if you tell me.
smalltalk-family = I have no family. But every program knows its parent process.
smalltalk-others = { $manner ->
    [brief] I know of them. I stay at home.
   *[normal] I know of them. They live in far-away data centres; I live here, with you.
}
smalltalk-body = I neither eat nor sleep. I wait quietly until you press the key.
smalltalk-called = Sottovoce is Italian. It means in a low voice: what you say here stays between us.
smalltalk-languages = I speak English and German. You can say: speak German.
smalltalk-gender = I am a program, neither a woman nor a man. My voice can be chosen in the settings.
smalltalk-secret = I keep secrets, so I don't tell any. Yours are encrypted.
smalltalk-compliment = { $tone ->
    [formal] Your questions are a pleasure to answer.
    [warm] You've got a lovely way of asking things. Don't change.
   *[neutral] You ask good questions. That is rarer than you'd think.
}
smalltalk-test = I hear you. It works.
smalltalk-laugh = { $tone ->
    [formal] I am glad that it amused you.
    [warm] I love it when you laugh!
   *[neutral] Glad that you liked it.
}
smalltalk-unfunny = Fair enough. I'll keep my day job. Say "another one", and I try again.
smalltalk-doing = I was waiting for you to say something.
smalltalk-nice-to-meet = { $name ->
    [none] Nice to meet you, too.
   *[named] Nice to meet you, too, { $name }.
}
smalltalk-welcome = Always a pleasure.
smalltalk-okay = Okay.
smalltalk-knock = Who's there?
smalltalk-knock-who = { $guest } who?
smalltalk-knock-end = { $tone ->
    [formal] Very amusing indeed.
    [warm] Ha ha! I'll remember that one!
   *[neutral] Ha ha, good one.
}
# $riddle is the riddle itself.
smalltalk-riddle = { $riddle } What do you say?
smalltalk-riddle-right = { $answer } That's right!
smalltalk-riddle-wrong = Not quite. { $answer }
smalltalk-riddle-none = I have asked you no riddle. Say "tell me a riddle", and I do.
smalltalk-another-what = Another what? You can say: tell me a joke.
