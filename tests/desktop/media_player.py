"""A player as desktops have them (MPRIS), which tells each change on stdout.

python -m tests.desktop.media_player NAME STATUS
"""

import sys

from jeepney import HeaderFields, MessageType, message_bus, new_error, new_method_return
from jeepney.io.blocking import open_dbus_connection

CHANGES = {"Pause": "Paused", "Play": "Playing", "Stop": "Stopped"}


def main() -> None:
    name, status = sys.argv[1:]
    bus = open_dbus_connection("SESSION")
    bus.send_and_get_reply(message_bus.RequestName(f"org.mpris.MediaPlayer2.{name}"))
    sys.stdout.write(f"{status}\n")
    sys.stdout.flush()
    while True:
        message = bus.receive()
        if message.header.message_type is not MessageType.method_call:
            continue
        member = message.header.fields[HeaderFields.member]
        if member == "Get":
            answer = new_method_return(message, "v", (("s", status),))
        elif member in CHANGES:
            status = CHANGES[member]
            sys.stdout.write(f"{status}\n")
            sys.stdout.flush()
            answer = new_method_return(message)
        else:
            answer = new_error(message, "org.freedesktop.DBus.Error.UnknownMethod")
        bus.send(answer)


if __name__ == "__main__":
    main()
