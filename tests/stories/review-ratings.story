# The words of the plan's own ratings are shown with what they stand for, and can be corrected before anything is written.
keys I
type tests/fixtures/boards/ticks.csv
keys Enter
see ratings
keys Down Down
see In progress (1 action)
see ▲ I
keys e
see Rating “In progress” of ticks.csv
# A letter distinguishes ratings.
keys Tab Ctrl-U C Enter
see another rating already has the letter C
keys Ctrl-U U Tab Ctrl-U
type blue
keys Enter
see Corrected; nothing is written yet
see ◊ U
keys u
see ▲ I
