# `sottovoce microphone`.

climicrophone-list-words = `microphone list` takes no words.
    .remedy = See `sottovoce microphone --help`.
climicrophone-default = the system's default
climicrophone-monitor = plays what a loudspeaker does
climicrophone-none = No microphone was found.
climicrophone-chosen = In the settings: { $name }.
climicrophone-chosen-default = In the settings: the system's default.
climicrophone-how = `sottovoce settings set microphone NAME` chooses one; `sottovoce microphone test [NAME]` tries one.
climicrophone-speak = Say something, for { $seconds } seconds…
climicrophone-loudest = Its loudest sound was { $below_full } dB below full.
