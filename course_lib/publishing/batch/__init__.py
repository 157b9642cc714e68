"""Many notebooks at once, and a report of how it went: what `course execute` does.

- `machine` says what a machine has, and refuses a device that is not there;
- `tasks` runs one notebook in a process of its own (`process`), watches its memory and its time;
- `pools` offers threads of this machine that do so, or a Dask cluster;
- `running` sends what is due, keeps what comes, and goes on where it was stopped;
- `rows` are what is known of each notebook, and `report` writes them, as JSON and as a page.
"""
