# Two names are made one party from the palette, a party is renamed, and undo takes each back.
keys :
type party.same
keys Enter
see One agency under two names
type larkfield
keys Enter Tab
type afrs
keys Enter
keys Enter
saved AFRS is the same as Larkfield Housing
keys f
type afrs
see Larkfield Housing
not see ► AFRS
keys Enter
see Larkfield Housing
keys Backspace u
saved undone
keys f
type afrs
see AFRS
keys Esc
keys :
type party.rename
keys Enter
type afrs
keys Enter Tab
type Ashmere Fire and Rescue
keys Enter
saved Ashmere Fire and Rescue
keys u
saved undone
# A party that leads something stays.
keys :
type party.withdraw
keys Enter
type afrs
keys Enter Tab
type Misread
keys Enter
see it leads or oversees
keys Esc
# An action gets the number that the board gives it.
keys Home
keys :
type action.number
keys Enter
see Number of 1.1
keys Ctrl-U
type R1.A1
keys Enter
saved R1.A1
keys u
saved undone
# A plan that was added by mistake goes, and comes back.
keys :
type plan.withdraw
keys Enter
see Withdraw the plan riverside
keys Enter
see there is no reason
type The wrong register
keys Enter
saved withdrawn
keys u
saved undone
