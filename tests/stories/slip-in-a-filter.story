# A slip in a one-word term matches nothing, and the term that was meant is named.
keys F
type overdeu
see Nothing matches this filter; Esc goes back.
see Did you mean overdue?
keys Enter
see Nothing matches this filter; Backspace clears it.
keys Backspace
# The whole of an explanation is shown, with its advice.
size 80x24
keys F
type lead:Ashmere Police overdue lead:Ashmore
keys Enter
see Did you mean
keys Esc
size 120x40
keys f
keys Esc
keys f
type pol
keys Enter
keys F
type overdue
not see overdueoverdue
see " overdue
keys Enter
