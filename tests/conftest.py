"""What holds for every test."""

from hypothesis import settings

# Machines are shared and noisy: how long one example takes says nothing about the code.
settings.register_profile("course", deadline=None)
settings.load_profile("course")
