"""Pure analysis: frozen values in, frozen values with reasons out. No Django, no clock."""
