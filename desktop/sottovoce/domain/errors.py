"""Every failure a user can meet: a code, one calm sentence, and what to do about it.

    SottovoceError
    ├── UsageWrong                      the command was called wrongly                           exit 2
    ├── Trouble                         the surroundings failed; the program did what it could   exit 1
    │   ├── SoundTrouble                MicrophoneMissing  MicrophoneLost  MicrophoneSilent  HeldTooLong
    │   │                               MicrophoneTooQuiet  MicrophoneTooLoud  MicrophoneCutOff  RecordingUnusable
    │   ├── ModelTrouble                ModelMissing (3)  ModelBroken (3)  ModelForeign (3)  RecognizerHung (1)
    │   │                               ModelLoading (1)
    │   ├── ModelsTrouble               ModelUnknown  ModelThere  ModelInUse  ModelsBusy  ModelsForbidden (3)
    │   │                               ModelsFull  ModelsUnwritable  ArchiveUnsafe  ArchiveUnreadable
    │   │                               DownloadTrouble: DownloadUnreachable  DownloadStalled  DownloadRefused
    │   │                               DownloadBroken  DownloadAltered
    │   ├── SpeechTrouble               VoiceMissing  VoiceLost  VoiceUnknown
    │   ├── HotkeyTrouble               HotkeyTaken  HotkeyUnknown  HotkeyForbidden  HotkeyUnsupported
    │   ├── StoreTrouble                StoreInUse  StoreMissing (3)  StoreUnreadable  StoreDamaged  StoreTooNew (3)
    │   │                               StoreFull  StoreReadOnly  StoreReplaced  StoreFailed
    │   │                               StoreLogForeign  StoreLogLost  KeyFileRestored  StoreLinked (3)
    │   │                               BackupsUnreachable (3)
    │   │                               StoreSteppedBack  StoreParted  StoreElsewhere  KeyFileSteppedBack
    │   │                               AuditTrouble: AuditShortened  AuditAltered  AuditUnanchored
    │   │                               BackupTrouble: NotABackup  BackupDamaged  BackupTooNew (3)  BackupLocked (3)
    │   │                               ImportTrouble: NotAnExport  ExportDamaged  ExportTooNew (3)
    │   │                               CopyTrouble: CopiesFound  CopyLocked (3)  CopyUnreadable  NoCopies
    │   ├── KeyTrouble (3)              KeyringMissing  KeyringLocked  KeyringSilent  KeyringFailed
    │   │                               KeyMissing  KeyWrong  KeyFileDamaged  PassphraseWrong  RecoveryCodeWrong
    │   │                               RecoveryCodeMistyped (1)  RecoveryCodeMissing  PassphraseWeak (1)
    │   │                               KeyChangeRefused (1)
    │   ├── ClockDoubted  UpkeepDue  PolicyUnusable (3)  EmbedderBroken (3)
    │   ├── BackupsForbidden (3)        BackupsElsewhereForbidden (3)
    │   ├── ExportForbidden (3)  EraseForbidden (3)
    │   ├── EscrowTrouble               EscrowUnwritable  EscrowUnreadable  EscrowKeyWrong  CodeEscrowed
    │   ├── LanguageModelTrouble        LanguageModelMissing  LanguageModelSilent  LanguageModelRefused
    │   │                               LanguageModelBusy  LanguageModelFailed  LanguageModelForbidden (3)
    │   ├── UpdateTrouble               UpdatesOff  UpdatesForbidden (3)  UpdateUnreachable  UpdateSilent
    │   │                               UpdateRefused  UpdateForged  UpdateOld  UpdateUnreadable  UpdateThere
    │   ├── KnowledgeTrouble            KnowledgeForbidden (3)
    │   │                               KnowledgeUnwatched  KnowledgeMisnamed  KnowledgeTooDeep  KnowledgeGone
    │   │                               ReaderMissing  DocumentGone
    │   │                               DocumentTrouble: DocumentUnreadable  DocumentForbidden  DocumentLocked
    │   │                               DocumentEmpty  DocumentTooLarge  DocumentNotText  DocumentScrambled
    │   │                               DocumentPartial
    │   ├── NotRunning                  AppSilent
    │   ├── SettingsUnusable (3)  SettingLocked  PlacesUnusable (3)  ScreenMissing (3): QtLibraryMissing
    │   ├── StillRunning  StillStarting  NotConfirmed  Interrupted  TooMuch  OutputUnwritable
    │   └── ThingNotFound  DemoFailed
    └── Bug                             our mistake; logged with a trace, shown as one calm line exit 1

A sentence never holds what was said, nor any key: only names of parts, files and settings.
"""

from __future__ import annotations

from typing import ClassVar


class SottovoceError(Exception):
    """What went wrong and what helps, ready to be shown.

    Attributes:
        code: Stable, machine-readable name (`microphone-missing`), part of the public contract.
        sentence: What happened, one sentence.
        remedy: What the user can do, one sentence.
        exit_code: What a command that ends with this error returns to the shell.
    """

    code: ClassVar[str] = "failed"
    exit_code: ClassVar[int] = 1
    default_sentence: ClassVar[str] = "Something did not work."
    default_remedy: ClassVar[str] = "Run `sottovoce doctor` to see which part is in trouble."

    def __init__(self, sentence: str | None = None, remedy: str | None = None) -> None:
        """Take the class's words unless a caller knows better ones."""
        self.sentence = sentence or self.default_sentence
        self.remedy = remedy or self.default_remedy
        super().__init__(f"{self.sentence} {self.remedy}")


class UsageWrong(SottovoceError):
    """The command line, or a request, is not of the form it must have."""

    code = "usage-wrong"
    exit_code = 2
    default_sentence = "That is not how this command is called."
    default_remedy = "Run `sottovoce --help` for the right form."


