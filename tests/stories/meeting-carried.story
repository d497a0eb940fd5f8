# Three meetings of one body: an item is carried, one is not reached, one is taken as read with a word.
keys m
see Body
type POS
keys Enter
see Start a meeting: 3 items; 16 more left out, “this plan” adds them
see Actions of    this body
keys Tab Tab Tab Tab Tab
keys Ctrl-U
type ref:1.2, ref:2.1, ref:3.1
keys Enter
saved meeting of POS, 21 Nov 2026 started
see item 1 of 3: put on it by the chair
keys Home C
type No report yet
keys Enter
saved carried forward: “No report yet”
keys n R
keys Enter
see there is no reason
type Paper circulated
keys Enter
saved taken as read: “Paper circulated”
keys m
type end
keys Enter
see 1 item not reached, so on the next agenda: 3.1
see “as read: why”
keys Esc m
type not dealt
keys Enter
see agenda -discussed
see 3.1
keys m
type end
keys Enter Tab
type carry: Out of time
see 1 item carried forward: 3.1
keys Enter
saved ended
keys m
type minutes of
keys Enter
see Carried forward
see No report yet
keys End
see Out of time
see Taken as read, with a word
see Paper circulated
keys Esc
# The second meeting has both again, whatever its rules say, with the count.
keys m
type start
keys Enter Tab Tab Tab Tab Tab
keys Ctrl-U
type ref:1.1
keys Enter
saved meeting of POS, 21 Nov 2026 started
see of 3
keys Home j
see item 2 of 3: carried once since 21 Nov 2026
keys m
type end
keys Enter
see 3 items not reached, so on the next agenda: 1.1, 1.2, 3.1
keys Enter
saved ended
# The third: discussed is dealt with; the rest is taken as read. One undo opens the meeting again.
keys m
type start
keys Enter
see items
keys Tab Tab Tab Tab Tab
keys Ctrl-U
type ref:1.1
keys Enter
keys Home j
see carried twice since 21 Nov 2026
keys Space
saved discussed
keys m
type end
keys Enter
keys Tab
type as read
keys Enter
see there is no reason
type : Reports circulated
see 2 items taken as read; they do not come again
keys Enter
saved ended
keys u
saved undone
see ▼ agenda
keys m
type end
keys Enter
see 2 items not reached
keys Esc
