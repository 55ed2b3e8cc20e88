# The window of the settings; what the settings themselves are called stands in setting.ftl.

settings-title = Settings
settings-wrong = What you have typed can’t be used and is not saved.
settings-begun = The passphrase that you have begun to type is not set.
settings-tab-hearing = &Hearing
settings-tab-voice = &Voice
settings-tab-key = &Key
settings-tab-answers = An&swers
settings-tab-data = Privac&y && data
settings-tab-about = A&bout
settings-microphone = Microphone
settings-understanding = Understanding
settings-voice = Voice
settings-screen = On the screen
settings-model = A language model
    .intro = Nothing that you say leaves this computer, unless you name a language model here. `sottovoce egress` lists what was sent where.
settings-more = More
settings-history = History
settings-keys = Keys and backups
settings-versions = Newer versions
    .intro = Nobody is asked for them, unless you name whom here. Nothing is ever installed.
settings-all = All that is kept
# A row.
settings-row = { $title }:
settings-default = Default.
settings-chosen = Your choice; the default is { $default }.
settings-chosen-empty = Your choice; empty by default.
settings-use-default = Use the default
settings-use-default-of = { $title }: use the default
settings-on = on
settings-off = off
settings-value = { $number }{ $unit }
settings-missing = { $value } (not there now)
settings-choice = { $title } · { $detail }
settings-unit-s = { " " }s
settings-unit-ms = { " " }ms
settings-unit-min = { " " }min
settings-unit-percent = { " " }%
settings-unit-days = { " " }days
settings-unit-words = { " " }words/min
settings-losing = { $title }: what is older than { $shown } is erased for good, also from the backups.
settings-erase-them = &Erase them
settings-keep-them = &Keep them
# Which microphone is heard.
settings-sound-level = Level of the microphone
settings-system = The system’s choice
settings-system-is = The system’s choice ({ $device })
settings-speak = Say something: the bar moves with your voice.
settings-heard = You are heard.
settings-test = Record a &test
settings-stop-test = Stop the &test
settings-recording = Recording… say a sentence.
settings-playing = This is how you are heard…
settings-test-done = If you have understood yourself, so will Sottovoce.
# Which voice speaks.
settings-listen = &Listen
settings-stop-listening = Stop &listening
settings-voice-gender = { $gender ->
    [female] female
    [male] male
   *[other] { $gender }
}
settings-voice-detail = { $language }, { $gender }
# Speech models.
settings-models = Speech models
    .intro = Other languages and larger models. Updating the list and installing go over the network.
settings-models-install = &Install
settings-models-remove = &Remove
settings-models-import = I&mport…
settings-models-update = &Update the list
settings-models-stop = &Stop
settings-models-progress = Progress
settings-models-looking-up = Looking it up…
settings-models-downloading = Downloading…
settings-models-checking = Checking…
settings-models-unpacking = Unpacking…
settings-models-proving = Trying it out…
settings-models-done = Done.
settings-models-step-of = { $step } { $done } of { $total }
settings-models-shipped = The one that ships ({ $language })
settings-models-installed = { $model } is installed. Choose it above to use it.
settings-models-removed = { $model } is removed.
settings-models-refreshed = The list is up to date: { $count } models can be installed.
settings-models-stopped = Stopped. What was downloaded is kept, and goes on from there.
settings-models-import-dialog = Import a speech model
settings-models-import-filter = Models
settings-models-unknown-language = Unknown language
settings-models-language = { $language }: { $model }
settings-models-not-answered = understood, but not answered
settings-models-in-use = in use
settings-models-ships = ships with Sottovoce
settings-models-there = installed
# All that is kept.
settings-data-about = An export is readable by everybody who has the folder. What is erased is gone from this computer and from the backups on it, not from copies that you keep elsewhere.
settings-data-export = Export to a folder…
settings-data-erase = Erase all that was said…
settings-data-exporting = Writing the export…
settings-data-erasing = Erasing…
settings-data-exported = { $count } messages and all else that is kept were written to { $folder }, in clear.
settings-data-erased = Erased: { $count } messages. The files are written anew without them.
settings-data-sure = Everything that was said and remembered under the name “{ $user }” is erased, also from the backups on this computer. This can’t be undone.
settings-data-export-dialog = Export to a new folder
settings-data-erase-everything = &Erase everything
settings-data-keep = &Keep it
