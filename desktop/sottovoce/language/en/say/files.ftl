# What the user's own files say.

files-offer = What do my files say about tomatoes?
# $text is what the file says, $place a heading's words or a page's number.
files-say = { $where ->
    [page] Your file "{ $file }" says, on page { $place }: { $text }
    [heading] Your file "{ $file }" says, under "{ $place }": { $text }
   *[nowhere] Your file "{ $file }" says: { $text }
}
# Said where fewer than half of the words that were asked for are in it.
files-nearest = { $where ->
    [page] The nearest I know: your file "{ $file }" says, on page { $place }: { $text }
    [heading] The nearest I know: your file "{ $file }" says, under "{ $place }": { $text }
   *[nowhere] The nearest I know: your file "{ $file }" says: { $text }
}
files-none = There are no files in your knowledge folder yet.
files-unread = I have not read any of your files yet.
files-forbidden = Your administrator lets me read no files of yours.
files-nothing = I found nothing about { $topic } in your files.
files-nothing-yet = I found nothing about { $topic } so far, and I am still reading your files.
# Each part tells one number.
files-count = { $parts }.
files-known = { $count ->
    [0] I know none of your files yet
    [one] I know { $count } file of yours
   *[other] I know { $count } files of yours
}
files-waiting = { $count ->
    [one] { $count } file is still to be read
   *[other] { $count } files are still to be read
}
files-failed = { $count ->
    [one] { $count } file cannot be read
   *[other] { $count } files cannot be read
}
# Each of $files says where one is.
files-where = About { YOU($topic) }, there is { $files }.
files-place = { $place ->
    [below] "{ $file }" in the folder "{ $folder }"
   *[top] "{ $file }" in your knowledge folder
}
