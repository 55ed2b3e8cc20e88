# The part of the settings about what opens the conversations, and about backups.

keys-keyring-found = The keyring of this computer holds the key.
keys-keyring-missing = The keyring works, but does not hold the key.
keys-keyring-wrong = The keyring holds another key under this name.
keys-keyring-no-keyring = No keyring answers on this computer.
keys-keyring-locked = The keyring is locked.
keys-keyring-silent = The keyring does not answer.
keys-keyring-failed = The keyring answers with an error.
keys-no-code = There is no recovery code: if the keyring loses the key, nothing opens your conversations.
keys-code-made = Recovery code made: { $when }.
keys-no-passphrase = There is no passphrase; none is needed while the keyring works.
keys-passphrase-set = Passphrase set: { $when }.
keys-state =
    { $keyring }
    { $code }
    { $passphrase }
keys-reading = Looking where the key is…
keys-no-backup = No backup has been made on this computer yet.
keys-last-backup = Last backup on this computer: { $when }.
keys-backing-up = Making the backup…
keys-backed-up = The backup is made: { $file }.
keys-backup-hint = A backup is encrypted; this home, the recovery code or the passphrase opens it.
keys-set-done = The passphrase is set.
keys-removed = The passphrase no longer opens anything.
keys-recovery = &Recovery code…
keys-remove = Re&move passphrase
keys-back-up = Back up now
keys-back-up-to-file = Back up to a &file…
keys-back-up-dialog = Back up to a file
keys-change = Change &passphrase…
keys-choose = Set &passphrase…
keys-set = S&et passphrase
keys-drop = &Don’t set it
