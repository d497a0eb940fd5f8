# A day is typed, and everything is shown as at its end; from there another day can be chosen.
keys f
type POS
keys Enter
see ▼ party:POS
keys n @
see As at which day or meeting?
type 2030-01-01
see Not a past date
keys Esc @
type 30 jun 2026
see the end of Tue 30 Jun 2026
keys Enter
see As at the end of 30 Jun 2026 ·
see ▼ party:POS
see 2 of
keys r
see Nothing can be changed here: this shows the position as at the end of 30 Jun 2026
keys @
type yesterday
keys Enter
see As at the end of 20 Nov 2026 ·
keys Esc
not see As at
see ▼ party:POS
see 2 of
# Before there was anything.
keys @
type 2001-01-01
keys Enter
see There is nothing to show: the register had no plan at the end of 1 Jan 2001
not see As at the end of 1 Jan 2001 ·