class Trouble(SottovoceError):
    """The surroundings failed: a device, a file, a service."""


class Bug(SottovoceError):
    """A mistake of ours, told calmly; its trace is in the log."""

    code = "bug"
    default_sentence = "Something went wrong inside Sottovoce."
    default_remedy = "Nothing acknowledged is lost; the log folder holds the details, without a word of what was said."


# Sound in


class SoundTrouble(Trouble):
    """Sound could not be taken in."""


class MicrophoneMissing(SoundTrouble):
    """No input device at all, or no sound server."""

    code = "microphone-missing"
    default_sentence = "No microphone was found."
    default_remedy = "Plug one in or choose one in the sound settings, then press again."


class MicrophoneLost(SoundTrouble):
    """The microphone was there and went away, or stopped delivering, while listening."""

    code = "microphone-lost"
    default_sentence = "The microphone stopped while you were talking."
    default_remedy = "Check its plug or the sound settings, then press again."


class MicrophoneCutOff(MicrophoneLost):
    """The microphone went away in the middle; what it had delivered before was understood."""

    code = "microphone-cut-off"
    default_sentence = "The microphone stopped while you were talking; what you said until then is answered."
    default_remedy = "Check its plug or the sound settings, then press again for the rest."


class MicrophoneSilent(SoundTrouble):
    """The microphone delivers nothing but digital zeros."""

    code = "microphone-silent"
    default_sentence = "The microphone delivers no sound at all."
    default_remedy = "It may be muted: unmute it in the sound settings or on the device, then press again."


class MicrophoneTooQuiet(SoundTrouble):
    """Speech came, and so quietly that words are lost."""

    code = "microphone-too-quiet"
    default_sentence = "You are hard to hear: the microphone is set very low, or far away."
    default_remedy = "Turn the microphone up in the sound settings, or talk closer to it."


class MicrophoneTooLoud(SoundTrouble):
    """The voice is cut off at full scale."""

    code = "microphone-too-loud"
    default_sentence = "Your voice is distorted: the microphone is set too loud."
    default_remedy = "Turn the microphone down in the sound settings, or talk from a little further away."


class HeldTooLong(SoundTrouble):
    """The key was held for longer than is listened to at once."""

    code = "held-too-long"
    default_sentence = "You talked for longer than is listened to at once; what you said until then is answered."
    default_remedy = "Let go, and press again to go on."


class RecordingUnusable(SoundTrouble):
    """A file that was to be listened to holds no usable sound."""

    code = "recording-unusable"
    default_sentence = "This file holds no sound that can be read."
    default_remedy = "Give a complete WAV file."


# Recognition


class ModelTrouble(Trouble):
    """The speech model can't be used."""

    exit_code = 3


class ModelMissing(ModelTrouble):
    """There is no speech model at the place named."""

    code = "model-missing"
    default_sentence = "There is no speech model."
    default_remedy = (
        "`sottovoce models` lists what is there and what can be had; remove `model` from settings.toml to use the one"
        " that ships."
    )


class ModelBroken(ModelTrouble):
    """A model folder is there, but files are missing or can't be read."""

    code = "model-broken"
    default_sentence = "The speech model's folder is not complete."
    default_remedy = "Unpack the model again, or remove `model` from settings.toml to use the one that ships."


class ModelForeign(ModelTrouble):
    """A folder holds a model of another program or kind."""

    code = "model-foreign"
    default_sentence = "This folder holds a model of another program."
    default_remedy = "Choose a Vosk or Moonshine model: `sottovoce models list` shows what can be installed."


class ModelLoading(ModelTrouble):
    """A large model is still being loaded, and nobody can wait for it any longer."""

    code = "model-loading"
    exit_code = 1
    default_sentence = "The speech model is still being loaded."
    default_remedy = "Press and say it again in a moment; a smaller model is there at once."


class RecognizerHung(ModelTrouble):
    """No final text came in time."""

    code = "recognizer-hung"
    exit_code = 1
    default_sentence = "The words could not be recognised in time."
    default_remedy = "Press and say it again; if it stays so, quit Sottovoce and start it anew."


# Getting models


class ModelsTrouble(Trouble):
    """A model could not be listed, installed, imported or removed."""


class ModelUnknown(ModelsTrouble):
    """There is no model of that name."""

    code = "model-unknown"
    default_sentence = "There is no model of this name."
    default_remedy = "See `sottovoce models list`; `sottovoce models list --refresh` fetches the newest list."


class ModelThere(ModelsTrouble):
    """A model of that name is installed already."""

    code = "model-there"
    default_sentence = "A model of this name is installed already."
    default_remedy = "Remove it first if it is damaged: `sottovoce models remove NAME`."


class ModelInUse(ModelsTrouble):
    """The model is the one that is set."""

    code = "model-in-use"
    default_sentence = "This model is in use."
    default_remedy = "Choose another one first: `sottovoce settings set model NAME`."


class ModelsBusy(ModelsTrouble):
    """Another model is being installed, here or in another process."""

    code = "models-busy"
    default_sentence = "A model is being installed just now."
    default_remedy = "Wait until that is done, or end it."


class ModelsForbidden(ModelsTrouble):
    """The administrator does not let this model be installed."""

    code = "models-forbidden"
    exit_code = 3
    default_sentence = "Your administrator does not let this model be installed."
    default_remedy = "`sottovoce policy show` tells which ones may be."


class ModelsFull(ModelsTrouble):
    """There is too little room for the model."""

    code = "models-full"
    default_sentence = "There is too little room on the disk for this model."
    default_remedy = "Make room, or let `models/` be a link to a folder on another disk, and try again."


class ModelsUnwritable(ModelsTrouble):
    """The folder of models can't be read or written."""

    code = "models-unwritable"
    default_sentence = "The folder of models cannot be used."
    default_remedy = "Check that it is there, is yours, and that its disk works."


