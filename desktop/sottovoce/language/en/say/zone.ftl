# What time it is elsewhere. $day is "next", "before" or "same": the day there, beside the one here.

zone-time = { $manner ->
    [brief] { CLOCK($at) }.
   *[normal] { $day ->
        [next] It is { CLOCK($at) } in { $place }, on { WEEKDAY($at) } already.
        [before] It is { CLOCK($at) } in { $place }, still on { WEEKDAY($at) }.
       *[same] It is { CLOCK($at) } in { $place }.
    }
    [detailed] It is { CLOCK($at) } in { $place } on { DATE($at) }.
}
# $city is that of the zone.
zone-time-several = { $place } has several time zones. It is { CLOCK($at) } in { $city }{ $day ->
    [next] , on { WEEKDAY($at) } already
    [before] , still on { WEEKDAY($at) }
   *[same] {""}
}.
zone-in = It will be { CLOCK($at) }.
zone-unknown = I don't know a place called { $place }. Name a larger city or the country.
zone-which = Where?
zone-difference = { $side ->
    [same] { $place } and { $other } have the same time.
    [ahead] { $place } is { DURATION($length) } ahead of { $other }.
   *[behind] { $place } is { DURATION($length) } behind { $other }.
}
zone-difference-here = { $side ->
    [same] { $place } has the same time as you.
    [ahead] { $place } is { DURATION($length) } ahead of you.
   *[behind] { $place } is { DURATION($length) } behind you.
}
zone-then-here = When it is { CLOCK($at) } here, it is { CLOCK($there) } in { $place }.
zone-then = When it is { CLOCK($at) } in { $other }, it is { CLOCK($there) } in { $place }.
zone-here = { $side ->
    [same] Your time zone is { $zone }, the same as universal time.
    [ahead] Your time zone is { $zone }, { DURATION($length) } ahead of universal time.
   *[behind] Your time zone is { $zone }, { DURATION($length) } behind universal time.
}
zone-offer = What time is it in Tokyo?
