# While a meeting is open, m offers what can be done: who is here, the agenda, its end; afterwards, its minutes.
keys m
type POS
keys Enter Tab Tab
type A. Chair
keys Tab
type Ashmere Police=B. Officer
keys Enter Tab Tab
type overdue
keys Enter
saved meeting of POS, 21 Nov 2026 started
see item 1 of
# One person arrives late, and another takes the chair.
keys m
see Show the agenda
see 1 present, apologies from 0
type atten
keys Enter
see Attendance at the meeting of POS, 21 Nov 2026
type housing
keys Enter Tab
type ambulance
keys Tab Tab
see Attendance at
keys Tab Tab
type , then D. Deputy
keys Enter
saved chair A. Chair → A. Chair, then D. Deputy
keys m
see 2 present, apologies from 1
keys Esc
# An action that no rule selects is put on the agenda and taken off again.
keys Backspace
see item
keys Home
keys m
type put
see Put
keys Enter
saved 1.1 put on the agenda
keys m
type take
see off the agenda
keys Enter
saved 1.1 taken off the agenda
# What was dealt with stays whatever the rules say.
keys m
type show
keys Enter
keys Home Space
saved discussed
keys m
type take
keys Enter
see has been dealt with and stays on the agenda
keys Esc m
type rules
keys Enter
see Agenda of POS, 21 Nov 2026
see = overdue
keys Ctrl-U
type nonsense:
see ? enter any of overdue, changed
keys Ctrl-U
type proposed
see = proposed for closure
keys Enter
saved taken off the agenda
see √
# The minutes so far, and back.
keys m
type draft
keys Enter
see Minutes: POS, 21 Nov 2026
see Draft: the meeting is still open.
keys Esc
see item
keys m
type end
keys Enter Enter
saved ended
# Afterwards: a new one, or the past one corrected until its minutes are agreed.
keys m
see Start a meeting
see Agree the minutes of POS, 21 Nov 2026
type reopen
keys Enter
saved reopened for corrections
keys m
type end
keys Enter Enter
saved ended
keys m
type agree
keys Enter
saved minutes agreed
keys m
not see Reopen
type minutes
keys Enter
see Agreed.