class ArchiveUnsafe(ModelsTrouble):
    """An archive holds what no model needs and what could do harm when unpacked."""

    code = "archive-unsafe"
    default_sentence = "This archive is not safe to unpack."
    default_remedy = "Get the model from where it was published; nothing of this one was kept."


class ArchiveUnreadable(ModelsTrouble):
    """A file is no archive, or is damaged."""

    code = "archive-unreadable"
    default_sentence = "This file is no archive that can be unpacked, or it is damaged."
    default_remedy = "Give a zip, tar, tar.gz, tar.bz2 or tar.xz file, or a folder."


class DownloadTrouble(ModelsTrouble):
    """A file could not be had over the network."""


class DownloadUnreachable(DownloadTrouble):
    """The server can't be reached."""

    code = "download-unreachable"
    default_sentence = "The server of the models cannot be reached."
    default_remedy = (
        "Check the network and try again; a file that you have already goes in by `sottovoce models import FILE`."
    )


class DownloadStalled(DownloadTrouble):
    """The server sends nothing any more, or too slowly to ever end."""

    code = "download-stalled"
    default_sentence = "The server has stopped sending."
    default_remedy = "Run the same command again: it goes on where it was."


class DownloadRefused(DownloadTrouble):
    """The server answers with something else than the file, or sends us elsewhere."""

    code = "download-refused"
    default_sentence = "The server does not give the file."
    default_remedy = "Fetch the newest list (`sottovoce models list --refresh`) and try again."


class DownloadBroken(DownloadTrouble):
    """The connection broke again and again."""

    code = "download-broken"
    default_sentence = "The connection to the server broke again and again."
    default_remedy = "Run the same command again: it goes on where it was."


class DownloadAltered(DownloadTrouble):
    """The file is not the one that the list means."""

    code = "download-altered"
    default_sentence = "The file that came is not the one that was published: its checksum differs."
    default_remedy = "Nothing of it was kept. Try again later; if it stays so, tell who runs the server."


# Speech out


class SpeechTrouble(Trouble):
    """Nothing can be said aloud; answers are still shown."""


class VoiceMissing(SpeechTrouble):
    """The speech engine, or the program that plays its sound, is not installed."""

    code = "voice-missing"
    default_sentence = "Answers cannot be spoken: the speech engine is not installed."
    default_remedy = "Install the packages libespeak-ng1 and alsa-utils; answers are shown meanwhile."


class VoiceUnknown(SpeechTrouble):
    """The voice that is named in the settings is not installed; the system's default speaks."""

    code = "voice-unknown"
    default_sentence = "The voice named in the settings is not there, so the default one speaks."
    default_remedy = "Correct `voice` in the settings (`espeak-ng --voices` lists them), or leave it empty."


class VoiceLost(SpeechTrouble):
    """The speech worker died or fell silent in the middle."""

    code = "voice-lost"
    default_sentence = "The voice stopped working in the middle of an answer."
    default_remedy = "The whole answer is shown; check the sound settings if this happens again."


# Hotkey


class HotkeyTrouble(Trouble):
    """The key to talk can't be used; the commands press and release still work."""


class HotkeyTaken(HotkeyTrouble):
    """Another program has grabbed the key."""

    code = "hotkey-taken"
    default_sentence = "Another program already uses the key to talk."
    default_remedy = (
        "Choose another `hotkey` in the settings, or free it there; the menu and `sottovoce press` work meanwhile."
    )


class HotkeyUnknown(HotkeyTrouble):
    """The setting names no key of this keyboard."""

    code = "hotkey-unknown"
    default_sentence = "The setting `hotkey` names no key that exists here."
    default_remedy = 'Write it like "Ctrl+Alt+Space" in the settings.'


class HotkeyForbidden(HotkeyTrouble):
    """The system lets this program see no keys until its user allows it."""

    code = "hotkey-forbidden"
    default_sentence = "macOS does not let Sottovoce see the key to talk until you allow it."
    default_remedy = (
        "Open System Settings, Privacy & Security; under Accessibility and under Input Monitoring switch Sottovoce on "
        "(or the terminal that started it), and start Sottovoce again. Meanwhile Talk in the menu works."
    )


class HotkeyUnsupported(HotkeyTrouble):
    """This desktop gives programs no global keys."""

    code = "hotkey-unsupported"
    default_sentence = "This desktop does not let programs grab a key."
    default_remedy = (
        "Bind `sottovoce press` (not repeated) and `sottovoce release`, or `sottovoce toggle`, to a key in the "
        "settings of the desktop."
    )


# Store


class StoreTrouble(Trouble):
    """The encrypted store can't be used; its files are left as they are."""


class StoreInUse(StoreTrouble):
    """Another process has this home open."""

    code = "store-in-use"
    default_sentence = "Another Sottovoce process is using this home."
    default_remedy = "Wait until it has finished, or quit it, and try again."


class StoreMissing(StoreTrouble):
    """The key file is there, the database is not: no new one may be made silently."""

    code = "store-missing"
    exit_code = 3
    default_sentence = "The database file is missing although its key file is there."
    default_remedy = (
        "Bring sottovoce.db back (from where it was moved, or a backup); to start anew, move sottovoce.keys away."
    )


class StoreUnreadable(StoreTrouble):
    """The file is no database under this key: damaged first page, or not a SQLCipher file."""

    code = "store-unreadable"
    default_sentence = "The database file cannot be read, although its key is right; it was left untouched."
    default_remedy = "Bring sottovoce.db back from a backup; keep the present file."


class StoreDamaged(StoreTrouble):
    """The database opened, but a part of it fails its integrity check."""

    code = "store-damaged"
    default_sentence = "A part of the database is damaged; it was left untouched."
    default_remedy = "Copy the whole folder away, then bring sottovoce.db back from a backup."


