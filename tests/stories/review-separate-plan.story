# Importing all at once never makes a second plan unasked of what seems to be a later version of one.
keys I
type tests/fixtures/review/harbour.csv
keys Enter A
saved
keys I
type tests/fixtures/review/harbour-later.csv
keys Enter
see seems to be a later version
keys t
see Most of these actions are already in a plan
see Compare it with
# The first choice opens the comparison, and nothing is written yet.
keys Enter
see Compared with harbour
see later version of harbour
keys Esc Down Enter
see Closed without importing
# The second makes it a plan of its own.
keys I
type tests/fixtures/review/harbour-later.csv
keys Enter A
see Most of these actions are already in a plan
keys Down Enter
saved
