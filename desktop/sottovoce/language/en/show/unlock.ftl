# The window of a start that needs a secret.

unlock-title = Unlock Sottovoce
unlock-title-code = Recover Sottovoce
unlock-title-new = Protect your conversations
unlock-checking = One moment: this takes a second, so that trying every passphrase would take for ever.
unlock-wrong = That was not it. Mind Caps Lock and the language of the keyboard.
unlock-protect = There is no keyring on this computer that could keep the key to your conversations. A passphrase can stand in for it: Sottovoce will ask for it at each start, and without it nobody can read what you said.
unlock-elsewhere = For a backup from another computer, quit and run “sottovoce backup restore FILE” in a terminal.
unlock-after-code = The recovery code is right. The keyring can't take the key back, so choose a passphrase: Sottovoce will ask for it at each start.
unlock-untried = What you have typed has not been tried yet. Closing this window ends the start.
unlock-where-code = It has 28 letters and digits in groups of four. Capital or small letters, spaces and dashes don't matter.
unlock-use-code = Use &recovery code…
unlock-unlock = &Unlock
unlock-recover = &Recover
unlock-protect-now = P&rotect
unlock-try-again = &Try again
unlock-quit = &Quit
unlock-passphrase = &Passphrase:
    .name = Passphrase
unlock-code = Recovery &code:
    .name = Recovery code
unlock-locked = Your conversations are locked
unlock-with-code = Use the recovery code
unlock-with-passphrase = Protect your conversations with a passphrase
# Why it is asked for, then what to type.
unlock-key-missing = The keyring of this computer works, but the key is not in it any more.
unlock-key-wrong = The keyring of this computer holds another key under this name.
unlock-keyring-failed = The keyring of this computer answers with an error.
unlock-keyring-locked = The keyring of this computer is locked.
unlock-keyring-missing = No keyring answers on this computer.
unlock-keyring-silent = The keyring of this computer does not answer.
unlock-type = Type the passphrase, and everything is there again.
unlock-lost = Type the recovery code that you kept when Sottovoce was new.
# A new passphrase.
unlock-new = New passphrase
unlock-new-label = &Passphrase:
unlock-again = The same again
unlock-again-label = The same &again:
unlock-show = Show &what I type
unlock-advice = At least { $least } characters. Four or more words picked at random are good, and easy to type.
unlock-long-enough = Long enough. Only you can know whether somebody could guess it; nobody can tell it to you again, should you forget it.
unlock-different = The two are not the same yet.
