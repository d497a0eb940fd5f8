# What was understood can be corrected field by field, and each correction undone.
keys I
type tests/fixtures/review/harbour.csv
keys Enter
keys e
see Correct 2.1 of harbour.csv
# The cursor is in the field that is in doubt.
keys Backspace 1
see Oct 201
keys Ctrl-U
type Oct 2025
see = 1 to 31 Oct 2025
keys Enter
see Corrected; nothing is written yet
see 2 doubts
keys u
see Undone
see 3 doubts
keys Ctrl-R
see 2 doubts
# A rating that the plan does not have is refused, and the form stays.
keys End e Tab Tab Tab Tab
keys Ctrl-U
type Purple
keys Enter
see this plan has no rating “Purple”
keys Ctrl-U
type red
keys Enter
see Corrected
# The plan's own name can be given.
keys Home n
keys Esc
see Close this document?
keys Down Enter
see Closed without importing
