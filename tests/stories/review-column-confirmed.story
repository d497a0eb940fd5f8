# What a column was judged to hold is asked once, and can be undone.
keys I
type tests/fixtures/review/quay-done.csv
keys Enter
see 2 doubts
see The dates under “Due” have the month first
see Enter confirms it for this document
keys Enter
see 1 doubt
see is done and rated Green
keys Enter
see 0 doubts
keys u
see 1 doubt
keys Ctrl-R
see 0 doubts
keys t
saved
see 2 Jan 2027
