"""`python -m course_lib.cli` is `course`, where the environment's programs are not along PATH."""

from course_lib.cli import main

main(prog_name="course")
