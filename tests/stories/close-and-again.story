# The evidence has a place; closing without any asks once; an action that recurs makes the next one.
size 170x50
keys c Enter
see No evidence is given that it is done
keys Enter
saved 1.1 proposed for closure
keys u c
type Pathway signed by all six
keys Tab
type https://board.example/pathway.pdf
keys Enter
saved 1.1 proposed for closure
see at https://board.example/pathway.pdf
log 1.1 evidence is at https://board.example/pathway.pdf
keys c Down Enter
see Evidence seen: agree closure of 1.1
see not again; type “yes” for again in 12 months
keys Tab Tab
type yes
see = a next action, by 21 Nov 2027
keys Enter
saved 1.1 closed: “Pathway signed by all six”
see again as 1.3, by 21 Nov 2027
see ○ CLOSED
# One undo takes back both.
keys u
not see again as 1.3
see proposed
keys Ctrl-R
see again as 1.3
# The next one says so too, on its card.
keys n n
see 1.3
see the next of 1.1, which was closed
keys z
see the next of 1.1, which was closed
