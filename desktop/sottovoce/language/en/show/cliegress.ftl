# `sottovoce egress`.

cliegress-what = { $endpoint }  { $purpose }  { $bytes } bytes
cliegress-nothing = Nothing was ever sent anywhere.
