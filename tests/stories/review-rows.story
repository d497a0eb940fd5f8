# Rows that the document split or joined wrongly.
keys I
type tests/fixtures/review/harbour.csv
keys Enter
keys End Up Up Up
see Plan the training
keys s
see Make each of the 3 lines an action
keys Enter
see Split into 3 actions
see 8 actions
see Book the rooms
keys Down s
type join
keys Enter
see Joined with 3.1
see 7 actions
keys u
see 8 actions
keys u
see 6 actions
