# The folder of models: what is asked for over the network, and what keeps a folder from being used.

models-purpose-list = the list of models
models-purpose-model = the model { $model }
models-leads-nowhere = “{ $model }” is a link that leads nowhere.
models-is-something-else = “{ $model }” is { $what }; it cannot be used.
models-is-unknown = “{ $model }” is no model that is known; it cannot be used.

# What the doctor tells of a model that works.

models-decodes = The speech model { $model } decodes.
models-decode-both = The speech model { $small } decodes commands, and { $free } free speech.
