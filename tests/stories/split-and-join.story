# An action that is really two is split into two that make sense apart, and one u makes it whole.
keys Home
keys n n
see Sign an information sharing agreement
keys e Ctrl-U
type AFRS to sign the agreement on fire risk, and Larkfield Housing to publish it by Dec 2026
keys Enter
saved 2.1 reworded
keys :
type action.split
keys Enter
see Split 2.1: where does another part begin?
see 1  AFRS to sign the agreement on fire risk, and
see 2  Larkfield Housing to publish it by Dec 2026
see AFRS · 31 Oct 2026
keys Space
not see · no updates
keys Enter
see There is only one part; Space begins another
keys Space Enter
saved 2.1 split into 2: the rest is 2.3
see 2.3  Larkfield Housing to
see AFRS to sign the agreement on fire risk
keys H
see split, the rest is 2.3: “AFRS to sign
keys Esc
see 2.3  Larkfield
keys u
saved undone: 2.1 split into 2
see 24 actions
keys :
type action.split
keys Enter Esc
not see Split 2.1
# Two actions that are really one are joined, and one u takes them apart.
keys :
type action.join
keys Enter
see Which action becomes part of 2.1?
type visit
keys Enter
saved 2.2 joined with 2.1
see Offer a home fire safety visit
see 23 actions
log 2.2 withdrawn: joined with 2.1
keys u
saved undone: 2.2 joined with 2.1
see 2.2  Offer a home fire
