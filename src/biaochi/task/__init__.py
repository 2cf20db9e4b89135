"""Stage: task. Work in the hands of units: accepted or returned, claimed with done and not done."""
