# In a meeting: the form that moves a target says how often it has slipped.
keys m
type POS
keys Enter Tab Tab Tab Tab Tab
type everything
keys Enter
saved started
keys Home n
see 1.2
keys d
see Target of 1.2 · moved twice; first target Jun 2026
keys Esc
# An action is proposed for closure with its evidence, agreed with what was seen, and reopened with the reason.
keys n c
see Evidence that it is done: propose closure of 2.1
keys Enter
see No evidence is given that it is done
type The signed agreement
keys Enter
saved 2.1 proposed for closure: “The signed agreement”
see proposed  The signed agreement
keys c
see Evidence seen: agree closure of 2.1
type The signed agreement, shown on the screen
keys Enter
saved 2.1 closed: “The signed agreement, shown on the screen”
keys c
see Reopen 2.1
type One partner has not signed
keys Enter
saved 2.1 reopened, progress added: “Reopened: One partner has not signed”
keys z
see Reopened: One partner has not signed
keys z m
type draft
keys Enter
see Proposed: The signed agreement
see Closed: The signed agreement, shown on the screen
see One partner has not signed
# The lead is offered as the one whose update it is.
keys Esc Home n n p
see From          Riverside Recovery
type Visits have begun
keys Enter
saved Visits have begun
see 21 Nov 2026  Riverside Recovery
# Another party is a few letters away, and any other name can be typed.
keys p
type Crews were told
keys Tab Tab
type polic
see ► Ashmere Police
keys Enter Enter
saved Crews were told
see 21 Nov 2026  Ashmere Police
keys p
type Phoned in
keys Tab Tab
type A neighbour
see A neighbour  (as typed)
