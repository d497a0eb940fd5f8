# Words narrow the list letter by letter; Esc brings back what was; a filter in words; a wrong one says why.
keys /
type hoarding
keys Esc
not see ▼ hoarding
keys /
type pathway
keys Enter
see ▼ pathway
keys Backspace
keys F
type rating:red
keys Enter
see ▼ rating:red
keys F
type  ratng:green
keys Enter
see rating:
keys Esc
see ▼ rating:red
keys Backspace
keys /
type zzzz
keys Enter
see Nothing matches this filter; Backspace clears it.
keys Backspace
not see Nothing matches
