# When the sun rises and sets.

# en: 8383c1c3
sun-times = { $manner ->
    [brief] { CLOCK($rise) } bis { CLOCK($fall) }.
   *[normal] { $which ->
        [today] In { $place } geht die Sonne heute um { CLOCK($rise) } auf und um { CLOCK($fall) } unter.
       *[other] In { $place } geht die Sonne am { DATE($day, case: "dative") } um { CLOCK($rise) } auf und um { CLOCK($fall) } unter.
    }
}
# en: 4d7587d5
sun-always = In { $place } geht die Sonne am { DATE($day, case: "dative") } nicht unter.
# en: 5305ce0c
sun-never = In { $place } geht die Sonne am { DATE($day, case: "dative") } nicht auf.
# en: 8c9a5b57
sun-where = Ich weiß nicht, wo du bist. Sag zum Beispiel: mein Standort ist Berlin.
# en: 9dcee62c
sun-not-exactly = Ich weiß nicht genau, wo { $place } liegt. Du kannst nach { $city } fragen.
# en: 3b867a85
sun-placed = Ich nehme { $place } als deinen Ort.
# en: 83d4ccd1
sun-too-far = Das sage ich nur für ein Jahr voraus oder zurück.
# en: dffc945c
sun-offer = Wann geht die Sonne unter?
