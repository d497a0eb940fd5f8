# A slip in a one-word term matches nothing, and the term that was meant is named.
keys F
type overdeu
see Nothing matches this filter
see Did you mean overdue?
keys Esc
keys f
type pol
keys Enter
keys F
type overdue
not see overdueoverdue
see " overdue
keys Enter
