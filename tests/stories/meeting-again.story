# A body's next meeting starts with the settings of its last; anything typed stays.
keys m
see Body
type POS
keys Enter Tab Tab
type A. Chair
keys Tab
type Ashmere Police=B. Officer
keys Enter Tab Tab
type overdue
keys Tab
type 21 Nov 2026
keys Enter m
type end
keys Enter Enter
saved ended
# Another body, on the same day: it has no habits yet.
keys m Enter
see Start a meeting
see POS
see A. Chair
see Ashmere Police (B. Officer)
keys Backspace
type Review Board
keys Enter Enter
not see A. Chair
not see B. Officer
see carried forward, overdue, proposed
keys Tab Tab
type C. Other
keys BackTab BackTab Backspace
type POS
keys Enter
# The chair that was typed stays; the rest is restored.
see C. Other
see Ashmere Police (B. Officer)
keys Enter
saved meeting of POS, 21 Nov 2026 started
see item 1 of
