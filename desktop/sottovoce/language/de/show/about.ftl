# Was dieses Programm ist.

# en: 358e29d7
about-title = Über Sottovoce
# en: 97b72a26
about-version = Sottovoce { $version }
# en: 18754fae
about-promise = Was du sagst, wird auf diesem Rechner verstanden und hier verschlüsselt aufbewahrt. Nichts davon verlässt ihn, außer du nennst ein Ziel.
# en: c6941e52
about-licence = &Lizenz:
# en: d226abdb
about-licence-value = Lizenz: { $value }
# en: ae075fd5
about-home = V&erschlüsselte Daten:
# en: 39379e7c
about-home-value = Verschlüsselte Daten: { $value }
# en: c08e7b93
about-settings = Einstellungen:
# en: 4939c01d
about-settings-value = Einstellungen: { $value }
# en: 9fb3e218
about-logs = Pr&otokolle:
# en: 49cff301
about-logs-value = Protokolle: { $value }
# en: 54d882b3
about-model = Spracherkennungs&modell:
# en: 106b3085
about-model-value = Spracherkennungsmodell: { $value }
# en: 2c431d4f
about-turns = Letzte Antwo&rten:
# en: a5932e76
about-turns-value = Letzte Antworten: { $value }
