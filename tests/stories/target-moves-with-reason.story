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
# A day that does not exist is refused at once, before a reason is asked for.
keys d
type 31 Feb 2027
keys Enter
see there is no such day as “31 Feb 2027”
not see Why is it moved?
keys Ctrl-D
