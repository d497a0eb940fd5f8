# The scope of a recommendation is read from the document, corrected, and shown in the walk.
keys I
type tests/fixtures/dhr_template.md
keys Enter
see 5 recommendations   6 actions
keys Down
see Scope
see LOCAL
keys e
see Scope
keys Tab Tab Tab
keys Ctrl-U
type regional level
keys Enter
see Corrected; nothing is written yet
see Regional
keys u
see Undone
keys t
saved dhr
see Scope
see Local
