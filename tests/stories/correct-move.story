# An action is moved to another recommendation from the palette, and undo takes it back.
keys Home
see 1.1
keys :
type action.move
keys Enter
see Move 1.1 to which recommendation? It keeps its number
type 2
keys Enter
saved 1.1 moved from recommendation 1 to 2
keys u
saved undone
