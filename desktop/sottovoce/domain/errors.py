"""The table of every failure that a user can meet: parent, code, exit code, and what it means.

A row is a class, because whoever catches one names it, and a whole family by its parent. Without `exit_code=` it has
its parent's: 1 (the surroundings failed; the program did what it could), 2 (called wrongly), 3 (somebody is needed).
Its words, one calm sentence and what to do about it, are the message `error-CODE` of `show/error.ftl` with its
attribute `.remedy`; they never hold what was said, nor any key: only names of parts, files and settings. What no row
foresees is a `Bug`.
"""

# Rows of two lines each, family by family: a formatter would draw them apart.
# fmt: off

from __future__ import annotations

from sottovoce.domain.user_error import SottovoceError as SottovoceError  # noqa: PLC0414 - named here as well, as the head of it


class UsageWrong(SottovoceError, code="usage-wrong", exit_code=2):
    """The command line, or a request, is not of the form it must have."""
class Bug(SottovoceError, code="bug"):
    """A mistake of ours, told calmly; its trace is in the log."""
class Trouble(SottovoceError):
    """The surroundings failed: a device, a file, a service."""

class SoundTrouble(Trouble):
    """Sound could not be taken in."""
class MicrophoneMissing(SoundTrouble, code="microphone-missing"):
    """No input device at all, or no sound server."""
class MicrophoneSilent(SoundTrouble, code="microphone-silent"):
    """The microphone delivers nothing but digital zeros."""
class MicrophoneTooQuiet(SoundTrouble, code="microphone-too-quiet"):
    """Speech came, and so quietly that words are lost."""
class MicrophoneTooLoud(SoundTrouble, code="microphone-too-loud"):
    """The voice is cut off at full scale."""
class HeldTooLong(SoundTrouble, code="held-too-long"):
    """The key was held for longer than is listened to at once."""
class RecordingUnusable(SoundTrouble, code="recording-unusable"):
    """A file that was to be listened to holds no usable sound."""
class MicrophoneLost(SoundTrouble, code="microphone-lost"):
    """The microphone was there and went away, or stopped delivering, while listening."""
class MicrophoneCutOff(MicrophoneLost, code="microphone-cut-off"):
    """The microphone went away in the middle; what it had delivered before was understood."""

class ModelTrouble(Trouble, exit_code=3):
    """The speech model can't be used."""
class ModelMissing(ModelTrouble, code="model-missing"):
    """There is no speech model at the place named."""
class ModelBroken(ModelTrouble, code="model-broken"):
    """A model folder is there, but files are missing or can't be read."""
class ModelForeign(ModelTrouble, code="model-foreign"):
    """A folder holds a model of another program or kind."""
class ModelLoading(ModelTrouble, code="model-loading", exit_code=1):
    """A large model is still being loaded, and nobody can wait for it any longer."""
class RecognizerHung(ModelTrouble, code="recognizer-hung", exit_code=1):
    """No final text came in time."""

class ModelsTrouble(Trouble):
    """A model could not be listed, installed, imported or removed."""
class ModelUnknown(ModelsTrouble, code="model-unknown"):
    """There is no model of that name."""
class ModelThere(ModelsTrouble, code="model-there"):
    """A model of that name is installed already."""
class ModelInUse(ModelsTrouble, code="model-in-use"):
    """The model is the one that is set."""
class ModelsBusy(ModelsTrouble, code="models-busy"):
    """Another model is being installed, here or in another process."""
class ModelsForbidden(ModelsTrouble, code="models-forbidden", exit_code=3):
    """The administrator does not let this model be installed."""
class ModelsFull(ModelsTrouble, code="models-full"):
    """There is too little room for the model."""
class ModelsUnwritable(ModelsTrouble, code="models-unwritable"):
    """The folder of models can't be read or written."""
class ArchiveUnsafe(ModelsTrouble, code="archive-unsafe"):
    """An archive holds what no model needs and what could do harm when unpacked."""
class ArchiveUnreadable(ModelsTrouble, code="archive-unreadable"):
    """A file is no archive, or is damaged."""

class DownloadTrouble(ModelsTrouble):
    """A file could not be had over the network."""
