"""iCalendar files (RFC 5545): read and written in a helper process, a folder of them watched and only read."""
