# A board manager reads a plan into a register that holds another, looks at each doubt, and takes it in.
keys I
type tests/fixtures/review/harbour.csv
keys Enter
see Import · harbour.csv
see nothing is written yet
see 4 recommendations   6 actions
see 3 doubts
see new plan harbour
# The doubts stand first, with the words of the document beside them.
see Doubts first  3
see The year in “Oct 202” is not complete
see Perhaps: Oct 2026
# One key takes what is suggested.
keys Enter
see 2.1 target: Oct 202 → Oct 2026
see 2 doubts
# Words that may well be right are left as they are.
keys x
see 3.2 rating: left as written
see 1 doubt
# Two readings of one name are a choice.
keys Enter
see Which one is meant?
type HBC
keys Enter
see 4.1 lead: HBGT → HBCT
see 0 doubts
# Correcting writes nothing; taking in writes one batch.
keys t
saved
see Harbour Bay Safeguarding Adults Board
see Oct 2026
keys u
not see Harbour Bay
