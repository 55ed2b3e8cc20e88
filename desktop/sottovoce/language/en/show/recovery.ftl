# The recovery code: shown, confirmed, made anew.

recovery-title = Recovery code
recovery-what-for = If this computer ever loses the key to your conversations, this code is the way back to them. Write it down and keep it away from the computer: whoever has both the code and your files can read everything.
recovery-confirm = &Type any one group of it, to show that you have it:
recovery-once = It is stored nowhere. Until you have typed a group of it, the menu of the tray icon shows it again; the next start can only make a new one.
recovery-copied = Copied. Other programs can read the clipboard, so it is cleared in { $seconds } seconds unless you copy something else.
recovery-saved = Saved as { $file }. Print it, then delete the file: it holds the code in clear.
recovery-printed = Handed to the printer. Fetch the sheet yourself.
recovery-remind = A recovery code was made { $made }, but you have not shown yet that you have it. If you have, type it here. If not, make a new one now.
recovery-replace = A recovery code was made { $made }. It is stored nowhere, so it can't be shown again. A new one ends it, also on any sheet you printed, as soon as you have typed a group of the new one.
recovery-first = There is no recovery code yet. Without one, nothing opens your conversations if the keyring loses their key.
recovery-unlooked = What you have typed has not been looked at yet.
recovery-save-dialog = Save the recovery sheet
recovery-code-name = Recovery code
recovery-copy = &Copy
recovery-save = &Save as PDF…
recovery-print = &Print…
recovery-group-name = One group of the recovery code
recovery-keep = Keep this recovery code
recovery-whole = Recovery &code:
recovery-yours = Your recovery code
recovery-have = I &have it
recovery-make = &Make a new code
recovery-done = &Done
