# Sprachen von Spracherkennungsmodellen, mit Namen.

# en: d0b51621
tongue-name = { $tag ->
    [ar] Arabisch
    [br] Bretonisch
    [ca] Katalanisch
    [cs] Tschechisch
    [de] Deutsch
    [el] Griechisch
    [en] Englisch
    [eo] Esperanto
    [es] Spanisch
    [fa] Persisch
    [fr] Französisch
    [gu] Gujarati
    [hi] Hindi
    [it] Italienisch
    [ja] Japanisch
    [ka] Georgisch
    [kk] Kasachisch
    [ko] Koreanisch
    [ky] Kirgisisch
    [nl] Niederländisch
    [pl] Polnisch
    [pt] Portugiesisch
    [ru] Russisch
    [sv] Schwedisch
    [te] Telugu
    [tg] Tadschikisch
    [tl] Filipino
    [tr] Türkisch
    [uk] Ukrainisch
    [uz] Usbekisch
    [vi] Vietnamesisch
    [zh] Chinesisch
   *[other] { $tag }
}
# en: bd1d3616
tongue-of-region = { $language } ({ $region ->
    [us] USA
    [gb] britisch
    [in] indisch
    [tn] tunesisch
   *[other] { $region }
})
