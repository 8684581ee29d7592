"""The audit trail: who did what, when and why, in a hash chain that reveals later changes."""
