# What a value must be and is not, as it stands behind the value's name; never the value itself.

must-quoted = `{ $name }` { $why }
must-quoted-at-line = line { $line }: `{ $name }` { $why }
must-plain = { $name } { $why }
must-and = { $first }; { $rest }

must-be-text = must be text in quotes
must-be-whole = must be a whole number
must-be-number = must be a number
must-be-true-or-false = must be true or false
must-be-one-of = must be one of { $choices }
must-be-from-to = must be from { $low } to { $high }
must-be-line = must be one short line of text
must-not-be-empty = must not be empty
must-be-setting = is no setting
must-be-minisign-key = must be a minisign public key: the line that begins with RW

# Addresses.

must-be-networks = must be names and address ranges parted by commas, like nas, fritz.box, 100.64.0.0/10
must-be-model-address = must be an address like http://127.0.0.1:8080/v1
must-be-address-alone = must be an address alone, without a name, password or query
must-be-https = must begin with https: it is not in your own network (if it is, name it in `own_network`)
must-be-update-address = must be an https address, or one in your own network, without a name, password or query

# Fields of a user's context.

must-keys-be-text = Keys must be text
must-be-keepable = Only text, numbers, true, false, nothing, lists and maps can be kept
must-be-language = must be as in BCP 47, for example "en"
must-be-zone = must be a name of the IANA database, for example "Europe/Berlin"
must-be-personality = must be a Personality
must-be-short-text = must be text of at most { $most } characters
must-be-whole-at-least = must be a whole number, at least { $low }
must-be-whole-between = must be a whole number, from { $low } to { $high }
must-be-seconds = must be seconds since 1970
must-be-map = must be a map of at most { $most } entries
must-be-shallow = must be nested at most { $most } deep
must-be-few = must hold at most { $most } entries each

# Policies.

must-be-policy = is no policy
must-be-object = it is no JSON object
must-not-be-recommended = can't be recommended
must-be-whole-from-to = must be a whole number from { $low } to { $high }
must-be-any-text = must be text
must-be-paths = must be a list of absolute paths
must-be-patterns = must be a list of names or patterns of names
must-be-near-address = must be an https address, or one near here, without a name, password or query
must-be-proxy = must be an address like http://proxy.example:3128, without a name, password or query
must-be-path = must be an absolute path
must-be-public-key = must be an X25519 public key in base64
