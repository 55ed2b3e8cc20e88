# When the sun rises and sets.

sun-times = { $manner ->
    [brief] { CLOCK($rise) } to { CLOCK($fall) }.
   *[normal] { $which ->
        [today] In { $place } the sun rises at { CLOCK($rise) } and sets at { CLOCK($fall) } today.
       *[other] In { $place } the sun rises at { CLOCK($rise) } and sets at { CLOCK($fall) } on { DATE($day) }.
    }
}
sun-always = In { $place } the sun does not set on { DATE($day) }.
sun-never = In { $place } the sun does not rise on { DATE($day) }.
sun-where = I don't know where you are. Say, for example: my location is Berlin.
sun-not-exactly = I don't know where { $place } lies exactly. You can ask for { $city }.
sun-placed = I will take { $place } as your place.
sun-too-far = I tell that for a year ahead or back only.
sun-offer = When does the sun set?
