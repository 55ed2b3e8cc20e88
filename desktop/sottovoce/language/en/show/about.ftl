# What this program is.

about-title = About Sottovoce
about-version = Sottovoce { $version }
about-promise = Speech is understood on this machine, and what was said is kept encrypted on it. Nothing leaves it unless you name where to.
about-licence = &Licence:
about-licence-value = Licence: { $value }
about-home = &Encrypted data:
about-home-value = Encrypted data: { $value }
about-settings = Settings:
about-settings-value = Settings: { $value }
about-logs = L&ogs:
about-logs-value = Logs: { $value }
about-model = Speech &model:
about-model-value = Speech model: { $value }
about-turns = L&ast answers:
about-turns-value = Last answers: { $value }