class StoreTooNew(StoreTrouble):
    """A newer version of the program has written this database."""

    code = "store-too-new"
    exit_code = 3
    default_sentence = "The database was written by a newer version of Sottovoce."
    default_remedy = "Install that version or a later one; nothing was changed."


class StoreFull(StoreTrouble):
    """No space left on the disk."""

    code = "store-full"
    default_sentence = "The disk is full, so this could not be stored."
    default_remedy = "Free some space and try again; everything stored before is safe."


class StoreReadOnly(StoreTrouble):
    """The folder or file can't be written."""

    code = "store-read-only"
    default_sentence = "The database cannot be written: its folder or file is read-only."
    default_remedy = "Make the folder writable for your user and try again."


class StoreLinked(StoreTrouble):
    """A file of the store has a second name; which of the two is acted on would be chance."""

    code = "store-linked"
    exit_code = 3
    default_sentence = "A file of the store has a second name, so it could be written from elsewhere."
    default_remedy = "Put a copy of it in its place and try again."


class BackupsUnreachable(StoreTrouble):
    """The folder of backups is a link to a place that is not there."""

    code = "backups-unreachable"
    exit_code = 3
    default_sentence = "The folder backups/ is a link to a place that is not there, so what lies there was not reached."
    default_remedy = "Mount the disk it leads to and start Sottovoce again, which goes on with it."


class StoreReplaced(StoreTrouble):
    """The file under the open connection was moved, deleted or replaced."""

    code = "store-replaced"
    default_sentence = "The database file was moved or replaced while it was in use, so nothing more was written."
    default_remedy = "Put the right file back and start Sottovoce again."


class StoreFailed(StoreTrouble):
    """Any other failure of the database engine."""

    code = "store-failed"
    default_sentence = "The database could not do what was asked."
    default_remedy = "Try again; if it stays so, run `sottovoce doctor`."


class StoreLogForeign(StoreTrouble):
    """The write-ahead log beside the database is another one's: opening would mix the two."""

    code = "store-log-foreign"
    default_sentence = "The write-ahead log beside the database does not belong to it; both were left untouched."
    default_remedy = "If sottovoce.db came from a copy, move sottovoce.db-wal away; else bring back the right database."


class StoreLogLost(StoreTrouble):
    """The last session ended abruptly, and its log is missing or damaged: told once, and in nobody's way."""

    code = "store-log-lost"
    default_sentence = "The last session was cut off, and its write-ahead log is missing or damaged."
    default_remedy = "See whether your last words are in the history; what is missing may be in a backup."


class KeyFileRestored(StoreTrouble):
    """The key file was missing or damaged, and a key that opens the database has made it good: told once."""

    code = "key-file-restored"
    default_sentence = "The file sottovoce.keys was missing or damaged and was made good; nothing said is lost."
    default_remedy = "Run `sottovoce key recovery-code`: the code and passphrase that hold now may be earlier ones."


class AuditTrouble(StoreTrouble):
    """The audit log is not what it was; told, and never in the way of anything."""


class AuditShortened(AuditTrouble):
    """Entries at the end, which the key file knows of, are gone."""

    code = "audit-shortened"
    default_sentence = "Entries are missing from the end of the audit log, or an older database was put back."
    default_remedy = "If you put it back yourself, run `sottovoce audit accept`; else somebody with its key changed it."


class AuditAltered(AuditTrouble):
    """An entry does not fit the ones around it, or the key file."""

    code = "audit-altered"
    default_sentence = "The audit log was altered: its chain of hashes does not hold."
    default_remedy = "Look at it with `sottovoce audit`; to go on from what is there, run `sottovoce audit accept`."


class AuditUnanchored(AuditTrouble):
    """What the key file says of the log's end was not written by us."""

    code = "audit-unanchored"
    default_sentence = (
        "The audit log's end in the key file was changed by somebody else, or an early key file put back."
    )
    default_remedy = (
        "Look at the log with `sottovoce audit`; to go on from what is there, run `sottovoce audit accept`."
    )


class StoreSteppedBack(StoreTrouble):
    """The database is an earlier state of the one that was last open: told once, and in nobody's way."""

    code = "store-stepped-back"
    default_sentence = "An earlier database was put back."
    default_remedy = (
        "If you did that yourself, all is well; else what was said in between may be in a backup (`sottovoce backup"
        " list`) or in a copy beside it (`sottovoce merge`)."
    )


class StoreParted(StoreTrouble):
    """The database and the one that was last open here went on from one state, apart from each other: told once."""

    code = "store-parted"
    default_sentence = "This database went on apart from the one that was last open here."
    default_remedy = (
        "What was said here since they parted is not in it; if a synchronising program laid a copy beside it,"
        " `sottovoce merge` brings both together."
    )


class StoreElsewhere(StoreTrouble):
    """The home was last open on another machine: told once, each time."""

    code = "store-elsewhere"
    default_sentence = "This home was last open on another machine."
    default_remedy = "If you have spoken to it here since, wait until all is synchronised before you go on."


class KeyFileSteppedBack(StoreTrouble):
    """The key file is an earlier one: told once, and in nobody's way."""

    code = "key-file-stepped-back"
    default_sentence = "An earlier key file was put back."
    default_remedy = (
        "A recovery code or a passphrase that you ended since may open it again: make new ones by `sottovoce key"
        " recovery-code` and `sottovoce key passphrase`."
    )


class BackupTrouble(StoreTrouble):
    """A backup can't be made or used; the store is as it was."""


class NotABackup(BackupTrouble):
    """The file is something else."""

    code = "not-a-backup"
    default_sentence = "This file is no backup of Sottovoce."
    default_remedy = "Name a file that `sottovoce backup create` made (sottovoce-….backup)."


