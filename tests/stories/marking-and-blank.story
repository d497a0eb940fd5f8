# A plan's marking is in the title.
see OFFICIAL-SENSITIVE
keys M
see Mark this plan
see current
type official
keys Down Enter
saved marking OFFICIAL-SENSITIVE → OFFICIAL
keys M
type own
keys Enter Ctrl-U
type Private to the board
keys Enter
saved marking OFFICIAL → Private to the board
see Private to the board
not see OFFICIAL-SENSITIVE
keys u u
see OFFICIAL-SENSITIVE
# A blank screen; any key shows the screen again and does nothing else.
keys B
see Screen blanked; any key returns
not see OFFICIAL
keys r
not see Screen blanked
not see Red today
# Over a form too; what is half typed stays.
keys p
type Half a sent
keys F9
see Screen blanked; any key returns
not see Half
keys x
see Half a sent
not see Half a sentx
type ence
keys Enter
saved Half a sentence
