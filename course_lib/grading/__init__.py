"""Graded labs: the checks that students see, and a grader that trusts nothing of theirs.

A hostile notebook shares its process with nothing of the grader's, and what it says is data, never
code. `checks` is what labs import, and `self_check` runs a lab's checks for a student, from the
shell; `declared` builds networks that are handed in as descriptions. They need nothing beyond the
package. All the rest grades:

- the student's side: `sandbox` (walls by bubblewrap) around `student`, which runs cells in a
  `shell` and answers calls;
- the grader's side: `examiner`, a process, runs `examination`; that puts a `submission` together
  with the `lab`'s own cells, speaks with the sandbox in a `session` over the `wire`, and holds the
  `trial`: the lab's tests, with `stand_ins` for the student's names and `hidden` inputs;
- the teacher's side: a `course` folder; `release`, `intake`, `run` by `workers`, `grades` into the
  gradebook, `feedback`, `report`, `export`.
"""
