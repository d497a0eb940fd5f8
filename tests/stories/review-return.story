# Two returns of one agency, the older read after the newer: each is reviewed line by line.
keys I
type tests/fixtures/review/harbour.csv
keys Enter A
saved
# The newer return is as it should be: what it says is offered for import.
keys I
type tests/fixtures/review/return-newer.csv
keys Enter
see Return of HBFT   1 answer
see 2 to import   0 kept   0 the same   by Jane Roe   completed 18 Nov 2026   form of 15 Nov 2026
see What the return says  2
see Amber → G
keys t
saved
# The older one has a mistyped reference: what it may be is asked, with the words beside it.
keys I
type tests/fixtures/review/return-older.csv
keys Enter
see older: return-newer.csv was read on
see To answer first  1
see no action is called harbour:2.9
# What the register has changed since that form was made is kept; so is an edit in a column that was not to be filled in.
see (2 kept as in the register)
see Green ≠ Red
see May 2026 ≠ July 2026
# Once it is said which action is meant, the rest of its row is shown: a rating that is none, and a date that is asked for.
keys Enter
see “purple” is not a rating of this plan
see To answer first  1
see Oct 2026 → 31 March 2027
keys Enter
see Which is meant?
keys Esc
# A mistake is undone as in every review.
keys u
see no action is called harbour:2.9
keys Ctrl-R
see is not a rating
# The refused rating is left out.
keys x
see left out
# Taken after all, and put back.
keys n n
see Changed in the register on
see from return-newer.csv
keys Enter
see Green → Red
keys Enter
see Green ≠ Red
keys t
saved
# The extension is asked of the chair, who sees it on the action and finds it in the list.
keys F
type extension
keys Enter
see 1 of 6
see 31 March 2027
see An extension to 31 March 2027 is requested
keys d
see Accept: move the target of 2.1 to 31 March 2027
keys Enter
saved
see 2.1 target Oct 2026 → 31 March 2027
log 2.1 extension request answered
# One undo takes the decision back, one more the whole return.
keys u
saved
keys u
see undone: 1.1 progress added: “The printers are late.”
keys Esc Enter Home
see The briefing reached every ward.
not see 4 Nov 2026
see Oct 2026
not see 31 March
