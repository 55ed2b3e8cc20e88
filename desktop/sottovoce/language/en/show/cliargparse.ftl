# What Python's argparse says of a command line by itself. English is what it asks for, letter by letter; %s and the
# like are filled in by it and have to be in every language.

cliargparse-usage = usage:{" "}
cliargparse-arguments = positional arguments
cliargparse-options = options
cliargparse-help = show this help message and exit
cliargparse-argument = argument %(argument_name)s: %(message)s
cliargparse-required = the following arguments are required: %s
cliargparse-one-required = one of the arguments %s is required
cliargparse-unrecognized = unrecognized arguments: %s
cliargparse-not-allowed-with = not allowed with argument %s
cliargparse-takes-no-value = ignored explicit argument %r
cliargparse-one-expected = expected one argument
cliargparse-some-expected = expected at least one argument
cliargparse-no-choice = invalid choice: %(value)r (choose from %(choices)s)
cliargparse-no-value = invalid %(type)s value: %(value)r