class DownloadUnreachable(DownloadTrouble, code="download-unreachable"):
    """The server can't be reached."""
class DownloadStalled(DownloadTrouble, code="download-stalled"):
    """The server sends nothing any more, or too slowly to ever end."""
class DownloadRefused(DownloadTrouble, code="download-refused"):
    """The server answers with something else than the file, or sends us elsewhere."""
class DownloadBroken(DownloadTrouble, code="download-broken"):
    """The connection broke again and again."""
class DownloadAltered(DownloadTrouble, code="download-altered"):
    """The file is not the one that the list means."""

class SpeechTrouble(Trouble):
    """Nothing can be said aloud; answers are still shown."""
class VoiceMissing(SpeechTrouble, code="voice-missing"):
    """The speech engine, or the program that plays its sound, is not installed."""
class VoiceUnknown(SpeechTrouble, code="voice-unknown"):
    """The voice that is named in the settings is not installed; the system's default speaks."""
class VoiceLost(SpeechTrouble, code="voice-lost"):
    """The speech worker died or fell silent in the middle."""

class HotkeyTrouble(Trouble):
    """The key to talk can't be used; the commands press and release still work."""
class HotkeyTaken(HotkeyTrouble, code="hotkey-taken"):
    """Another program has grabbed the key."""
class HotkeyUnknown(HotkeyTrouble, code="hotkey-unknown"):
    """The setting names no key of this keyboard."""
class HotkeyForbidden(HotkeyTrouble, code="hotkey-forbidden"):
    """The system lets this program see no keys until its user allows it."""
class HotkeyUnsupported(HotkeyTrouble, code="hotkey-unsupported"):
    """This desktop gives programs no global keys; `lines=` of its own settings may do it, to be copied as they are."""

class TypingTrouble(Trouble):
    """What was dictated can't be typed; nothing of it is kept."""
class TypingMissing(TypingTrouble, code="typing-missing"):
    """There is no desktop here to type on."""
class TypingForbidden(TypingTrouble, code="typing-forbidden", exit_code=3):
    """The administrator lets nothing be typed into other programs' windows."""
class TypingIntoSelf(TypingTrouble, code="typing-into-self"):
    """The window that has the focus is our own."""
class TypingFailed(TypingTrouble, code="typing-failed"):
    """The desktop did not take the keys."""
class TypingCopied(TypingTrouble, code="typing-copied"):
    """This desktop lets nobody type; the text lies in the clipboard, where it stays."""
class ClipboardSilent(TypingTrouble, code="clipboard-silent"):
    """The program that owns the clipboard does not answer."""

class StoreTrouble(Trouble):
    """The encrypted store can't be used; its files are left as they are."""
class StoreInUse(StoreTrouble, code="store-in-use"):
    """Another process has this home open."""
class StoreMissing(StoreTrouble, code="store-missing", exit_code=3):
    """The key file is there, the database is not: no new one may be made silently."""
class StoreUnreadable(StoreTrouble, code="store-unreadable"):
    """The file is no database under this key: damaged first page, or not a SQLCipher file."""
class StoreDamaged(StoreTrouble, code="store-damaged"):
    """The database opened, but a part of it fails its integrity check."""
class StoreTooNew(StoreTrouble, code="store-too-new", exit_code=3):
    """A newer version of the program has written this database."""
class StoreFull(StoreTrouble, code="store-full"):
    """No space left on the disk."""
class StoreReadOnly(StoreTrouble, code="store-read-only"):
    """The folder or file can't be written."""
class StoreLinked(StoreTrouble, code="store-linked", exit_code=3):
    """A file of the store has a second name; which of the two is acted on would be chance."""
class BackupsUnreachable(StoreTrouble, code="backups-unreachable", exit_code=3):
    """The folder of backups is a link to a place that is not there."""
class StoreReplaced(StoreTrouble, code="store-replaced"):
    """The file under the open connection was moved, deleted or replaced."""
class StoreFailed(StoreTrouble, code="store-failed"):
    """Any other failure of the database engine."""
class StoreLogForeign(StoreTrouble, code="store-log-foreign"):
    """The write-ahead log beside the database is another one's: opening would mix the two."""
