# Closing is proposed, agreed with what was seen, and can be reopened.
keys c
type Minutes of three meetings
keys Enter
saved clos
see proposed
# Outside a meeting, whoever proposed it is asked first.
keys c
see You proposed to close 1.1, and no meeting is open. Agree it yourself?
see No: it stays proposed
keys Enter c Down
see Yes: proposed and agreed by The Chair
keys Enter
see Minutes of three meetings
keys Enter
saved clos
see agreed, closed
keys c
type New concern raised
keys Enter
saved open
not see agreed, closed
