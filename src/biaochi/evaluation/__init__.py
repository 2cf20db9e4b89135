"""Stage: evaluation. Those who spoke say whether it is solved. Nobody else can."""
