# The history of one action: newest first, widened to the whole register, searched, and closed.
keys n n
see 3 of 24
keys g
saved 2.1 Amber → Green
keys H
see History of 2.1
see Amber → Green
see newest first
# Undo works here as everywhere, and its change is at the top at once.
keys u
see undone:
see 2 of
keys A
see History of the register
keys End
see riverside imported from
keys / z z z q
see No change matches; Backspace shows all.
keys Esc
not see No change matches
keys / a m b e r Enter
see ▼ “amber”
see shown
keys Backspace
not see ▼
keys f
type POS
keys Enter
see ▼ party:POS
keys F Esc
see ▼ party:POS
keys A
see History of 2.1
keys Esc
see 3 of 24
not see History
