"""The groups that somebody of the cast may belong to."""

# The keys of the portal's groups (`people.groups`); pure text, so that no model is imported here.
EDITORS = "editors"
MODERATORS = "moderators"
ANSWERERS = "answerers"
EMPLOYEES = "employees"
# The narrower group of the demonstration: members see one internal dialogue more than other employees.
SHIP_CREWS = "Équipages"
SHIP_CREWS_EN = "Ship crews"
