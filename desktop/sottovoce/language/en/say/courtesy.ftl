# Small words between people.

courtesy-hello = { $manner ->
    [brief] { courtesy-greeting }
   *[normal] { courtesy-greeting } { courtesy-service }
}
courtesy-greeting = { $tone ->
    [formal] { courtesy-good }
   *[neutral] { $closeness ->
        [friend] { $name ->
            [none] Hello!
           *[named] Hello, { $name }!
        }
       *[stranger] { courtesy-good }
    }
}
# $part is the part of the day.
courtesy-good = { $part ->
    [morning] { $name ->
        [none] Good morning.
       *[named] Good morning, { $name }.
    }
    [afternoon] { $name ->
        [none] Good afternoon.
       *[named] Good afternoon, { $name }.
    }
   *[evening] { $name ->
        [none] Good evening.
       *[named] Good evening, { $name }.
    }
}
courtesy-service = { $tone ->
    [formal] How may I be of service?
   *[neutral] { $closeness ->
        [friend] Good to hear you. What's up?
        [acquaintance] Nice to hear you again. What can I do for you?
       *[stranger] What can I do for you?
    }
}
courtesy-thanks = { $tone ->
    [formal] It was a pleasure.
    [warm] { $name ->
        [none] Any time!
       *[named] Any time, { $name }!
    }
   *[neutral] You're welcome.
}
courtesy-bye = { $tone ->
    [warm] { $name ->
        [none] Bye, talk to you soon!
       *[named] Bye, { $name }, talk to you soon!
    }
   *[neutral] { $name ->
        [none] Goodbye.
       *[named] Goodbye, { $name }.
    }
}
courtesy-who = { $manner ->
    [brief] I am Sottovoce.
   *[normal] I am Sottovoce. I listen only when you ask me to, and all you say stays here.
}
courtesy-enough = Okay.