class BackupDamaged(BackupTrouble):
    """The file is a backup, but not all of it is what was written."""

    code = "backup-damaged"
    default_sentence = "This backup is damaged: a part of it is not what was written."
    default_remedy = "Use another backup; nothing was changed."


class BackupTooNew(BackupTrouble):
    """A newer version of the program made it."""

    code = "backup-too-new"
    exit_code = 3
    default_sentence = "This backup was made by a newer version of Sottovoce."
    default_remedy = "Install that version or a later one; nothing was changed."


class BackupLocked(BackupTrouble):
    """No key that is at hand opens it."""

    code = "backup-locked"
    exit_code = 3
    default_sentence = "The key of this backup is not on this machine."
    default_remedy = (
        "Give the recovery code or the passphrase that were in use when it was made:"
        " add --recovery-code or --passphrase."
    )


class ImportTrouble(StoreTrouble):
    """A folder can't be imported; the store is as it was."""


class NotAnExport(ImportTrouble):
    """The folder holds something else."""

    code = "not-an-export"
    default_sentence = "This folder holds no export of Sottovoce: there is no export.json in it that names the form."
    default_remedy = "Name a folder that `sottovoce export FOLDER` of this version wrote; nothing was changed."


class ExportDamaged(ImportTrouble):
    """A part of it is not what was written, or can't be meant."""

    code = "export-damaged"
    default_sentence = "This export is damaged: a part of it is not what was written."
    default_remedy = "Export again and import that; nothing was changed."


class CopyTrouble(StoreTrouble):
    """About copies of the database that a synchronising program laid beside it."""


class CopiesFound(CopyTrouble):
    """There are some: told at each start, until they are brought together."""

    code = "copies-found"
    default_sentence = "A synchronising program has laid a copy of the database beside it: two machines have used it."
    default_remedy = "Run `sottovoce merge`, which takes what is missing here from it; nothing is overwritten."


class CopyLocked(CopyTrouble):
    """No key opens it."""

    code = "copy-locked"
    exit_code = 3
    default_sentence = "No key that is at hand opens this copy of the database."
    default_remedy = (
        "Open it where it was made, and export it there (`sottovoce export FOLDER`); import that folder here."
    )


class CopyUnreadable(CopyTrouble):
    """It is no whole database of this home."""

    code = "copy-unreadable"
    default_sentence = "This copy of the database is damaged."
    default_remedy = "If the synchronising program is still at it, try again later; else move the copy away."


class NoCopies(CopyTrouble):
    """There is nothing to bring together."""

    code = "no-copies"
    default_sentence = "There is no copy of the database here that could be merged."
    default_remedy = "Name one: `sottovoce merge FILE`."


class ExportTooNew(ImportTrouble):
    """A newer version of the program made it."""

    code = "export-too-new"
    exit_code = 3
    default_sentence = "This export was made by a newer version of Sottovoce."
    default_remedy = "Install that version or a later one; nothing was changed."


# Keys


class KeyTrouble(Trouble):
    """The database key can't be had; the user is needed."""

    exit_code = 3


class KeyringMissing(KeyTrouble):
    """No usable keyring answers on this machine."""

    code = "keyring-missing"
    default_sentence = "No keyring answers, so the key of the database cannot be kept safely."
    default_remedy = (
        "Install and start one (for example gnome-keyring or KWallet) and log in again, or live without one: run"
        " `sottovoce key passphrase`."
    )


class KeyringLocked(KeyTrouble):
    """The keyring is there but locked, and nobody unlocked it."""

    code = "keyring-locked"
    default_sentence = "The keyring is locked, so the database cannot be opened."
    default_remedy = "Unlock the keyring (your login password, usually) and start Sottovoce again."


class KeyringSilent(KeyTrouble):
    """The keyring did not answer before the deadline."""

    code = "keyring-silent"
    default_sentence = "The keyring did not answer in time."
    default_remedy = "Answer its password prompt if one is open, or restart the keyring service, and try again."


class KeyringFailed(KeyTrouble):
    """The keyring answered with an error of its own."""

    code = "keyring-failed"
    default_sentence = "The keyring could not give or keep the key of the database."
    default_remedy = "Check it with your system's password program (Seahorse, KWalletManager), then try again."


class KeyMissing(KeyTrouble):
    """The database is there; its key is not in this keyring."""

    code = "key-missing"
    default_sentence = "The database is there, but its key is not in the keyring."
    default_remedy = "Log in with the keyring that was used before, or restore it; the database was left untouched."


class KeyWrong(KeyTrouble):
    """The keyring's key is not the one of this database."""

    code = "key-wrong"
    default_sentence = "The key in the keyring is not the key of this database."
    default_remedy = "Bring back the sottovoce.db and sottovoce.keys that belong together; both were left untouched."


class KeyFileDamaged(KeyTrouble):
    """`sottovoce.keys` is missing beside a database, or can't be read."""

    code = "key-file-damaged"
    default_sentence = "The file sottovoce.keys beside the database is missing or damaged."
    default_remedy = (
        "No key that is at hand opens the database: bring sottovoce.keys back from a copy of this folder, or log in"
        " with the keyring that was used before; only if neither helps, restore a backup. Nothing was changed."
    )


class PassphraseWrong(KeyTrouble):
    """No key comes out of the key file under this passphrase."""

    code = "passphrase-wrong"
    default_sentence = "This is not the passphrase of this database."
    default_remedy = (
        "Try again, minding Caps Lock and the keyboard's language; with the recovery code, run `sottovoce key recover`."
    )


class RecoveryCodeWrong(KeyTrouble):
    """A well-formed recovery code, but of another database or an earlier one of this database."""

    code = "recovery-code-wrong"
    default_sentence = "This is a recovery code, but not the present one of this database."
    default_remedy = "Look for a later sheet: each new recovery code, and each `key rotate`, ends the one before."


