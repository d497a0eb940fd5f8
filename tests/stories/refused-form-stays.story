# A form that cannot be saved stays open, says why, and keeps its text.
keys p
keys Enter
see Progress on 1.1
keys Tab Ctrl-U
type 30 Feb 2026
keys Enter
see is not a date
see Progress on 1.1
keys Ctrl-U
type yesterday
see = 20 Nov 2026
keys BackTab
type The group met.
keys Enter
saved The group met.
see 20 Nov 2026
