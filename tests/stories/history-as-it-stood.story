# Enter in the history shows the plan as at just after that change, read-only.
keys n n g
saved 2.1 Amber → Green
keys r
saved 2.1 Green → Red
keys H Down Enter
see As at 21 Nov 2026 14:05 ·
see GREEN
not see Green →  Red
see 3 of 24
# Every key that writes is refused in a sentence.
keys a
see Nothing can be changed here: this shows the position as at 21 Nov 2026 14:05; Esc returns to the present
keys p
see Nothing can be changed here
keys u
see Nothing can be changed here
keys m
see Nothing can be changed here
keys I
see Nothing can be changed here
keys H
see Esc returns to the present, where the history is
# Filters and the card work as ever.
keys / f i r e Enter
see ▼
keys Backspace z
see As at 21 Nov 2026 14:05 ·
keys Esc
# What has changed since then is a report.
keys =
see What changed
see Green → Red
keys Esc
see As at
# Back to the same row of the history, and then to the walk.
keys Esc
see History of 2.1
see 2 of
keys Esc
see 3 of 24
see RED
keys a
saved 2.1 Red → Amber
