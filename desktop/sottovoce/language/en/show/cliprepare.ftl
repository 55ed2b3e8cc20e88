# `sottovoce prepare`.

cliprepare-ready = { $home } is ready.
cliprepare-code-kept = Its recovery code is kept by your administrator.
cliprepare-code-not-kept = No policy keeps its recovery code: run `sottovoce key recovery-code`.
cliprepare-models = Installed: { $models }.
cliprepare-no-passphrase = No passphrase was given.
    .remedy = Give it as the first line of the input.
