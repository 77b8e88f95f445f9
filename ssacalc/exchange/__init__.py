"""Cases as files: read with every fault named, and written so that reading gives them back."""
