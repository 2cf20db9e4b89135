"""Stage: outcome. Somebody else looks whether a claim is true, and looks again for years."""
