"""What a desk is made of: its options, the programs it needs, and their configurations."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

PartName = Literal[
    "Xvfb",
    "dbus",
    "pulseaudio",
    "pipewire",
    "wireplumber",
    "pipewire-pulse",
    "openbox",
    "dunst",
    "keyring",
    "tray",
    "sway",
    "weston",
    "keyboard",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskOptions:
    """Which desktop is wanted."""

    tray: Literal["xembed", "sni", "none"] = "xembed"
    """tint2 gives XEmbed, xfce4-panel gives StatusNotifierItem."""
    keyring: Literal["unlocked", "locked", "new", "none"] = "unlocked"
    """The Secret Service: ready; with a locked collection; without any collection yet; absent."""
    prompter: bool = False
    """Whether a locked keyring can ask for its password: then a caller blocks until somebody answers."""
    notifications: bool = True
    audio: bool = True
    sound: Literal["pulseaudio", "pipewire"] = "pulseaudio"
    """The sound server. PipeWire comes with its session manager and with PulseAudio's protocol, as desktops have it."""
    keep: bool = False
    """Whether the desk's folder outlives it."""
    logs: Path | None = None
    """Where the parts' logs go; in the desk's own folder if not said."""


# The program, and Debian's package for it.
BASE = {
    "Xvfb": "xvfb",
    "dbus-daemon": "dbus-daemon",
    "dbus-send": "dbus-bin",
    "import": "imagemagick",
    "openbox": "openbox",
    "setpriv": "util-linux",
    "xdotool": "xdotool",
    "xprop": "x11-utils",
}
AUDIO = {
    "espeak-ng": "espeak-ng",
    "paplay": "pulseaudio-utils",
    "parec": "pulseaudio-utils",
    "pactl": "pulseaudio-utils",
}
SOUND = {"pulseaudio": {"pulseaudio": "pulseaudio"}, "pipewire": {"pipewire": "pipewire", "wireplumber": "wireplumber"}}
KEYRING = {"gnome-keyring-daemon": "gnome-keyring", "secret-tool": "libsecret-tools"}
NOTIFICATIONS = {"dunst": "dunst"}
TRAY = {"xembed": {"tint2": "tint2"}, "sni": {"xfce4-panel": "xfce4-panel"}, "none": {}}


def missing_packages(options: DeskOptions) -> list[str]:
    """Debian packages that this desk would need and that are not there, as "package (program)"."""
    needed = BASE | TRAY[options.tray]
    if options.audio:
        needed |= AUDIO | SOUND[options.sound]
    if options.keyring != "none":
        needed |= KEYRING
    if options.notifications:
        needed |= NOTIFICATIONS
    return [f"{package} ({program})" for program, package in needed.items() if shutil.which(program) is None]


# Folders of the desk's own that programs learn of through the environment.
HOMES = {
    "HOME": "home",
    "TMPDIR": "tmp",
    "XDG_CACHE_HOME": "home/.cache",
    "XDG_CONFIG_HOME": "home/.config",
    "XDG_DATA_HOME": "home/.local/share",
    "XDG_RUNTIME_DIR": "run",
    "XDG_STATE_HOME": "home/.local/state",
}
# Variables that would lead a program out of the desk, into the real session.
FOREIGN = (
    "DBUS_",
    "GNOME_KEYRING",
    "PIPEWIRE_",
    "PULSE_",
    "QT_",
    "SOTTOVOCE_",
    "SSH_AUTH",
    "WAYLAND_",
    "XAUTHORITY",
    "XDG_CURRENT",
    "XDG_SESSION",
)
FIXED = {
    "LANG": "C.UTF-8",
    "LC_ALL": "C.UTF-8",
    "LIBGL_ALWAYS_SOFTWARE": "1",
    "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
    "QT_QPA_PLATFORM": "xcb",
    "XDG_CURRENT_DESKTOP": "deskbox",
    "XDG_SESSION_TYPE": "x11",
}

SPEECH_FORMAT = ("--latency-msec=20", "--format=s16le", "--rate=16000", "--channels=1")

BUS_CONFIG = """\
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <keep_umask/>
  <listen>unix:path={root}/run/bus</listen>
  <auth>EXTERNAL</auth>
  <servicedir>{root}/services</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""

PULSEAUDIO = (
    "pulseaudio",
    "-n",
    "--daemonize=no",
    "--use-pid-file=no",
    "--exit-idle-time=-1",
    "--log-target=stderr",
    "--high-priority=no",
    "--realtime=no",
    "--load=module-native-protocol-unix auth-anonymous=1",
)
# As Debian's package pipewire-pulse has it, without what a desk doesn't need.
PIPEWIRE_PULSE = """\
context.spa-libs = { audio.convert.* = audioconvert/libspa-audioconvert, support.* = support/libspa-support }
context.modules = [
  { name = libpipewire-module-protocol-native }
  { name = libpipewire-module-client-node }
  { name = libpipewire-module-adapter }
  { name = libpipewire-module-metadata }
  { name = libpipewire-module-protocol-pulse args = { } }
]
pulse.properties = { server.address = [ "unix:native" ] }
"""
# Without `norewinds` PulseAudio renders the first 2 s of such a sink at its birth: what is heard of it comes late.
SPEAKER_MODULE = (
    "module-null-sink",
    "sink_name=speaker",
    "rate=48000",
    "norewinds=1",
    "sink_properties=device.description=VirtualSpeaker",
)
MIC_FEED_MODULE = (
    "module-null-sink",
    "sink_name=mic_in",
    "rate=48000",
    "norewinds=1",
    "sink_properties=device.description=VirtualMicFeed",
)
MIC_MODULE = (
    "module-remap-source",
    "master=mic_in.monitor",
    "source_name=virtmic",
    "source_properties=device.description=VirtualMic",
)

TINT2_CONFIG = """\
panel_items = TS
panel_position = bottom center horizontal
panel_size = 100% 32
systray_icon_size = 24
"""

DUNST_CONFIG = """\
[global]
 origin = top-right
 offset = 8x8
 width = 340
 font = DejaVu Sans 10
 dmenu = /bin/false
 mouse_left_click = do_action, close_current
"""

XFCE_CONFIG = """\
<?xml version="1.0"?>
<channel name="xfce4-panel" version="1.0">
  <property name="configver" type="int" value="2"/>
  <property name="panels" type="array">
    <value type="int" value="1"/>
    <property name="panel-1" type="empty">
      <property name="position" type="string" value="p=10;x=0;y=0"/>
      <property name="length" type="uint" value="100"/>
      <property name="position-locked" type="bool" value="true"/>
      <property name="size" type="uint" value="32"/>
      <property name="plugin-ids" type="array"><value type="int" value="1"/></property>
    </property>
  </property>
  <property name="plugins" type="empty"><property name="plugin-1" type="string" value="systray"/></property>
</channel>
"""
