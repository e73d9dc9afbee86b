"""`mooring simulate`: a published model, a dose, a curve as numbers and as a picture."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from mooring.core.pharmacology.models import PublishedModel
    from mooring.core.pharmacology.regimen import Regimen
    from mooring.core.pharmacology.simulation import Simulation

WAYS = ("infusion", "bolus", "muscle", "skin", "devices", "sprays", "under-tongue", "mouth")
BAR_FROM = 10_000
"""People from which on waiting is shown."""


@click.command()
@click.argument("model")
@click.option("--by", type=click.Choice(WAYS), required=True, help="How the dose is given.")
@click.option("--dose", help='For example "35 mg" or "0.5 mg/kg". Devices and sprays have theirs.')
@click.option("--over", default="40 min", show_default=True, help="How long an infusion takes.")
@click.option("--count", default=1, show_default=True, help="How many devices or sprays.")
@click.option("--gap", default="5 min", show_default=True, help="From each of them to the next.")
@click.option("--repeat", default=1, show_default=True, help="How many times the whole is given.")
@click.option("--every", default="24 h", show_default=True, help="From each time to the next.")
@click.option(
    "--drug", type=click.Choice(["racemic_ketamine", "esketamine"]), help="What is given."
)
@click.option(
    "--as-racemate", is_flag=True, help="Run a model of esketamine with racemic ketamine."
)
@click.option("--weight", type=float, help="Kilograms.")
@click.option("--age", type=float, help="Years.")
@click.option("--asian", type=click.IntRange(0, 1), help="1 or 0, for models that ask.")
@click.option("--japanese", type=click.IntRange(0, 1), help="1 or 0, for models that ask.")
@click.option("--people", type=click.IntRange(min=1), help="Virtual people to draw bands from.")
@click.option("--seed", default=1, show_default=True, help="The same seed draws the same people.")
@click.option("--until", default="24 h", show_default=True, help="How long to look.")
@click.option("--step", default="1 min", show_default=True, help="From each time to the next.")
@click.option("--png", type=click.Path(path_type=Path, dir_okay=False), help="Draw into this file.")
@click.option("--csv", type=click.Path(path_type=Path, dir_okay=False), help="Write a table here.")
def command(
    model: str,
    by: str,
    dose: str | None,
    over: str,
    count: int,
    gap: str,
    repeat: int,
    every: str,
    drug: str | None,
    as_racemate: bool,
    weight: float | None,
    age: float | None,
    asian: int | None,
    japanese: int | None,
    people: int | None,
    seed: int,
    until: str,
    step: str,
    png: Path | None,
    csv: Path | None,
) -> None:
    """Run the published MODEL for education, not dosing advice.

    Models: domino_1984, kamp_2020, otto_2021, perez_ruixo_2021, simons_2022.
    """
    from mooring.core.datafiles import DataFileError
    from mooring.core.pharmacology import models
    from mooring.core.pharmacology.regimens import repeated
    from mooring.core.pharmacology.simulation import MissingExtraError

    about = {"weight": weight, "age": age, "asian": asian, "japanese": japanese}
    covariates = {name: float(value) for name, value in about.items() if value is not None}
    try:
        published = models.load(model)
        given = _regimen(by, dose, over, count, gap, drug or published.drug)
        regimen = repeated(given, times=repeat, every=every)
        found = _run(published, regimen, covariates, people, seed, until, step, as_racemate)
        if png is not None:
            found.plot(png)
    except (ValueError, DataFileError, MissingExtraError) as problem:
        raise click.UsageError(str(problem)) from problem
    if csv is not None:
        found.to_csv(csv)
    _say(found)


def _regimen(by: str, dose: str | None, over: str, count: int, gap: str, drug: str) -> Regimen:
    from mooring.core.drugs.drug import Drug
    from mooring.core.pharmacology import regimens

    given = Drug(drug)
    if by == "devices":
        return regimens.spravato(devices=count, gap=gap)
    if by == "sprays":
        between = regimens.minutes(gap, "gap")
        times = tuple(f"{number * between:g} min" for number in range(count))
        return regimens.nasal_sprays(at=times, drug=given)
    if dose is None:
        raise ValueError('dose: how much, for example --dose "0.5 mg/kg"')
    if by == "infusion":
        return regimens.iv_infusion(dose, over=over, drug=given)
    ways = {
        "bolus": regimens.iv_bolus,
        "muscle": regimens.im,
        "skin": regimens.subcutaneous,
        "under-tongue": regimens.troche,
        "mouth": regimens.oral,
    }
    return ways[by](dose, drug=given)


def _run(
    model: PublishedModel,
    regimen: Regimen,
    covariates: dict[str, float],
    people: int | None,
    seed: int,
    until: str,
    step: str,
    as_racemate: bool,
) -> Simulation:
    import numpy as np

    from mooring.core.pharmacology.regimens import minutes
    from mooring.core.pharmacology.simulation import simulate

    end, apart = minutes(until, "until"), minutes(step, "step")
    if not 0 < apart <= end:
        raise ValueError("step: more than 0 and at most until")
    times = np.arange(int(end / apart + 1e-9) + 1, dtype=np.float64) * apart
    with click.progressbar(length=people or 0, label="People", hidden=not _long(people)) as bar:
        return simulate(
            model,
            regimen,
            covariates=covariates,
            times=times,
            people=people,
            seed=seed,
            as_racemate=as_racemate,
            progress=lambda done: bar.update(done - bar.pos),
        )


def _long(people: int | None) -> bool:
    return people is not None and people >= BAR_FROM


def _say(found: Simulation) -> None:
    import numpy as np

    click.echo(found.model.title)
    for caveat in found.caveats:
        click.echo(caveat)
    own = found.typical_numbers
    for number, output in enumerate(found.outputs):
        click.echo(
            f"{output}, typical person: peak {own.cmax[0, number]:.1f} ng/mL at "
            f"{own.tmax[0, number]:g} min, area {own.auc[0, number]:.1f} ng·h/mL until "
            f"{found.times[-1]:g} min"
        )
        if found.summary is not None:
            low, middle, high = np.percentile(found.summary.people.cmax[:, number], (5, 50, 95))
            click.echo(f"  peaks of the people: 5 % {low:.1f}, half {middle:.1f}, 95 % {high:.1f}")
