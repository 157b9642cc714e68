"""Golden cases: what torch answers, kept as files that the TypeScript tests read.

``python -m tests.golden`` writes them anew.
"""
