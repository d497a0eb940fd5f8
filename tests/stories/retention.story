# How long a plan is kept: two dates, and a standing word once one has come.
keys :
type retention
keys Enter
see How long
type 1 Nov 2026
keys Tab
type 1 Oct 2026
keys Enter
see before it is reviewed
keys Ctrl-U
type 1 Nov 2032
keys Enter
saved review date none → 1 Nov 2026
see has been due for review since 1 Nov 2026
keys u
not see due for review