class StoreLogLost(StoreTrouble, code="store-log-lost"):
    """The last session ended abruptly, and its log is missing or damaged: told once, and in nobody's way."""
class KeyFileRestored(StoreTrouble, code="key-file-restored"):
    """The key file was missing or damaged, and a key that opens the database has made it good: told once."""
class StoreSteppedBack(StoreTrouble, code="store-stepped-back"):
    """The database is an earlier state of the one that was last open: told once, and in nobody's way."""
class StoreParted(StoreTrouble, code="store-parted"):
    """The database and the one that was last open here went on from one state, apart from each other: told once."""
class StoreElsewhere(StoreTrouble, code="store-elsewhere"):
    """The home was last open on another machine: told once, each time."""
class KeyFileSteppedBack(StoreTrouble, code="key-file-stepped-back"):
    """The key file is an earlier one: told once, and in nobody's way."""

class AuditTrouble(StoreTrouble):
    """The audit log is not what it was; told, and never in the way of anything."""
class AuditShortened(AuditTrouble, code="audit-shortened"):
    """Entries at the end, which the key file knows of, are gone."""
class AuditAltered(AuditTrouble, code="audit-altered"):
    """An entry does not fit the ones around it, or the key file."""
class AuditUnanchored(AuditTrouble, code="audit-unanchored"):
    """What the key file says of the log's end was not written by us."""

class BackupTrouble(StoreTrouble):
    """A backup can't be made or used; the store is as it was."""
class NotABackup(BackupTrouble, code="not-a-backup"):
    """The file is something else."""
class BackupDamaged(BackupTrouble, code="backup-damaged"):
    """The file is a backup, but not all of it is what was written."""
class BackupTooNew(BackupTrouble, code="backup-too-new", exit_code=3):
    """A newer version of the program made it."""
class BackupLocked(BackupTrouble, code="backup-locked", exit_code=3):
    """No key that is at hand opens it."""

class ImportTrouble(StoreTrouble):
    """A folder can't be imported; the store is as it was."""
class NotAnExport(ImportTrouble, code="not-an-export"):
    """The folder holds something else."""
class ExportDamaged(ImportTrouble, code="export-damaged"):
    """A part of it is not what was written, or can't be meant."""
class ExportTooNew(ImportTrouble, code="export-too-new", exit_code=3):
    """A newer version of the program made it."""

class CopyTrouble(StoreTrouble):
    """About copies of the database that a synchronising program laid beside it."""
class CopiesFound(CopyTrouble, code="copies-found"):
    """There are some: told at each start, until they are brought together."""
class CopyLocked(CopyTrouble, code="copy-locked", exit_code=3):
    """No key opens it."""
class CopyUnreadable(CopyTrouble, code="copy-unreadable"):
    """It is no whole database of this home."""
class NoCopies(CopyTrouble, code="no-copies"):
    """There is nothing to bring together."""

class KeyTrouble(Trouble, exit_code=3):
    """The database key can't be had; the user is needed."""
class KeyringMissing(KeyTrouble, code="keyring-missing"):
    """No usable keyring answers on this machine."""
class KeyringLocked(KeyTrouble, code="keyring-locked"):
    """The keyring is there but locked, and nobody unlocked it."""
class KeyringSilent(KeyTrouble, code="keyring-silent"):
    """The keyring did not answer before the deadline."""
class KeyringFailed(KeyTrouble, code="keyring-failed"):
    """The keyring answered with an error of its own."""
class KeyMissing(KeyTrouble, code="key-missing"):
    """The database is there; its key is not in this keyring."""
class KeyWrong(KeyTrouble, code="key-wrong"):
    """The keyring's key is not the one of this database."""
class KeyFileDamaged(KeyTrouble, code="key-file-damaged"):
    """`sottovoce.keys` is missing beside a database, or can't be read."""
class PassphraseWrong(KeyTrouble, code="passphrase-wrong"):
    """No key comes out of the key file under this passphrase."""
class RecoveryCodeWrong(KeyTrouble, code="recovery-code-wrong"):
    """A well-formed recovery code, but of another database or an earlier one of this database."""
class RecoveryCodeMistyped(KeyTrouble, code="recovery-code-mistyped", exit_code=1):
    """The checksum of the code does not hold."""
