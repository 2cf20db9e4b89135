"""Stage: deliberation. Both sides sit down; what was agreed, reserved and refused is kept."""
