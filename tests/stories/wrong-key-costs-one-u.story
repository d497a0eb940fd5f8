# A wrong rating costs one key, and the same rating twice writes nothing.
keys b
saved Blue
keys b
see already
keys u
saved Blue
keys -
keys u
keys u
keys u
