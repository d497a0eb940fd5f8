# Leads by two letters; a new agency; none is added twice.
keys o
type afr
see AFRS
keys Enter Enter
saved leads
keys o
type Larkfield Tenants
see Larkfield Tenants is not an agency here: add it?
keys Enter
see ► Yes, add Larkfield Tenants
keys Enter Enter
saved leads
keys f
type tenants
see Larkfield Tenants
keys Esc
