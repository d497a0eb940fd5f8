# Two moments of the history are compared: the differences are a report, without what was changed back.
keys n n g
saved 2.1 Amber → Green
keys r
saved 2.1 Green → Red
keys n r
saved 2.2 Green → Red
keys g
saved 2.2 Red → Green
keys Backspace Home A
keys Esc
keys n n H A
see History of the register
keys Home Space
see ● 21 Nov 2026 14:05 is marked
keys =
see This is the marked moment itself; select another
keys Down Down Down Down =
see What changed
see Amber → Red
not see Red → Green
keys Esc
see History of the register
see 5 of
keys Home Space
not see is marked
