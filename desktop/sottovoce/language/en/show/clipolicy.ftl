# `sottovoce policy`.

clipolicy-one-file = `policy check` takes one file, and `policy show` none.
clipolicy-none = There is no policy on this machine.
clipolicy-usable = It can be used.
clipolicy-reserved = reserved: there is nothing yet that it guards
clipolicy-user-chooses = the user chooses
clipolicy-on = on
clipolicy-off = off
clipolicy-nothing = none
clipolicy-recommended = recommended, { $place }
