"""`course train`: train the networks of a recipe, seed by seed, and keep what comes of it."""

from __future__ import annotations

from pathlib import Path

import click

from course_lib.cli import options
from course_lib.cli.folder import check_writable
from course_lib.cli.training_errors import told_in_words


@click.command()
@click.argument("name", required=False)
@click.option("--list", "listing", is_flag=True, help="Name the recipes and train nothing.")
@options.profile("fast", "fast: seconds; full: the lecture's own number of steps, for 20 seeds.")
@options.device
@click.option("--seed", type=click.IntRange(0), help="Train this one seed.")
@click.option("--seeds", type=click.IntRange(1), help="Train the seeds 0, 1, ... up to this many.")
@options.workers
@options.out("trained")
@options.resume
def train(
    name: str | None,
    listing: bool,
    profile: str,
    device: str,
    seed: int | None,
    seeds: int | None,
    workers: int | None,
    out: Path,
    resume: bool,
) -> None:
    """Train the networks of the recipe NAME into OUT/NAME/PROFILE, one for each seed.

    What is finished there is not trained again. Ctrl-C saves and stops; the same command goes on.
    """
    from course_lib.training import aggregate, find_profile, find_recipe, recipes, sweep

    if listing:
        width = max(len(recipe.name) for recipe in recipes())
        for recipe in recipes():
            click.echo(f"{recipe.name:{width}}  {recipe.title}")
        return
    if name is None:
        raise click.UsageError("name a recipe; `course train --list` has them all")
    if seed is not None and seeds is not None:
        raise click.UsageError("--seed and --seeds are two ways to say one thing: give one of them")
    chosen = find_profile(profile)
    with told_in_words(out):
        recipe = find_recipe(name)
        wanted = [seed] if seed is not None else list(range(seeds or recipe.seeds_in(chosen)))
        check_writable(out)
        records = sweep(
            recipe,
            wanted,
            out,
            profile=chosen,
            device=device,
            workers=workers,
            resume=resume,
        )
    for metric, found in aggregate([record.history for record in records]).last.items():
        spread = "" if found.deviation is None else f" ± {found.deviation:.4f}"
        click.echo(f"{metric:12} {found.mean:.4f}{spread}")
    count = f"{len(records)} network{'' if len(records) == 1 else 's'}"
    click.echo(f"{count} in {out / recipe.name / profile}")
