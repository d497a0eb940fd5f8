# The next version of a plan in the register, under another name: what is new, the same, different and gone.
keys I
type tests/fixtures/review/harbour.csv
keys Enter A
saved
# Something is changed here meanwhile.
keys Home b
saved
keys I
type tests/fixtures/review/harbour-later.csv
keys Enter
see seems to be a later version
keys Enter
# Doubts already dealt with do not return.
not see The year in
see later version of harbour   1 new
see 1 gone
see Changed in the document
# What was changed in the register stays, unless the user chooses the document's wording.
see (1 kept as in the register)
see Blue ≠ Green
see No longer in the document  1
see Report to the board
keys t
saved
see July 2026
see Write down what was heard
# Importing the same document again changes nothing.
keys I
type tests/fixtures/review/harbour-later.csv
keys Enter Enter
keys t
see nothing was changed
