"""Write the golden files: ``python -m tests.golden``."""

from tests.golden.files import write

write()
