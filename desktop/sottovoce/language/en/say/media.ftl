# Music and films that other programs play.

media-offer = What is playing?
media-plays = { $manner ->
    [brief] Playing.
   *[normal] { $player } is playing.
}
media-plays-what = { $manner ->
    [brief] { $what }.
   *[normal] Playing { $what }.
    [detailed] { $player } is playing { $what }.
}
media-what = { $title } by { $artist }
media-what-alone = { $title }
media-is-paused = { $player } is paused at { $what }.
media-paused = Paused.
media-next = The next one.
media-previous = The one before.
media-again = From the beginning.
media-forward = { LENGTH($seconds) } further.
media-back = { LENGTH($seconds) } back.
media-shuffled = In any order from now on.
media-in-order = In order from now on.
media-nothing-plays = Nothing is playing.
media-none = No player is open that I could reach. Open one first, then I can play, pause and skip.
media-by-name = I can't look for music. { $player } can go on with what it has: say “play”.
media-by-name-none = I can't look for music. Open a player and choose it there; then I can pause it, go on and skip.
