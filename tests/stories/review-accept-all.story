# Accepting everything: each doubt with a single suggestion is settled, and the document imported. A doubt with a choice stays marked.
keys I
type tests/fixtures/review/harbour.csv
keys Enter
see 3 doubts
keys A
saved harbour
see Oct 2026
see 6 actions
see doubts 1
