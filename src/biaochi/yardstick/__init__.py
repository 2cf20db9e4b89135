"""Stage: yardstick. Three ratios, five lights, achievements, and alerts that ask."""
