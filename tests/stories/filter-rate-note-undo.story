# A chair picks one agency's actions, rates two, writes down an update, undoes the last change, and quits.
see OFFICIAL-SENSITIVE
keys f
type afrs
keys Enter
see ▼ party:AFRS
keys n
keys r
saved Red
keys n
keys p
type Visits within ten days now stand at 74 per cent.
keys Enter
saved progress added
see Visits within ten days now stand at 74 per
keys u
saved progress
keys Ctrl-R
see Visits within ten days now stand at 74 per
keys Backspace
not see ▼ party:AFRS
keys q
over
