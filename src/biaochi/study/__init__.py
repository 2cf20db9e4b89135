"""Stage: study. Going to see: a sealed plan, a lot anybody can draw again, good and bad findings."""
