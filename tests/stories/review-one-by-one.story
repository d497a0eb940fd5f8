# A board manager reads a plan into a register that holds another, looks at each doubt, and imports it.
keys I
type tests/fixtures/review/harbour.csv
keys Enter
see Import · harbour.csv
see nothing is written yet
see 4 recommendations   6 actions
see 3 doubts
see new plan harbour
# Doubts come first, with the document's wording beside them.
see Doubts first  3
see The year in “Oct 202” is not complete
see Perhaps: Oct 2026
# One key accepts the suggestion.
keys Enter
see 2.1 target: Oct 202 → Oct 2026
see 2 doubts
# Words that may well be right are left as they are.
keys x
see 3.2 rating: left as written
see 1 doubt
# A name with two possible meanings is a choice.
keys Enter
see Which is meant?
type HBC
keys Enter
see 4.1 lead: HBGT → HBCT
see 0 doubts
# Correcting writes nothing; importing writes one batch.
keys t
saved
see Harbour Bay Safeguarding Adults Board
see Oct 2026
keys u
not see Harbour Bay
