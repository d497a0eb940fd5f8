# What is half typed survives Esc, and comes back with the same key on the same action.
keys p
type Half a sentence
keys Esc
not see Half a sentence
keys p
see unsaved from earlier: “Half a sentence”
keys Ctrl-Y
not see unsaved from earlier
type  and its end
keys Enter
saved Half a sentence and its end
keys p
not see unsaved from earlier
keys Esc
# Typing replaces the suggestion: nothing is joined to it.
keys p
type Never finished
keys Esc p
type A new update
keys Enter
saved “A new update”
