"""Words compared as people read them: folded, looked for, and recognised. Nothing here asks the database."""
