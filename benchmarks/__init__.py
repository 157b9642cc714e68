"""What the numbers in the README come from, each measured beside its baseline in the same run."""