class RecoveryCodeMistyped(KeyTrouble):
    """The checksum of the code does not hold."""

    code = "recovery-code-mistyped"
    exit_code = 1
    default_sentence = "There is a mistake in the recovery code."
    default_remedy = "It has 28 letters and digits in groups of four: compare each with the sheet and type it again."


class RecoveryCodeMissing(KeyTrouble):
    """There is no recovery code for this database."""

    code = "recovery-code-missing"
    default_sentence = "There is no recovery code: if the keyring lost the key, nothing could open the database."
    default_remedy = "Run `sottovoce key recovery-code` and keep what it shows in a safe place."


class PassphraseWeak(KeyTrouble):
    """A new passphrase is so short or so uniform that trying would find it."""

    code = "passphrase-weak"
    exit_code = 1
    default_sentence = "This passphrase is too easy to find by trying."
    default_remedy = "Take at least 12 characters; four or more words picked at random are better than one with signs."


class KeyChangeRefused(KeyTrouble):
    """A change of keys can't be done as things are; nothing was changed."""

    code = "key-change-refused"
    exit_code = 1
    default_sentence = "The keys cannot be changed this way."
    default_remedy = "See `sottovoce key status`; nothing was changed."


# Clock


class ClockDoubted(Trouble):
    """The clock jumped, so that nothing is removed for its age by it."""

    code = "clock-doubted"
    default_sentence = "The clock has jumped, so nothing is erased for its age yet."
    default_remedy = "If its date is right, run `sottovoce clock accept`; if not, set it."


class UpkeepDue(Trouble):
    """What is due for everything that is kept takes longer than a command may wait for at its end."""

    code = "upkeep-due"
    default_sentence = "This store is too large to be looked after at the end of a command, and something is due."
    default_remedy = "Run `sottovoce upkeep` on days of use, or let the application run, which does it by itself."


# Policy


class PolicyUnusable(Trouble):
    """The administrator's policy is there and not all of it can be used: what that part guards is closed."""

    code = "policy-unusable"
    exit_code = 3
    default_sentence = "The policy of this machine cannot be used."
    default_remedy = "Ask your administrator to mend it; `sottovoce policy check FILE` tells what is wrong."


class EscrowTrouble(Trouble):
    """A recovery code that is kept for the administrator."""


class EscrowUnwritable(EscrowTrouble):
    """It can't be put where the policy wants it."""

    code = "escrow-unwritable"
    default_sentence = "The recovery code of this store is not yet where your administrator keeps it."
    default_remedy = "It is tried again by itself; if it stays so, tell your administrator. The store opens as before."


class EscrowUnreadable(EscrowTrouble):
    """A file is none that keeps a code, or no private key."""

    code = "escrow-unreadable"
    default_sentence = "This file keeps no recovery code."
    default_remedy = "Name a file that ends with .escrow, from the folder that the policy names or from the home."


class EscrowKeyWrong(EscrowTrouble):
    """The private key is not the one that it is sealed to."""

    code = "escrow-key-wrong"
    default_sentence = "This recovery code is sealed to another key."
    default_remedy = "Give the private key that belongs to `RecoveryEscrowKey`: `--key FILE`."


class CodeEscrowed(EscrowTrouble):
    """News, once: the recovery code was put where the administrator keeps it."""

    code = "code-escrowed"
    default_sentence = "The recovery code of your store is kept by your administrator, who can open the store with it."
    default_remedy = "You need to write nothing down; `sottovoce policy show` tells where it is kept."


class BackupsForbidden(Trouble):
    """The administrator lets no backups be kept on this machine."""

    code = "backups-forbidden"
    exit_code = 3
    default_sentence = "Your administrator lets no backups be kept in this folder."
    default_remedy = "Name a folder or file elsewhere: `sottovoce backup create FILE`."


class BackupsElsewhereForbidden(BackupsForbidden):
    """The administrator lets backups be kept in the home's own folder alone."""

    code = "backups-elsewhere-forbidden"
    default_sentence = "Your administrator lets no backups be put into other places."
    default_remedy = "`sottovoce backup create` without a file makes one on this machine, where that is allowed."


class ExportForbidden(Trouble):
    """The administrator lets nothing be exported in clear."""

    code = "export-forbidden"
    exit_code = 3
    default_sentence = "Your administrator lets nothing be exported."
    default_remedy = "Nothing was written; ask your administrator for what you need."


class EraseForbidden(Trouble):
    """The administrator lets users erase nothing."""

    code = "erase-forbidden"
    exit_code = 3
    default_sentence = "Your administrator lets nothing be erased here."
    default_remedy = "Everything is as it was; ask your administrator to erase it, or to allow it."


# Memory


class EmbedderBroken(Trouble):
    """The files that turn texts into meaning are missing or damaged, or can't be used here."""

    code = "embedder-broken"
    exit_code = 3
    default_sentence = "Memories cannot be searched by meaning: the files for it are missing or damaged."
    default_remedy = "Install Sottovoce again; memories are found by their words meanwhile."


# Knowledge


class LanguageModelTrouble(Trouble):
    """The language model that the user named gave no answer."""


class LanguageModelMissing(LanguageModelTrouble):
    """Nothing answers at its address."""

    code = "language-model-missing"
    default_sentence = "The language model can't be reached."
    default_remedy = "Start its server, or correct or clear its address in the settings."


class LanguageModelSilent(LanguageModelTrouble):
    """Its server took the question and then fell silent."""

    code = "language-model-silent"
    default_sentence = "The language model did not answer in time."
    default_remedy = "Ask again in a moment, or name a faster model in the settings."


class LanguageModelRefused(LanguageModelTrouble):
    """Its server does not take the question."""

    code = "language-model-refused"
    default_sentence = "The language model's server refused the question."
    default_remedy = "Check its address and the model's name in the settings."


