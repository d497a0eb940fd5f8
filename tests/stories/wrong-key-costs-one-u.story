# A wrong rating costs one key; the same rating twice writes nothing.
keys r
saved 1.1 Blue → Red
keys r
see 1.1 is already Red
keys u
saved undone
see ◊ BLUE
keys -
saved not rated
see ○ NOT RATED
keys u
see ◊ BLUE
keys Ctrl-R
see ○ NOT RATED
# A user cannot undo what others did.
keys u u
see Nothing more to undo
