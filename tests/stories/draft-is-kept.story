# What is half typed survives Esc, and comes back with the same key on the same action.
keys p
type Half a sentence
keys Esc
not see Half a sentence
keys p
see Half a sentence
see what you typed earlier
type  and its end
keys Enter
saved Half a sentence and its end
keys p
not see what you typed earlier
keys Esc