class LanguageModelBusy(LanguageModelTrouble):
    """Its server is there, and takes no question just now: it loads, or is asked too much."""

    code = "language-model-busy"
    default_sentence = "The language model takes no question just now."
    default_remedy = "Ask again in a minute."


class LanguageModelFailed(LanguageModelTrouble):
    """Its server failed, broke off, or answered in no form that is known."""

    code = "language-model-failed"
    default_sentence = "The language model's server failed while it answered."
    default_remedy = "Ask again; if it happens often, look into the server's own log."


class LanguageModelForbidden(LanguageModelTrouble):
    """The administrator's policy does not let questions go so far."""

    code = "language-model-forbidden"
    exit_code = 3
    default_sentence = "Your administrator does not let questions go to this language model."
    default_remedy = "Name one that is nearer, or clear its address in the settings."


class UpdateTrouble(Trouble):
    """Whether there is a newer release could not be told."""


class UpdatesOff(UpdateTrouble):
    """No address is named that could be asked."""

    code = "updates-off"
    default_sentence = "Nobody is asked for newer versions: no address, or no key, is named."
    default_remedy = (
        "Name both as their publisher tells them: `sottovoce settings set update_address ADDRESS` and `update_key KEY`."
    )


class UpdatesForbidden(UpdateTrouble):
    """The administrator lets nobody be asked."""

    code = "updates-forbidden"
    exit_code = 3
    default_sentence = "Your administrator lets nobody be asked for newer versions."
    default_remedy = "They see to it themselves; `sottovoce policy show` names what they have decided."


class UpdateUnreachable(UpdateTrouble):
    """The server can't be reached."""

    code = "update-unreachable"
    default_sentence = "The server of the releases cannot be reached."
    default_remedy = "Check the network and `update_address`, then try again."


class UpdateSilent(UpdateTrouble):
    """The server takes too long."""

    code = "update-silent"
    default_sentence = "The server of the releases did not answer in time."
    default_remedy = "Try again later; nothing was changed."


class UpdateRefused(UpdateTrouble):
    """The server gives something else."""

    code = "update-refused"
    default_sentence = "The server of the releases gives no news of them."
    default_remedy = "Check `update_address` in the settings; nothing of what came was used."


class UpdateForged(UpdateTrouble):
    """The holder of the key has not signed it."""

    code = "update-forged"
    default_sentence = "The news of releases that came is not what its publisher signed."
    default_remedy = (
        "Nothing of it was used. Check `update_address` and `update_key`; if they are right, tell their publisher."
    )


class UpdateOld(UpdateTrouble):
    """It was put back in place of a later one, or its time is over."""

    code = "update-old"
    default_sentence = "The news of releases that came is older than what was known already."
    default_remedy = "Nothing of it was used. Check this machine's clock; if it is right, tell who runs the server."


class UpdateUnreadable(UpdateTrouble):
    """It is signed, and says nothing that this version understands."""

    code = "update-unreadable"
    default_sentence = "The news of releases that came is signed, but this version cannot read it."
    default_remedy = "Look for a newer version where you got this one."


class UpdateThere(UpdateTrouble):
    """There is a newer release: told once, and no trouble with anything."""

    code = "update-there"


class KnowledgeTrouble(Trouble):
    """The user's files, or one of them, can't be read; everything else works."""


class KnowledgeForbidden(KnowledgeTrouble):
    """The administrator lets no files of the user be read."""

    code = "knowledge-forbidden"
    exit_code = 3
    default_sentence = "Your administrator lets no files of yours be read."
    default_remedy = "`sottovoce policy show` tells what is decided; everything else works."


class KnowledgeUnwatched(KnowledgeTrouble):
    """The operating system tells of no changes (too many folders are watched); it is looked now and then instead."""

    code = "knowledge-unwatched"
    default_sentence = "Changes in the knowledge folder are not told at once: the system watches no more folders."
    default_remedy = "It is looked through once a minute; raising fs.inotify.max_user_watches makes it prompt again."


class KnowledgeMisnamed(KnowledgeTrouble):
    """A file or folder has a name that is not UTF-8, as those of old archives and drives are: it can't be listed."""

    code = "knowledge-misnamed"
    default_sentence = "A file in the knowledge folder is not read, as its name holds signs of an unknown encoding."
    default_remedy = "Rename it with your file manager: such signs are shown as question marks or boxes."


class KnowledgeGone(KnowledgeTrouble):
    """Nearly all of the user's files are gone at once: they may be on a disk that is not there."""

    code = "knowledge-gone"
    default_sentence = "Your files are gone from the knowledge folder."
    default_remedy = (
        "What was read of them is kept. Bring them back, or run `sottovoce knowledge forget` if you removed them."
    )


class KnowledgeTooDeep(KnowledgeTrouble):
    """Folders inside folders inside folders, as a program makes that copies a folder into itself."""

    code = "knowledge-too-deep"
    default_sentence = (
        "Some files in the knowledge folder are not read, as they lie in more than 32 folders in each other."
    )
    default_remedy = "Move what you need of them higher up."


class ReaderMissing(KnowledgeTrouble):
    """The process that reads files can't be started, or ends before it has read anything."""

    code = "reader-missing"
    default_sentence = "The part that reads your files could not be started, so new files are not known yet."
    default_remedy = "It is tried again later; if it stays so, start Sottovoce anew or install it again."


class DocumentGone(KnowledgeTrouble):
    """The file was taken away before it could be read."""

    code = "document-gone"
    default_sentence = "The file is not there any more."
    default_remedy = "Put it back if it is still wanted."


class DocumentTrouble(KnowledgeTrouble):
    """One file of the knowledge folder can't be read; it is tried again when it changes."""


class DocumentUnreadable(DocumentTrouble):
    """It is broken, takes too long, or brings down what reads it."""

    code = "document-unreadable"
    default_sentence = "This file cannot be read: it is damaged, or too complicated."
    default_remedy = "Save it anew with the program it was made with, or put its text into a text file."


