"""Stage: topic. Which matters are worth studying, decided by two people on four criteria."""
