"""Stage: task. A matter is handed to a unit with a deadline; the unit accepts or returns it."""