class DocumentForbidden(DocumentTrouble):
    """Its permissions keep this user from reading it."""

    code = "document-forbidden"
    default_sentence = "This file cannot be read: you have no permission to."
    default_remedy = "Let your user read it (`chmod u+r`), or take it out of the knowledge folder."


class DocumentLocked(DocumentTrouble):
    """A PDF that needs a password."""

    code = "document-locked"
    default_sentence = "This file is protected by a password."
    default_remedy = "Save it without its password, or take it out of the knowledge folder."


class DocumentEmpty(DocumentTrouble):
    """There is no text in it: an empty file, or a PDF of pictures alone."""

    code = "document-empty"
    default_sentence = "There is no text in this file; pages that are only pictures cannot be read."
    default_remedy = "For scanned pages, let a program with text recognition (OCR) save it anew."


class DocumentTooLarge(DocumentTrouble):
    """It has more bytes, or more text, than is read."""

    code = "document-too-large"
    default_sentence = "This file is too large to be read."
    default_remedy = "Cut it into parts of less than 64 megabytes and two million words each."


class DocumentNotText(DocumentTrouble):
    """Its name says text, its content is something else."""

    code = "document-not-text"
    default_sentence = "This file is called a text, but it holds something else, or its encoding can't be told."
    default_remedy = "Save it as UTF-8, give it the right ending, or take it out of the knowledge folder."


class DocumentScrambled(DocumentTrouble):
    """A PDF whose fonts do not say which letters they show (no ToUnicode): copied out of it, they are nonsense, too."""

    code = "document-scrambled"
    default_sentence = "The letters of this PDF can be seen but not read: its fonts do not say which ones they are."
    default_remedy = "Let a program with text recognition (OCR) save it anew."


class DocumentPartial(DocumentTrouble):
    """A PDF of which some pages are missing (half a download), damaged or scrambled; the others are known."""

    code = "document-partial"
    default_sentence = "Pages of this file are missing or can't be read; the others are known."
    default_remedy = "Copy or download it again, completely, or save it anew with the program it was made with."


# Surroundings of the whole program


class StillStarting(Trouble):
    """Something was asked of the application before its parts were open."""

    code = "still-starting"
    default_sentence = "Sottovoce is still starting."
    default_remedy = "Try again in a moment; a large speech model takes some seconds."


class NotRunning(Trouble):
    """A command needs the running application, and there is none."""

    code = "not-running"
    default_sentence = "Sottovoce is not running."
    default_remedy = "Start it with `sottovoce`, then try again."


class AppSilent(NotRunning):
    """The application runs but does not answer on its socket."""

    code = "app-silent"
    default_sentence = "Sottovoce is running but does not answer."
    default_remedy = "Wait a moment and try again; if it stays so, quit it and start it anew."


class SettingsUnusable(Trouble):
    """settings.toml can't be read at all, or holds values of the wrong kind."""

    code = "settings-unusable"
    exit_code = 3
    default_sentence = "settings.toml cannot be used."
    default_remedy = "Correct it, or move it away to start with the defaults."


class SettingLocked(Trouble):
    """The administrator's policy decides this setting alone."""

    code = "setting-locked"
    default_sentence = "Your administrator has decided this setting."
    default_remedy = "Nothing was changed; `sottovoce policy show` tells what is decided."


class PlacesUnusable(Trouble):
    """A folder Sottovoce needs can't be made, or is open to others."""

    code = "places-unusable"
    exit_code = 3
    default_sentence = "Sottovoce's folder cannot be used."
    default_remedy = "Make it a folder of your own that you can write to."


class ScreenMissing(Trouble):
    """The tray application was asked for where there is no screen."""

    code = "screen-missing"
    exit_code = 3
    default_sentence = "There is no screen to show the application on."
    default_remedy = "Start it inside a desktop session, or try `sottovoce demo`, which needs none."


class QtLibraryMissing(ScreenMissing):
    """A library of the system that windows are made with is not there."""

    code = "library-missing"
    default_sentence = "A library that windows need is missing."
    default_remedy = "Install the libraries of your system that Qt 6 needs."


class StillRunning(Trouble):
    """What is asked can't be done while the application has the store open."""

    code = "still-running"
    default_sentence = "Sottovoce is running."
    default_remedy = "Quit it first (`sottovoce quit`), then try again."


class NotConfirmed(Trouble):
    """The user was asked and did not say yes."""

    code = "not-confirmed"
    default_sentence = "Nothing was done."
    default_remedy = "Answer yes when asked, or add --yes."


class Interrupted(Trouble):
    """What was asked was ended from outside before it was done."""

    code = "interrupted"
    default_sentence = "This was interrupted before it was finished."
    default_remedy = "Try again."


class TooMuch(Trouble):
    """A request or a reply is longer than what the running application exchanges at once."""

    code = "too-much"
    default_sentence = "This is more than can be passed to or from the running application at once."
    default_remedy = "Give or ask for less (for example with --limit), or quit the application first."


class OutputUnwritable(Trouble):
    """What a command prints could not be written to where it goes."""

    code = "output-unwritable"
    default_sentence = "The output could not be written."
    default_remedy = "See whether there is space where it goes, and try again."


class ThingNotFound(Trouble):
    """What a command names does not exist."""

    code = "not-found"
    default_sentence = "There is nothing by that name."
    default_remedy = "List what there is first."


class DemoFailed(Trouble):
    """A step of the demonstration did not come out as it must."""

    code = "demo-failed"
    default_sentence = "The demonstration did not come out as it must."


def told(error: BaseException) -> SottovoceError:
    """The error to show for `error`: itself if it can be shown, else one calm `Bug` without its words."""
    return error if isinstance(error, SottovoceError) else Bug()
