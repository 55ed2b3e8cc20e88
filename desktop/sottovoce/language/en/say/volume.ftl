# How loud the computer is.

volume-offer = Turn up the volume.
volume-now = { $manner ->
    [brief] { $percent } percent.
   *[normal] The volume is at { $percent } percent.
}
volume-is-muted = The sound is muted; the volume is at { $percent } percent.
volume-most = { $manner ->
    [brief] 100 percent.
   *[normal] The volume is at its loudest.
}
volume-muted = The sound is muted.
volume-unmuted = { $manner ->
    [brief] The sound is on.
   *[normal] The sound is on again, at { $percent } percent.
}
volume-to-what = To how many percent shall I set the volume?
