# A new action with its lead and target in one step.
keys +
see New action under recommendation
see Lead
type Write to every ward
keys Tab
type police
keys Tab
type end of feb 2027
see = 
keys Enter
saved added: “Write to every ward”
see Write to every ward
see Ashmere Police
log 1.3 added: “Write to every ward”
# In a meeting also a matter, under the recommendation or for the whole meeting, and a decision.
keys m
type POS
keys Enter Enter
saved started
keys +
see An action under recommendation
see A matter for the whole meeting
keys Down Enter
see A matter under recommendation
type The hospital asked for an example
keys Enter
saved noted: “The hospital asked for an example”
keys +
type decision
keys Enter
type Meet every month
keys Enter
saved decided: “Meet every month”
keys +
type whole matter
keys Enter
type A date for the learning event
keys Enter
saved meeting of POS, 21 Nov 2026 noted
# Whether a recommendation is accepted, and why not.
keys A
see The recommendation is
type not acc
keys Enter
see Why recommendation
keys Enter
see there is no reason
type The law does not allow it
keys Enter
saved not accepted: “The law does not allow it”
see not accepted
see The law does not allow it
keys A
type part
keys Enter
type In hospitals only
keys Enter
saved partly accepted: “In hospitals only”
keys u
see not accepted