class RecoveryCodeMissing(KeyTrouble, code="recovery-code-missing"):
    """There is no recovery code for this database."""
class PassphraseWeak(KeyTrouble, code="passphrase-weak", exit_code=1):
    """A new passphrase is so short or so uniform that trying would find it."""
class KeyChangeRefused(KeyTrouble, code="key-change-refused", exit_code=1):
    """A change of keys can't be done as things are; nothing was changed."""

class EscrowTrouble(Trouble):
    """A recovery code that is kept for the administrator."""
class EscrowUnwritable(EscrowTrouble, code="escrow-unwritable"):
    """It can't be put where the policy wants it."""
class EscrowUnreadable(EscrowTrouble, code="escrow-unreadable"):
    """A file is none that keeps a code, or no private key."""
class EscrowKeyWrong(EscrowTrouble, code="escrow-key-wrong"):
    """The private key is not the one that it is sealed to."""
class CodeEscrowed(EscrowTrouble, code="code-escrowed"):
    """News, once: the recovery code was put where the administrator keeps it."""

class BackupsForbidden(Trouble, code="backups-forbidden", exit_code=3):
    """The administrator lets no backups be kept on this machine."""
class BackupsElsewhereForbidden(BackupsForbidden, code="backups-elsewhere-forbidden"):
    """The administrator lets backups be kept in the home's own folder alone."""

class LanguageModelTrouble(Trouble):
    """The language model that the user named gave no answer."""
class LanguageModelMissing(LanguageModelTrouble, code="language-model-missing"):
    """Nothing answers at its address."""
class LanguageModelSilent(LanguageModelTrouble, code="language-model-silent"):
    """Its server took the question and then fell silent."""
class LanguageModelRefused(LanguageModelTrouble, code="language-model-refused"):
    """Its server does not take the question."""
class LanguageModelBusy(LanguageModelTrouble, code="language-model-busy"):
    """Its server is there, and takes no question just now: it loads, or is asked too much."""
class LanguageModelFailed(LanguageModelTrouble, code="language-model-failed"):
    """Its server failed, broke off, or answered in no form that is known."""
class LanguageModelForbidden(LanguageModelTrouble, code="language-model-forbidden", exit_code=3):
    """The administrator's policy does not let questions go so far."""

class TracesTrouble(Trouble, code="traces"):
    """The steps of turns can't be followed from outside."""
class TracesMissing(TracesTrouble, code="traces-missing"):
    """The libraries that send them are not installed."""
class TracesForbidden(TracesTrouble, code="traces-forbidden", exit_code=3):
    """The administrator's policy does not let them go there."""

class UpdateTrouble(Trouble):
    """Whether there is a newer release could not be found out."""
class UpdatesOff(UpdateTrouble, code="updates-off"):
    """No address is named that could be asked."""
class UpdatesForbidden(UpdateTrouble, code="updates-forbidden", exit_code=3):
    """The administrator lets nobody be asked."""
class UpdateUnreachable(UpdateTrouble, code="update-unreachable"):
    """The server can't be reached."""
class UpdateSilent(UpdateTrouble, code="update-silent"):
    """The server takes too long."""
class UpdateRefused(UpdateTrouble, code="update-refused"):
    """The server gives something else."""
class UpdateForged(UpdateTrouble, code="update-forged"):
    """The holder of the key has not signed it."""
class UpdateOld(UpdateTrouble, code="update-old"):
    """It was put back in place of a later one, or its time is over."""
class UpdateUnreadable(UpdateTrouble, code="update-unreadable"):
    """It is signed, and says nothing that this version understands."""
class UpdateThere(UpdateTrouble, code="update-there"):
    """There is a newer release: told once, and no trouble with anything."""

class KnowledgeTrouble(Trouble):
    """The user's files, or one of them, can't be read; everything else works."""
class KnowledgeForbidden(KnowledgeTrouble, code="knowledge-forbidden", exit_code=3):
    """The administrator lets no files of the user be read."""
class KnowledgeUnwatched(KnowledgeTrouble, code="knowledge-unwatched"):
    """The operating system reports no changes (too many folders are watched); it is looked now and then instead."""
