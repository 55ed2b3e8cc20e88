# What can't be done on this desktop.

desktop-forbidden = Your administrator has forbidden that.
