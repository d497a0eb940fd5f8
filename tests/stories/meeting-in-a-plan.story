# A meeting begun within one of two plans stays in it, and offers that plan's bodies first.
keys I
type tests/fixtures/review/harbour.csv
keys Enter A
saved
keys Esc Home Enter
see Riverside Safeguarding Adults Review
keys m
see ► POS
keys Enter
see “this plan” adds them
keys Tab Tab Tab Tab Tab Tab Tab
type this plan
see Start a meeting: 19 items; 5 more left out, “all” adds them
keys Enter
saved meeting of POS, 21 Nov 2026 started
see Riverside Safeguarding Adults Review
see item 1 of 19
not see All plans
keys u
saved undone
# From the register it is for all plans, and a board reviews everything.
keys Esc Esc
see Harbour Bay
keys m
type Practice Board
keys Enter
see Actions of    all
not see left out
keys Esc
