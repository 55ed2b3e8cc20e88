# A shared library that windows need and the system lacks: told in a terminal, before there is any window.

libraries-missing = A library that windows need is missing: { $library }.
libraries-missing-and-more = A library that windows need is missing: { $library } (and { $count } more).
libraries-install-again = Install Sottovoce again: a part of it is missing or does not fit this machine.
libraries-apt = Install it: sudo apt-get install { $packages }
libraries-dnf = Install it: sudo dnf install { $packages }
libraries-zypper = Install it: sudo zypper install { $packages }
libraries-carried = Install the packages of your system that carry { $libraries }.
