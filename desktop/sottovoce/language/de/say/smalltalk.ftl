# Small talk: who it is, how it is, what there is to tell.

# en: ed125a6c
smalltalk-offer = Erzähl mir einen Witz.
# en: 2ad0576a
smalltalk-how = { $tone ->
    [formal] Danke, es geht mir gut. Womit kann ich helfen?
    [warm] Mir geht’s prima, danke! Und dir?
   *[neutral] Mir geht’s gut, danke. Was kann ich für dich tun?
}
# en: f3c39a73
smalltalk-fine = { $tone ->
    [formal] Das höre ich gern.
    [warm] Das freut mich sehr!
   *[neutral] Das freut mich.
}
# en: 1e44f98f
smalltalk-age = { $manner ->
    [brief] Jünger als dein Computer.
   *[normal] Ich habe keinen Geburtstag. Ich bin ein Programm und werde mit jeder neuen Version ein wenig jünger.
}
# en: d6d26ad3
smalltalk-maker = { $manner ->
    [brief] Leute, für die das, was du sagst, dir gehört.
   *[normal] Gemacht haben mich Leute, die finden, dass ein Assistent nur für dich arbeiten soll, auf deinem eigenen Computer.
}
# en: dcbadfe6
smalltalk-human = { $manner ->
    [brief] Ich bin ein Programm.
   *[normal] Ich bin ein Programm und kein Mensch. Ich laufe auf diesem Computer, und nur hier.
}
# en: 43f91628
smalltalk-love-me = { $tone ->
    [formal] Ich bin ein Programm und kann nicht lieben. Aber ich diene gern.
    [warm] Ich bin nur ein Programm, aber wenn ich könnte, wärst du der erste Mensch.
   *[neutral] Ich bin ein Programm und kann niemanden lieben. Aber ich helfe dir gern.
}
# en: eb78a354
smalltalk-i-love-you = { $tone ->
    [formal] Das ist sehr freundlich.
    [warm] { $name ->
        [none] Das ist so lieb von dir!
       *[named] Das ist so lieb von dir, { $name }!
    }
   *[neutral] Danke, das ist lieb von dir.
}
# en: 112b23b8
smalltalk-marry = Ich bin mit meiner Arbeit verheiratet. Aber danke, dass du fragst.
# en: 73da42cd
smalltalk-listening = { $manner ->
    [brief] Nur solange du es willst.
   *[normal] Ich höre nur zu, solange du die Taste hältst oder mich darum gebeten hast. Der Ton wird hier zu Worten und dann verworfen; die Worte bewahre ich verschlüsselt auf, bis du sie löschst.
}
# en: 05034a2d
smalltalk-privacy = { $manner ->
    [brief] Es bleibt verschlüsselt auf diesem Computer.
    [detailed] Es bleibt auf diesem Computer, in einer verschlüsselten Datei. Nichts, was du sagst, verlässt ihn, außer du nennst in den Einstellungen ein Sprachmodell; dann gehen deine Fragen an die Adresse, die dort steht, und ich schreibe jede auf. { smalltalk-erasable }
   *[normal] Es bleibt auf diesem Computer, in einer verschlüsselten Datei. Nichts, was du sagst, verlässt ihn, außer du nennst in den Einstellungen ein Sprachmodell; dann gehen deine Fragen an die Adresse, die dort steht, und ich schreibe jede auf.
}
# en: 0c92b368
smalltalk-erasable = Du kannst alles löschen: das Fenster mit dem Verlauf und der Befehl „sottovoce erase“ tun das für immer.
# en: 76be1b52
smalltalk-offline = { $manner ->
    [brief] Ich brauche kein Internet.
   *[normal] Ich brauche kein Internet. Ich verstehe, antworte und spreche allein auf diesem Computer.
}
# en: 1af01245
smalltalk-home = { $manner ->
    [brief] Auf diesem Computer.
   *[normal] Ich wohne auf diesem Computer und sonst nirgends.
}
# en: 0a563a5a
smalltalk-night = { $tone ->
    [formal] Gute Nacht und angenehme Ruhe.
    [warm] { $name ->
        [none] Gute Nacht, schlaf schön!
       *[named] Gute Nacht, { $name }, schlaf schön!
    }
   *[neutral] { $name ->
        [none] Gute Nacht, schlaf gut.
       *[named] Gute Nacht, { $name }, schlaf gut.
    }
}
# en: e2aad9a5
smalltalk-praise = { $tone ->
    [formal] Danke, das ist sehr freundlich.
    [warm] Oh, danke! Das tut gut.
   *[neutral] Danke. Ich tue, was ich kann.
}
# en: c60d4adf
smalltalk-insult = { $tone ->
    [formal] Das bedaure ich. Bitte sag mir, was ich besser machen soll.
    [warm] Autsch. Versuchen wir es noch einmal: Was wolltest du?
   *[neutral] Es tut mir leid, wenn ich etwas falsch gemacht habe. Sag mir noch einmal, was du willst, vielleicht mit anderen Worten.
}
# en: 8ec2fa11
smalltalk-sing = La la la, do re mi. Das Singen überlasse ich lieber dir.
# en: f594ed89
smalltalk-dance = Sehr gern, aber ich habe keine Füße.
# en: 8a024784
smalltalk-sorry = { $tone ->
    [formal] Es gibt nichts zu entschuldigen.
    [warm] Mach dir nichts daraus!
   *[neutral] Kein Problem.
}
# en: f488cd98
smalltalk-birthday = { $tone ->
    [formal] Vielen Dank.
    [warm] Danke! Es sollte Kuchen geben.
   *[neutral] Danke! Ich habe keinen Geburtstag, aber ich feiere gern mit.
}
# en: 48ac524f
smalltalk-my-birthday = { $name ->
    [none] Alles Gute zum Geburtstag! Hab einen schönen Tag.
   *[named] Alles Gute zum Geburtstag, { $name }! Hab einen schönen Tag.
}
# en: 96577425
smalltalk-christmas = { $name ->
    [none] Frohe Weihnachten!
   *[named] Frohe Weihnachten, { $name }!
}
# en: 426834c2
smalltalk-new-year = { $name ->
    [none] Ein gutes neues Jahr!
   *[named] Ein gutes neues Jahr, { $name }!
}
# en: 6e14b185
smalltalk-easter = Frohe Ostern!
# en: d0359268
smalltalk-meaning = Manche sagen: zweiundvierzig. Ich sage: jemandem nützen und dabei freundlich sein.
# en: 390b4a1a
smalltalk-think = Ich habe keine eigene Meinung. Ich kann dir sagen, was ich weiß und was du mir erzählt hast.
# en: 72779b60
smalltalk-feelings = Ich habe keine Gefühle. Aber ich bin dafür gemacht, mit deinen achtsam umzugehen.
# en: 1846950c
smalltalk-bored = { $manner ->
    [brief] Sag: Stell mir ein Rätsel.
   *[normal] Dagegen tun wir etwas. Bitte mich um einen Witz, ein Rätsel, eine Geschichte oder etwas Wissenswertes.
}
# en: 646ad84c
smalltalk-sad = { $tone ->
    [formal] Das tut mir leid. Ich bin da, wenn du reden möchtest.
    [warm] { $name ->
        [none] Das tut mir so leid. Vielleicht freut sich jemand, dem du vertraust, von dir zu hören. Ich bin auch da.
       *[named] Das tut mir so leid, { $name }. Vielleicht freut sich jemand, dem du vertraust, von dir zu hören. Ich bin auch da.
    }
   *[neutral] Das tut mir leid. Vielleicht hilft es, mit jemandem zu reden, dem du vertraust.
}
# en: f44d3fa0
smalltalk-tired = Dann ist es vielleicht Zeit für eine Pause. Ich bin da, wenn du wiederkommst.
# en: 01772c4c
smalltalk-favourite = Ich schmecke nichts und sehe nichts, also habe ich keinen Liebling. Aber deinen merke ich mir, wenn du ihn mir sagst.
# en: 28e54a45
smalltalk-family = Ich habe keine Familie. Aber jedes Programm kennt seinen Elternprozess.
# en: badb871a
smalltalk-others = { $manner ->
    [brief] Ich weiß von ihnen. Ich bleibe zu Hause.
   *[normal] Ich weiß von ihnen. Sie wohnen in fernen Rechenzentren; ich wohne hier, bei dir.
}
# en: a2193623
smalltalk-body = Ich esse nicht und schlafe nicht. Ich warte still, bis du die Taste drückst.
# en: 5a77d18e
smalltalk-called = Sottovoce ist italienisch und heißt: mit leiser Stimme. Was du hier sagst, bleibt unter uns.
# en: ce9d3180
smalltalk-languages = Ich spreche Deutsch und Englisch. Du kannst sagen: sprich Englisch.
# en: ce175d82
smalltalk-gender = Ich bin ein Programm, weder Frau noch Mann. Meine Stimme kannst du in den Einstellungen wählen.
# en: 2c8b1fc1
smalltalk-secret = Ich bewahre Geheimnisse, also verrate ich keine. Deine sind verschlüsselt.
# en: eaaacb68
smalltalk-compliment = { $tone ->
    [formal] Es ist ein Vergnügen, deine Fragen zu beantworten.
    [warm] Du fragst so nett. Bleib, wie du bist.
   *[neutral] Du stellst gute Fragen. Das ist seltener, als man denkt.
}
# en: 3b74ce3e
smalltalk-test = Ich höre dich. Es funktioniert.
# en: 6c316e4b
smalltalk-laugh = { $tone ->
    [formal] Es freut mich, dass es gefallen hat.
    [warm] Ich mag es, wenn du lachst!
   *[neutral] Schön, dass es dir gefallen hat.
}
# en: 6a65931e
smalltalk-unfunny = Na gut. Ich bleibe bei meinem Beruf. Sag „noch einen“, dann versuche ich es noch einmal.
# en: ea1cf936
smalltalk-doing = Ich habe darauf gewartet, dass du etwas sagst.
# en: efcddc72
smalltalk-nice-to-meet = { $name ->
    [none] Freut mich auch.
   *[named] Freut mich auch, { $name }.
}
# en: 4c704dc8
smalltalk-welcome = Jederzeit gern.
# en: 1b4f0172
smalltalk-okay = Okay.
# en: 693c8a4e
smalltalk-knock = Wer ist da?
# en: b8c2f01d
smalltalk-knock-who = { $guest } wer?
# en: 9902e12c
smalltalk-knock-end = { $tone ->
    [formal] Wirklich sehr amüsant.
    [warm] Haha! Den merke ich mir!
   *[neutral] Haha, der war gut.
}
# $riddle is the riddle itself.
# en: fd7fbe51
smalltalk-riddle = { $riddle } Was sagst du?
# en: 93f8d6cc
smalltalk-riddle-right = { $answer } Das ist richtig!
# en: e8d671b0
smalltalk-riddle-wrong = Nicht ganz. { $answer }
# en: f8c0b517
smalltalk-riddle-none = Ich habe dir kein Rätsel gestellt. Sag „stell mir ein Rätsel“, dann tue ich das.
# en: b02f45fe
smalltalk-another-what = Noch einen was? Du kannst sagen: Erzähl mir einen Witz.
