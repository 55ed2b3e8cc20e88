# What `doctor` finds.

doctor-clock-is-well = The clock has not jumped.
