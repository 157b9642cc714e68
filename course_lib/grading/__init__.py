"""Graded labs: the checks that students see, and a grader that trusts nothing of theirs.

`checks` is what labs import, and `self_check` runs them for a student, from the shell: both need
nothing beyond the package. `declared` counts and builds a network that is handed in as a
description, alike for the student and the grader. All the rest grades.

The student's side: `sandbox` (walls by bubblewrap) around `student` (runs cells in a `shell`, answers
calls). The grader's side: `examiner` (a process) runs `examination`, which puts a `submission`
together with the `lab`'s own cells, speaks with the sandbox by a `session` over the `wire`, and holds
the `trial`: the lab's tests, with `stand_ins` for the student's names and `hidden` inputs. Around
both: `intake`, `course`, `grades`, `run`, `feedback`, `export`, `report`.

Design and reasons: a hostile notebook shares its process with nothing of the grader's, and what it
says is data, never code.
"""
