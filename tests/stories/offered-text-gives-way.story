# Typing replaces a form's suggestion; a remark disappears at the next key.
keys d
type end of feb
see end of feb
not see 2026end
see overdue from 1 Mar
keys Tab
type Waiting for the contract
keys Enter
saved end of feb 20
keys p
type Told in the meeting
keys Tab
type yesterday
not see todayyesterday
keys Esc
see What you typed is kept
keys n
not see What you typed is kept
