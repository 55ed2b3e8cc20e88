# `sottovoce api`.

cliapi-words = That is not what `api { $what }` takes.
    .remedy = Run `sottovoce api --help`.
cliapi-elsewhere = { $option } belongs to another command than `api { $what }`.
    .remedy = Run `sottovoce api --help`.
cliapi-not-served = The local API is not served.
cliapi-at = Served at { $address }
cliapi-no-bell = Timers, alarms and reminders do not ring here: only the tray application tells them.
cliapi-keys = { $count ->
    [0] There is no key that holds: `sottovoce api key create NAME` makes one.
    [one] One key holds.
   *[other] { $count } keys hold.
}
cliapi-new = A key for { $name }, which may: { $scopes }. It ends: { $end }.
cliapi-keep = It is shown this once: put it where the program that uses it finds it, and nobody else.
cliapi-never = never
cliapi-until = until { $end }
cliapi-endless = never ends
cliapi-revoked = revoked
cliapi-used = { $count ->
    [0] not used yet
    [one] used once, last { $last }
   *[other] used { $count } times, last { $last }
}
cliapi-no-keys = There are no keys.
cliapi-no-key = There is no such key that holds.
    .remedy = See `sottovoce api key list`.
cliapi-key-revoked = { $prefix } has ended.
cliapi-no-end = This is no moment to come.
    .remedy = Give it as `90d`, `12h`, `2026-12-31` or `never`.
cliapi-no-scope = There is no scope { $scope }.
    .remedy = These are there: { $scopes }.
