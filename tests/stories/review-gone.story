# What a later version no longer has is marked, and the reason is offered when it is closed.
keys I
type tests/fixtures/review/quay.csv
keys Enter A
saved
keys I
type tests/fixtures/review/quay-may.csv
keys Enter Enter
see No longer in the document  1
keys t
saved
keys F
type gone
keys Enter
see ▼ gone
see Oil the lock gate
keys c
see no longer in quay-may.csv
keys Enter
saved clos
see proposed
# A second one goes altogether; undo brings it back.
keys W
see no longer in quay-may.csv
keys Enter
saved withdrawn
not see Oil the lock gate
keys u
saved undone
see Oil the lock gate
