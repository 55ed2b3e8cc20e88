# The machine itself.

system-offer = How much battery is left?
system-battery = The battery is at { $percent } percent{ $how ->
    [low] : it should be charged soon.
   *[enough] .
}
system-battery-left = { $manner ->
    [brief] { $percent } percent.
   *[normal] The battery is at { $percent } percent, enough for about { LENGTH($left_s) }{ $how ->
        [low] : it should be charged soon.
       *[enough] .
    }
}
system-charging = { $percent ->
    [100] The battery is full and plugged in.
   *[other] The battery is charging, at { $percent } percent.
}
system-charging-until = The battery is charging, at { $percent } percent; it is full in about { LENGTH($left_s) }.
system-no-battery = This computer has no battery.
system-online = You are online.
system-offline = You are not connected to any network.
system-wireless = You are online, in the wireless network { $what }.
system-wireless-signal = { $manner ->
    [brief] You are online, in the wireless network { $what }.
   *[normal] You are online, in the wireless network { $what }, at { $percent } percent of its strength.
}
system-addresses = This computer's address is { LIST($addresses) }.
system-disk = { NUMBER($free) } of { NUMBER($total) } gigabytes are free{ $how ->
    [little] : that is little, so it is time to clear something away.
   *[enough] .
}
system-memory = { NUMBER($free) } of { NUMBER($total) } gigabytes of memory are free.
system-load = The processors are { $percent } percent busy.
system-uptime = This computer has been on for { LENGTH($up_s) }.
system-brightness = { $manner ->
    [brief] { $percent } percent.
   *[normal] The screen is at { $percent } percent.
}
system-brightness-to-what = To how many percent shall I set the brightness?
system-quiet = No notifications from now on, until you say “turn off do not disturb”.
system-not-quiet = Notifications are shown again.
system-no-off = I don't switch the computer off, restart it or end the session: unsaved work would be lost. You can say “put the computer to sleep”.
system-no-radio = I can't turn wireless or Bluetooth on or off yet. Your desktop's own menu can.
system-ask-screenshot = Shall I take a picture of the screen when you say so?
system-screenshot = The picture of the screen is in { $folder }, as { $file }.
system-ask-lock = Shall I lock the screen when you say so?
system-locked = The screen is locked.
system-ask-sleep = Shall I put the computer to sleep now?
system-sleeps = Good night.
