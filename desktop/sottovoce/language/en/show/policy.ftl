# What is told about settings that the administrator of the machine has decided, or limits.

policy-decided = Your administrator has decided this.
policy-turned-on = Your administrator has turned this on.
policy-turned-off = Your administrator has turned this off.
policy-keeps-days = Your administrator lets messages be kept for { $days } days at most.
policy-asks-nobody = Your administrator lets no language model be asked.
policy-asks-device = Your administrator lets only language models on this machine be asked.
policy-asks-network = Your administrator lets only language models in your own network be asked.
policy-asks-any = Your administrator lets any language model be asked.
policy-asks-addresses = Your administrator lets only some addresses be asked.
policy-asks-models = Your administrator lets only some language models be asked.
policy-no-preroll = Your administrator lets no sound be kept from before a press.
policy-no-api = Your administrator does not let the local API be served.
policy-no-wyoming = Your administrator does not let the Wyoming protocol be served.
policy-no-traces = Your administrator lets no times of turns be sent to a collector.
policy-no-updates = Your administrator lets nobody be asked for newer versions.
policy-unreadable = a policy that can't be read
policy-both = { $first } { $rest }
