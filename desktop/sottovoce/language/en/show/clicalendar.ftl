# `sottovoce calendar`.

clicalendar-words = That is not what `calendar { $what }` takes.
    .remedy = Run `sottovoce calendar --help`.
clicalendar-since-elsewhere = `--since` and `--until` belong to `calendar list`.
clicalendar-none = There is nothing in the calendar then.
clicalendar-no-day = “{ $text }” is no day.
    .remedy = Write it like 2026-11-30.
clicalendar-too-far = The last day lies before the first, or more than ten years behind it.
    .remedy = Name days that lie nearer.
clicalendar-also = At the same time: { $title }
clicalendar-no-time = A title and a time are needed.
    .remedy = For example: lunch with anna tomorrow at one.
clicalendar-removed = Taken out of the calendar: { $title }
clicalendar-no-event = There is no event of this user whose id begins like that.
    .remedy = See `sottovoce calendar list`; events of watched files are changed in the program they come from.
clicalendar-imported = { $events ->
    [one] { $events } event is in the calendar now, { $new } of it new.
   *[other] { $events } events are in the calendar now, { $new } of them new.
}
clicalendar-exported = { $events ->
    [one] { $events } event was written, in clear: { $file }
   *[other] { $events } events were written, in clear: { $file }
}
