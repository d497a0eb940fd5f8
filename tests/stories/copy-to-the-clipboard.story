# The action under the cursor goes to the clipboard as one sentence, from the walk and from the card.
size 120x40
keys F
type rating:red
keys Enter Y
see to the clipboard
copied “
copied rated Red.
keys z Y
copied rated Red.
# In the history the change, in a report all of it.
keys Esc H Y
see Copied the change to the clipboard
keys Esc x
type overdue
keys Enter Y
see Copied the report to the clipboard
copied Overdue actions
copied OFFICIAL
keys Esc
# The mouse is released to select text, and given back.
keys Backspace F8
see F8 gives it back
keys n
see The mouse selects text
keys F8
see The mouse works in the program again
