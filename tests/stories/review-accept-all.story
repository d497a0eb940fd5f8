# Everything at once: each suggestion that is the only one, and the document. The doubt that is a choice stays a mark.
keys I
type tests/fixtures/review/harbour.csv
keys Enter
see 3 doubts
keys A
saved harbour
see Oct 2026
see 6 actions
see doubts 1
