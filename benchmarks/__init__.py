"""What a page costs its reader, each figure measured beside its baseline in the same run."""
