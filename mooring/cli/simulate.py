"""`mooring simulate`: a published model, a dose, a curve as numbers and as a picture."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from mooring.core.drugs.drug import Drug
    from mooring.core.pharmacology.models import PublishedModel
    from mooring.core.pharmacology.regimen import Regimen
    from mooring.core.pharmacology.simulation import Simulation

WAYS = ("infusion", "bolus", "muscle", "skin", "devices", "sprays", "under-tongue", "mouth")
IN_PIECES = {"devices", "sprays"}
AT_LEAST_ONE = click.IntRange(min=1)
MOST_TIMES = 1_000_000
BAR_FROM = 10_000
"""People from which on waiting is shown."""


@click.command()
@click.argument("model")
@click.option("--by", type=click.Choice(WAYS), required=True, help="How the dose is given.")
@click.option("--dose", help='For example "35 mg" or "0.5 mg/kg". Devices and sprays have theirs.')
@click.option("--over", show_default="40 min", help="How long an infusion takes.")
@click.option("--count", type=AT_LEAST_ONE, show_default="1", help="How many devices or sprays.")
@click.option("--gap", show_default="5 min", help="From each of them to the next.")
@click.option(
    "--repeat",
    type=AT_LEAST_ONE,
    default=1,
    show_default=True,
    help="How many times the whole is given.",
)
@click.option("--every", show_default="24 h", help="From each time to the next.")
@click.option(
    "--drug", type=click.Choice(["racemic_ketamine", "esketamine"]), help="What is given."
)
@click.option(
    "--as-racemate",
    is_flag=True,
    help="Run a model of esketamine with racemic ketamine, as if both forms were like it.",
)
@click.option("--weight", type=float, help="Kilograms.")
@click.option("--age", type=float, help="Years.")
@click.option("--asian", type=click.IntRange(0, 1), help="1 or 0, for models that ask.")
@click.option("--japanese", type=click.IntRange(0, 1), help="1 or 0, for models that ask.")
@click.option("--people", type=AT_LEAST_ONE, help="Virtual people to draw bands from.")
@click.option("--seed", type=int, show_default="1", help="The same seed draws the same people.")
@click.option("--until", default="24 h", show_default=True, help="How long to look.")
@click.option("--step", default="1 min", show_default=True, help="From each time to the next.")
@click.option("--png", type=click.Path(path_type=Path, dir_okay=False), help="Draw into this file.")
@click.option("--csv", type=click.Path(path_type=Path, dir_okay=False), help="Write a table here.")
def command(
    model: str,
    by: str,
    dose: str | None,
    over: str | None,
    count: int | None,
    gap: str | None,
    repeat: int,
    every: str | None,
    drug: str | None,
    as_racemate: bool,
    weight: float | None,
    age: float | None,
    asian: int | None,
    japanese: int | None,
    people: int | None,
    seed: int | None,
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
        _refuse_ignored(by, {"dose": dose, "over": over, "count": count, "gap": gap})
        _refuse_lonely(every=(every, repeat > 1, "--repeat"), seed=(seed, people, "--people"))
        _refuse_unasked(published, covariates, dose)
        given = _regimen(by, dose, over, count, gap, _drug(by, drug, as_racemate, published.drug))
        regimen = repeated(given, times=repeat, every=every or "24 h")
        found = _run(
            published,
            regimen,
            covariates,
            people,
            1 if seed is None else seed,
            until,
            step,
            as_racemate,
        )
        _write(found, png, csv)
    except (ValueError, DataFileError, MissingExtraError) as problem:
        raise click.UsageError(str(problem)) from problem
    _say(found)


def _refuse_ignored(by: str, typed: dict[str, object]) -> None:
    """What is typed and would change nothing."""
    used = {"count", "gap"} if by in IN_PIECES else {"dose", "over"}
    used -= set() if by == "infusion" else {"over"}
    for name, value in typed.items():
        if value is not None and name not in used:
            raise ValueError(f"{name}: says nothing with --by {by}; leave it out")


def _refuse_lonely(**typed: tuple[object, object, str]) -> None:
    for name, (value, partner, wanted) in typed.items():
        if value is not None and not partner:
            raise ValueError(f"{name}: only with {wanted}; leave it out or add that")


def _refuse_unasked(model: PublishedModel, about: dict[str, float], dose: str | None) -> None:
    by_weight = dose is not None and dose.endswith("/kg")
    for name in about:
        if name not in model.covariates and not (name == "weight" and by_weight):
            raise ValueError(f"{name}: changes nothing in the model '{model.id}'; leave it out")


def _drug(by: str, drug: str | None, as_racemate: bool, of_model: Drug) -> Drug:
    """The drug that is named; else what the devices hold, the racemate asked for, the model's."""
    from mooring.core.drugs.drug import Drug

    if by == "devices" and drug == Drug.RACEMIC_KETAMINE:
        raise ValueError("drug: the devices hold esketamine; leave it out")
    if drug is not None:
        return Drug(drug)
    return Drug.RACEMIC_KETAMINE if as_racemate else of_model


def _write(found: Simulation, png: Path | None, csv: Path | None) -> None:
    """Raises ValueError naming the option whose file cannot be written."""
    for name, path, write in (("png", png, found.plot), ("csv", csv, found.to_csv)):
        try:
            if path is not None:
                write(path)
        except (OSError, ValueError) as problem:
            raise ValueError(f"{name}: {path} cannot be written: {problem}") from problem


def _regimen(
    by: str, dose: str | None, over: str | None, count: int | None, gap: str | None, drug: Drug
) -> Regimen:
    from mooring.core.pharmacology import regimens

    count = 1 if count is None else count
    if by == "devices":
        return regimens.spravato(devices=count, gap=gap or "5 min")
    if by == "sprays":
        between = regimens.minutes(gap or "5 min", "gap")
        times = tuple(f"{number * between:g} min" for number in range(count))
        return regimens.nasal_sprays(at=times, drug=drug)
    if dose is None:
        raise ValueError('dose: how much, for example --dose "0.5 mg/kg"')
    if by == "infusion":
        return regimens.iv_infusion(dose, over=over or "40 min", drug=drug)
    ways = {
        "bolus": regimens.iv_bolus,
        "muscle": regimens.im,
        "skin": regimens.subcutaneous,
        "under-tongue": regimens.troche,
        "mouth": regimens.oral,
    }
    return ways[by](dose, drug=drug)


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
    if end / apart > MOST_TIMES:
        raise ValueError(f"step: more than {MOST_TIMES} times until the end; take a longer one")
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
