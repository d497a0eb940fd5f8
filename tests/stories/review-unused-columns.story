# Columns of which nothing is used are named at once, and can be given a field.
keys I
type tests/fixtures/review/quay-cost.csv
keys Enter
see 2 columns not used: Hazard, Cost
see Columns not used
keys c Down Down Enter
type progress
keys Enter
keys Esc
see 1 column not used: Cost
keys t
saved
