# `sottovoce upkeep` and `sottovoce clock`.

cliupkeep-backup = today's backup was made
cliupkeep-unfinished = what was erased is gone from files and backups, too
cliupkeep-messages = { $messages } messages had been kept for as long as is set, and were erased
cliupkeep-replaced = what a restore had replaced was removed
cliupkeep-nothing = nothing was due
cliupkeep-clock-believed = The clock says { $now }, and is believed.
cliupkeep-clock-accepted = The clock is believed as it is.
cliupkeep-clock-not-doubted = The clock was not in doubt.
