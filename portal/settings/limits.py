"""How much one person, or all guests of one network, may send before they have to wait."""

from portal.settings.env import read_limit

# How much is taken in ten minutes and in a day: from a person who is known, from all guests of a network.
PERSON_COMMENTS = read_limit("PARLEY_PERSON_COMMENTS", "6 60")
NETWORK_COMMENTS = read_limit("PARLEY_NETWORK_COMMENTS", "20 200")
PERSON_FLAGS = read_limit("PARLEY_PERSON_FLAGS", "10 60")
NETWORK_FLAGS = read_limit("PARLEY_NETWORK_FLAGS", "10 60")
NETWORK_REQUESTS = read_limit("PARLEY_NETWORK_REQUESTS", "20 200")
