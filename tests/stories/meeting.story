# A meeting from start to end: everything written meanwhile belongs to it.
keys Space
see No meeting is open; m starts one
keys m
see Start a meeting
type POS
keys Enter
# Date, chair, who is there, who is not; then the agenda.
keys Tab Tab
type A. Chair
keys Tab
type Ashmere Police=B. Officer
keys Enter Tab Tab
type overdue, red and amber
keys Tab
type 12 Feb 2027
keys Enter
saved meeting of POS, 21 Nov 2026 started
see ▼ agenda
see 0 of
see discussed
log meeting of POS
# An item is discussed; a second Space unmarks it.
keys Home Space
saved discussed
see √
see 1 of
keys Space
saved 1.2 not discussed after all
see 0 of
keys u
see 1 of
# What is changed about an item is discussed too, and n passes over it.
keys n g
saved Green
see 2 of
keys u
see 1 of
# n goes to what is not discussed yet.
keys Home
keys n C
type No report yet
keys Enter
saved carried forward: “No report yet”
see In this meeting
see 2 of
keys n !
type Ask the chief executive
keys Enter
saved decided: “Ask the chief executive”
keys a
saved
# One meeting at a time; m ends it.
keys m
see The meeting
type end
keys Enter
see End the meeting of POS, 21 Nov 2026
not see not reached
keys Enter
saved ended
not see discussed
