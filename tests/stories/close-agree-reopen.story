# Closing is proposed, agreed with what was seen, and can be reopened.
keys c
type Minutes of three meetings
keys Enter
saved clos
see proposed
keys c
see Minutes of three meetings
keys Enter
saved clos
see agreed, closed
keys c
type New concern raised
keys Enter
saved open
not see agreed, closed
