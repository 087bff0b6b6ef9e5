"""French, as it is written in Québec: 14 h 30, with spaces that do not break."""

TIME_FORMAT = "G\xa0\\h\xa0i"
DATETIME_FORMAT = f"j F Y à {TIME_FORMAT}"
SHORT_DATE_FORMAT = "Y-m-d"
SHORT_DATETIME_FORMAT = f"Y-m-d {TIME_FORMAT}"
COMPACT_DATE_FORMAT = "j N Y"