class KnowledgeMisnamed(KnowledgeTrouble, code="knowledge-misnamed"):
    """A file or folder has a name that is not UTF-8, as those of old archives and drives are: it can't be listed."""
class KnowledgeGone(KnowledgeTrouble, code="knowledge-gone"):
    """Nearly all of the user's files are gone at once: they may be on a disk that is not there."""
class KnowledgeTooDeep(KnowledgeTrouble, code="knowledge-too-deep"):
    """Folders inside folders inside folders, as a program makes that copies a folder into itself."""
class ReaderMissing(KnowledgeTrouble, code="reader-missing"):
    """The process that reads files can't be started, or ends before it has read anything."""
class DocumentGone(KnowledgeTrouble, code="document-gone"):
    """The file was taken away before it could be read."""

class DocumentTrouble(KnowledgeTrouble):
    """One file of the knowledge folder can't be read; it is tried again when it changes."""
class DocumentUnreadable(DocumentTrouble, code="document-unreadable"):
    """It is broken, takes too long, or brings down what reads it."""
class DocumentForbidden(DocumentTrouble, code="document-forbidden"):
    """Its permissions keep this user from reading it."""
class DocumentLocked(DocumentTrouble, code="document-locked"):
    """A PDF that needs a password."""
class DocumentEmpty(DocumentTrouble, code="document-empty"):
    """There is no text in it: an empty file, or a PDF of pictures alone."""
class DocumentTooLarge(DocumentTrouble, code="document-too-large"):
    """It has more bytes, or more text, than is read."""
class DocumentNotText(DocumentTrouble, code="document-not-text"):
    """Its name says text, its content is something else."""
class DocumentScrambled(DocumentTrouble, code="document-scrambled"):
    """A PDF whose fonts do not say which letters they show (no ToUnicode): copied out of it, they are nonsense, too."""
class DocumentPartial(DocumentTrouble, code="document-partial"):
    """A PDF of which some pages are missing (half a download), damaged or scrambled; the others are known."""

class CalendarTrouble(Trouble):
    """A calendar file, or their folder, can't be used; the user's own calendar works."""
class CalendarFileGone(CalendarTrouble, code="calendar-file-gone"):
    """It is not there, or may not be read."""
class CalendarFileUnreadable(CalendarTrouble, code="calendar-file-unreadable"):
    """It is no iCalendar file, cut off, or takes too long to read."""
class CalendarFileTooLarge(CalendarTrouble, code="calendar-file-too-large"):
    """It has more bytes or more events than are read."""
class CalendarFileUnwritable(CalendarTrouble, code="calendar-file-unwritable"):
    """It can't be written: no such folder, no permission, no room."""
class CalendarFolderGone(CalendarTrouble, code="calendar-folder-gone"):
    """The folder of calendar files is not there: removed, or its disk is not."""
class CalendarFilesUnread(CalendarTrouble, code="calendar-files-unread"):
    """Some of the folder's files are still being read: what stands in them is not known yet."""
class CalendarFilesTooMany(CalendarTrouble, code="calendar-files-too-many"):
    """There are more files in the folder, or more events in them, than are held: some are left out."""

class ApiTrouble(Trouble):
    """Something is in the way of the local API."""
class ApiForbidden(ApiTrouble, code="api-forbidden", exit_code=3):
    """The administrator's policy lets none be served."""
class ApiOff(ApiTrouble, code="api-off"):
    """None is served."""
class ApiNotLocal(ApiTrouble, code="api-not-local"):
    """It was to be served to other machines."""
class ApiUnservable(ApiTrouble, code="api-unservable"):
    """The address or the socket can't be had."""

class ApiKeyTrouble(ApiTrouble):
    """A key does not let its holder in."""
class ApiKeyMissing(ApiKeyTrouble, code="api-key-missing"):
    """None was given."""
class ApiKeyUnknown(ApiKeyTrouble, code="api-key-unknown"):
    """It is none of ours."""
class ApiKeyRevoked(ApiKeyTrouble, code="api-key-revoked"):
    """It was revoked."""
class ApiKeyExpired(ApiKeyTrouble, code="api-key-expired"):
    """Its time is over."""
