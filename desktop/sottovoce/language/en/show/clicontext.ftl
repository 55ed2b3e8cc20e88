# `sottovoce context`.

clicontext-show-words = `context show` takes no words.
clicontext-set-words = `context set` needs a key and a value.
    .remedy = Run `sottovoce context --help`.
clicontext-personality-unnamed = Name what of it to set.
    .remedy = For example `personality.{ $example }`.
clicontext-no-such-field = A personality has no such field.
    .remedy = It has: { $fields }.
clicontext-no-such-key = There is no such key, or it is not to be set.
    .remedy = It can be: { $allowed }.
clicontext-true-or-false = `{ $key }` must be true or false.
clicontext-whole-number = This must be a whole number.
