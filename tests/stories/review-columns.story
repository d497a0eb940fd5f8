# A log with unrecognisable columns becomes a plan once they are mapped.
keys I
type tests/fixtures/review/logbook.csv
keys Enter
see This does not look like an action plan
see Undertaking
keys t
not see saved
keys Down Enter
see What does this column hold?
type action
keys Enter
see 2 actions
keys Down Enter
type lead
keys Enter
keys Down Enter
type target
keys Enter
see May 2026
# Undone, one by one.
keys u
not see Target    May 2026
keys Ctrl-R
keys Esc
see Order new keys for the hostel
see Estates
keys t
saved logbook
see Order new keys