class ApiScopeMissing(ApiKeyTrouble, code="api-scope-missing"):
    """It holds, and does not let do this."""

class ApiRequestTrouble(ApiTrouble):
    """A request that is not answered, whoever asks."""
class ApiHostForeign(ApiRequestTrouble, code="api-host-foreign"):
    """It was meant for another machine's name."""
class ApiOriginForeign(ApiRequestTrouble, code="api-origin-foreign"):
    """A web page asks."""
class ApiNotThere(ApiRequestTrouble, code="api-not-there"):
    """Nothing answers at this path."""
class ApiMethodWrong(ApiRequestTrouble, code="api-method-wrong"):
    """Something answers at this path, but not so."""
class ApiRequestWrong(ApiRequestTrouble, code="api-request-wrong"):
    """It can't be read."""
class ApiTooLarge(ApiRequestTrouble, code="api-too-large"):
    """It is longer than is read."""
class ApiTooSlow(ApiRequestTrouble, code="api-too-slow"):
    """It took too long to come."""
class ApiTooMany(ApiRequestTrouble, code="api-too-many"):
    """Its key, user or endpoint was used too often."""
class ApiBusy(ApiRequestTrouble, code="api-busy"):
    """Too many are being answered, or a spoken turn goes first."""

class NotRunning(Trouble, code="not-running"):
    """A command needs the running application, and there is none."""
class AppSilent(NotRunning, code="app-silent"):
    """The application runs but does not answer on its socket."""

class ScreenMissing(Trouble, code="screen-missing", exit_code=3):
    """The tray application was asked for where there is no screen."""
class QtLibraryMissing(ScreenMissing, code="library-missing"):
    """A library of the system that windows are made with is not there."""

# Beside families
class ClockDoubted(Trouble, code="clock-doubted"):
    """The clock jumped, so that nothing is removed for its age by it."""
class UpkeepDue(Trouble, code="upkeep-due"):
    """What is due for everything that is kept takes longer than a command may wait for at its end."""
class PolicyUnusable(Trouble, code="policy-unusable", exit_code=3):
    """The administrator's policy is there and not all of it can be used: what that part guards is closed."""
class ExportForbidden(Trouble, code="export-forbidden", exit_code=3):
    """The administrator lets nothing be exported in clear."""
class EraseForbidden(Trouble, code="erase-forbidden", exit_code=3):
    """The administrator lets users erase nothing."""
class EmbedderBroken(Trouble, code="embedder-broken", exit_code=3):
    """The files that turn texts into meaning are missing or damaged, or can't be used here."""
class StillStarting(Trouble, code="still-starting"):
    """Something was asked of the application before its parts were open."""
class AppLocked(Trouble, code="app-locked", exit_code=3):
    """The policy has had the store of the running application closed, for nobody used it for a while."""
class SettingsUnusable(Trouble, code="settings-unusable", exit_code=3):
    """settings.toml can't be read at all, or holds values of the wrong kind."""
class SettingLocked(Trouble, code="setting-locked", exit_code=3):
    """The administrator's policy decides this setting alone."""
class PlacesUnusable(Trouble, code="places-unusable", exit_code=3):
    """A folder Sottovoce needs can't be made, or is open to others."""
class StillRunning(Trouble, code="still-running"):
    """What is asked can't be done while the application has the store open."""
class NotConfirmed(Trouble, code="not-confirmed"):
    """The user was asked and did not say yes."""
class Interrupted(Trouble, code="interrupted"):
    """What was asked was ended from outside before it was done."""
class TooMuch(Trouble, code="too-much"):
    """A request or a reply is longer than what the running application exchanges at once."""
class OutputUnwritable(Trouble, code="output-unwritable"):
    """What a command prints could not be written to where it goes."""
class ThingNotFound(Trouble, code="not-found"):
    """What a command names does not exist."""
class DemoFailed(Trouble, code="demo-failed"):
    """A step of the demonstration did not come out as it must."""


# fmt: on


def to_user_error(error: BaseException) -> SottovoceError:
    """Return the error to show for `error`: itself if it can be shown, else one calm `Bug` without its words."""
    return error if isinstance(error, SottovoceError) else Bug()
