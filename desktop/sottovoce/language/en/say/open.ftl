# Opening programs, folders, files and pages.

open-offer = Open my downloads folder.
open-ask = Shall I open { $what }?
open-ask-file = Shall I open the file about { $topic }?
open-opening = { $manner ->
    [brief] { $what }.
   *[normal] Opening { $what }.
}
open-shown = { $manner ->
    [brief] { $what }.
   *[normal] Opening { $what }.
}
open-place = { $place ->
    [home] Here is your home folder.
    [desktop] Here is your desktop folder.
    [documents] Here are your documents.
    [downloads] Here are your downloads.
    [music] Here is your music.
    [pictures] Here are your pictures.
    [videos] Here are your videos.
   *[trash] Here is the trash.
}
open-unknown = I know no program called { $what }, so I opened nothing.
open-unknown-near = I know no program called { $what }, so I opened nothing. The nearest is { $near }: say “open { $near }” for it.
open-ask-what = What shall I open?
open-no-folder = I find no folder called { $what } in your home.
open-no-file = I find no file about { $topic } in your knowledge folder.

# What programs are called by what they are for, and folders by what is in them; commas part them.
open-role-browser = browser, web browser, internet browser, internet, web, the internet, the web, the browser, the web browser
open-role-files = file manager, files, file browser, file explorer, files app, the file manager, my files
open-role-mail = mail, email, e-mail, emails, e-mails, mail client, email client, mail program, inbox, mailbox, the mail, the email
open-role-terminal = terminal, console, command line, shell, terminal emulator, a terminal, command prompt, the terminal
open-role-editor = text editor, editor, plain text editor, the text editor, a text editor
open-role-calculator = calculator, the calculator, pocket calculator
open-role-pictures = image viewer, picture viewer, photo viewer, photos app, photo app
open-role-videos = video player, movie player, film player, media player
open-role-music = music player, audio player, music app
open-role-calendar = calendar app, calendar program, calendar application
open-role-settings = settings, system settings, control center, control panel, control centre, preferences, system preferences, settings app
open-place-home = home, home folder, my home, home directory, personal folder
open-place-desktop = desktop, desktop folder
open-place-documents = documents, document, documents folder, papers
open-place-downloads = downloads, download, downloads folder, downloaded files
open-place-music = music, music folder, songs
open-place-pictures = pictures, picture, photos, photo, images, pictures folder, photographs
open-place-videos = videos, video, movies, films, videos folder
open-place-trash = trash, bin, trash can, recycle bin, rubbish, rubbish bin, wastebasket, waste basket, trash bin
