# A report is read on the screen: of what is shown, made new when something changes, and left for where one was.
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
# Whose return it is to be is asked, where the filter names nobody.
keys Backspace x
type agency
keys Enter
see Whose actions?
type afrs
keys Enter
see Actions for AFRS
