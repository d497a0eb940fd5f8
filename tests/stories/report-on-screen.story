# A report on what is shown is read on the screen, updated when something changes, and closed.
keys F
type rating:red
keys Enter
see ▼ rating:red
keys x
see Show which report?
type overdue
keys Enter
see Report · overdue
see Overdue actions
keys PgDn PgUp End Home n N
keys Esc
see ▼ rating:red
keys x
type minutes
keys Enter
see There are no minutes to produce
see ▼ rating:red
# The report asks whose return it is, if the filter names no party.
keys Backspace x
type agency
keys Enter
see Whose actions?
type afrs
keys Enter
see Actions for AFRS
