# A report on the screen is saved to a file: which format, where, and how. A mistake is reported, and nothing is lost.
keys x
type exceptions
keys Enter
see Report · exceptions
keys w
see Save as which kind of file?
type word
keys Enter
see exceptions-riverside-2026-11-21.docx
keys Tab Tab
type hidden
keys Enter
see names cannot be “hidden”
keys Ctrl-U
type redacted
keys Esc
see Report · exceptions
