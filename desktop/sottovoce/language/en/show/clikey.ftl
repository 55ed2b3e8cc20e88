# `sottovoce key`.

clikey-takes-no-option = `key { $what }` takes no { $option }.
    .remedy = Run `sottovoce key --help`.
clikey-takes-no-words = `key { $what }` takes no more words.
    .remedy = Run `sottovoce key --help`.
clikey-escrow-words = `key escrow` takes `new FILE`, or `open FILE --key FILE`.
    .remedy = Run `sottovoce key --help`.
clikey-keyring = Keyring:        { $state }
clikey-code = Recovery code:  { $made }
clikey-code-kept = { "                " }kept by your administrator
clikey-passphrase = Passphrase:     { $made }
clikey-this = This key:       { $made } (number { $number })
clikey-no-code = none: run `sottovoce key recovery-code`
clikey-none = none
clikey-early = made by an early version
clikey-made = made { $when }
clikey-found = holds the key
clikey-missing = has no key of this store
clikey-wrong = has another key under this store's name
clikey-no-keyring = none answers here
clikey-locked = is locked
clikey-silent = does not answer
clikey-failed = answers with an error
clikey-rotated = The store is under a new key.
clikey-new-code = Recovery code, shown this once:
clikey-write-down =
    Write it down and keep it away from this computer. Any code before it no longer works here; copies of backups
    that you keep elsewhere still open with the code of their time: make new ones, and delete those.
clikey-sheet = { $file } holds the code too: print it, then delete it.
clikey-both-hold = The new code holds, and so does the one before it still: { $sentence } { $remedy }
clikey-recovered = The code is right; the store opens again, and what was in it is all there.
clikey-recovered-too = The code is right; the store opens again, and what was in it is all there. The new passphrase opens it too.
clikey-passphrase-set = The passphrase opens the store wherever the keyring can't.
clikey-passphrase-removed = The passphrase no longer opens the store.
clikey-elsewhere = The backups on this machine follow; copies you keep elsewhere still open with the passphrase of their time.
clikey-ask-code = Recovery code:
clikey-ask-new-passphrase = New passphrase:
clikey-escrow-new =
    The private key is in { $file }: keep it off the machines that you administer.
    For the policy:

    { "    " }"RecoveryEscrowKey": "{ $public }"
clikey-escrow-opened =
    User { $user } on { $machine }, home { $home }, made { $made }:

    { "    " }{ $code }

    `sottovoce key recover` takes it, on that user's machine.
