# The leads are chased by mail from the list of reports: what is asked, where the drafts go, and by when to answer.
keys x
see Chase the leads: a mail to each
type chase
keys Enter
see Mail to
see without an address
see 5 Dec 2026
keys Tab Ctrl-U
type soon
keys Enter
see “soon” is no number of days
keys Esc
# An address is set once, in the palette.
keys :
type party.address
keys Enter
see Where mail to an agency goes
type afrs
keys Tab
type nonsense
keys Enter
see “nonsense” is no mail address
keys Ctrl-U
type duty@afrs.example
keys Enter
saved AFRS address changed
