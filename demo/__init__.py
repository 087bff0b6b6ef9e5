"""The demonstration: an invented organisation, its people and everything it published in a year."""
