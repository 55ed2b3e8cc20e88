# `sottovoce egress`.

# en: be4bdfe0
cliegress-what = { $endpoint }  { $purpose }  { $bytes } Bytes
# en: 1d4eef9d
cliegress-nothing = Es wurde nie etwas irgendwohin gesendet.
