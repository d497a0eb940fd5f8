# Leads by two letters; a party nobody knew yet; nobody is put in twice.
keys o
type afr
see AFRS
keys Enter Enter
saved leads
keys o
type Larkfield Tenants
see (new party)
keys Enter Enter
saved leads
keys f
type tenants
see Larkfield Tenants
keys Esc
