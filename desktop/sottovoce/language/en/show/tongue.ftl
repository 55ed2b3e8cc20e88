# Languages of speech models, by name.

tongue-name = { $tag ->
    [ar] Arabic
    [br] Breton
    [ca] Catalan
    [cs] Czech
    [de] German
    [el] Greek
    [en] English
    [eo] Esperanto
    [es] Spanish
    [fa] Persian
    [fr] French
    [gu] Gujarati
    [hi] Hindi
    [it] Italian
    [ja] Japanese
    [ka] Georgian
    [kk] Kazakh
    [ko] Korean
    [ky] Kyrgyz
    [nl] Dutch
    [pl] Polish
    [pt] Portuguese
    [ru] Russian
    [sv] Swedish
    [te] Telugu
    [tg] Tajik
    [tl] Filipino
    [tr] Turkish
    [uk] Ukrainian
    [uz] Uzbek
    [vi] Vietnamese
    [zh] Chinese
   *[other] { $tag }
}
tongue-of-region = { $language } ({ $region ->
    [us] US
    [gb] British
    [in] Indian
    [tn] Tunisian
   *[other] { $region }
})
