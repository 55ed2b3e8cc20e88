# `sottovoce models`.

climodels-no-word = `models { $what }` needs no name.
climodels-one-word = `models { $what }` needs one name or path.
climodels-refresh-elsewhere = `--refresh` goes with `models list`.
climodels-installed = Installed:
climodels-begun = Begun: { $name }, { $size } are there; `sottovoce models install { $name }` goes on, `models remove` drops it.
climodels-offered = Can be installed:
climodels-nothing-offered = Nothing else can be installed.
climodels-shipped = shipped
climodels-linked = linked
climodels-in-use = in use
climodels-not-tried = not tried out yet
climodels-language-unknown = language unknown
climodels-licence-unknown = licence unknown
climodels-done = The model { $name } is installed and has been tried out.
climodels-to-use = To use it: `sottovoce settings set model { $name }`.
climodels-heard-only = It hears { $language }; questions in it are not answered, so it is of use for `transcribe`.
climodels-no-licence = Nothing in it tells under which licence it may be used.
climodels-all-here = Every model that the policy names is here.
climodels-imported = Installed: { $models }.
climodels-removed = The model { $name } is removed.
climodels-looking-up = Looking up the checksum
climodels-downloading = Downloading
climodels-checking = Checking
climodels-unpacking = Unpacking
climodels-proving = Trying it out
climodels-step-of = { $step } { $done } of { $total }
