# A date moves with its reason; the first date stays in sight.
keys d Ctrl-U
type March 2027
see 1 to 31 Mar 2027
keys Tab
type Waiting for the new contract
keys Enter
saved March 2027
see Original
see Waiting for the new contract
keys u
saved target
# Enter asks for the reason once, and then saves without one.
keys d Ctrl-U
type April 2027
keys Enter
see Why is it moved?
keys Enter
saved April 2027
