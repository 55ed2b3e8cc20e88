# The folder of models: what keeps a folder from being used.

models-leads-nowhere = “{ $model }” is a link that leads nowhere.
models-is-something-else = “{ $model }” is { $what }; it cannot be used.
models-is-unknown = “{ $model }” is no model that is known; it cannot be used.

# What the doctor tells of a model that works.

models-decodes = The speech model { $model } decodes.
models-decode-both = The speech model { $small } decodes commands, and { $free } free speech.
