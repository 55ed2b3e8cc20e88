# What a command asks its user on the terminal.

cliasking-passphrase = Passphrase of the store:
cliasking-not-it = That was not it.
cliasking-nothing = Nothing was typed.
    .remedy = Type it when asked, or give it on the command's input.
cliasking-again = The same again:
cliasking-not-same = The two were not the same.
    .remedy = Try again.
cliasking-too-long = The line is too long.
    .remedy = Give one line with the secret.
