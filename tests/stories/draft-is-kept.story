# What is half typed survives Esc, and comes back with Ctrl-Y in the same form.
keys p
type Half a sentence
keys Esc
not see Half a sentence
see What you typed is kept; open this again, and Ctrl-Y brings it back
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
# What was not finished is still there, and what is typed beside it does not take its place.
keys p
see unsaved from earlier: “Never finished”
type Nor this
keys Esc p
see unsaved from earlier, 1 of 2: “Nor this”
keys Ctrl-Y
see unsaved from earlier: “Never finished”
keys Ctrl-Y
see unsaved from earlier: “Nor this”
keys Enter
saved “Never finished”
keys p
see unsaved from earlier: “Nor this”
# Discarded is what is typed; where nothing is, what was kept.
type A slip
keys Ctrl-D
see Discarded: “A slip”; 1 earlier text still kept
keys p
see unsaved from earlier: “Nor this”
keys Ctrl-D
see Discarded: “Nor this”
keys p
not see unsaved from earlier
