# `sottovoce ask` and `sottovoce listen`.

cliask-nothing = There is nothing to answer.
    .remedy = Give the question as text.
cliask-nothing-said = Nothing was said.
