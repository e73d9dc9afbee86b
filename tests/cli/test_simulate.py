"""`mooring simulate`, as somebody types it."""

import csv

import pytest
from click.testing import CliRunner

from mooring.cli.simulate import WAYS, command


def typed(*words):
    return CliRunner().invoke(command, [*map(str, words)])


def test_an_infusion_is_told_in_numbers_with_what_has_to_be_known_of_them():
    """Kamp 2020 core, 0.5 mg/kg over 40 minutes at 70 kg."""
    said = typed("kamp_2020", "--by", "infusion", "--dose", "0.5 mg/kg", "--weight", 70)
    assert said.exit_code == 0
    assert "Simulation for education, not dosing advice." in said.output
    assert "Arterial concentrations" in said.output
    assert "ketamine, typical person: peak" in said.output


def test_a_table_and_a_picture_are_written_where_asked(tmp_path):
    table, picture = tmp_path / "curve.csv", tmp_path / "curve.png"
    words = ["otto_2021", "--by", "infusion", "--dose"]
    more = ["--weight", 70, "--people", 20, "--until", "2 h", "--step", "10 min"]
    said = typed(*words, "14 mg", *more, "--csv", table, "--png", picture)
    assert said.exit_code == 0, said.output
    assert picture.read_bytes().startswith(b"\x89PNG")
    with table.open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert sorted({float(row["minute"]) for row in rows}) == [10.0 * nth for nth in range(13)]
    assert "peaks of the people: 5 %" in said.output


def test_three_devices_need_no_dose_in_milligrams():
    about = ["--age", 40, "--asian", 0, "--japanese", 0]
    said = typed("perez_ruixo_2021", "--by", "devices", "--count", 3, *about)
    assert said.exit_code == 0, said.output
    assert "norketamine, typical person" in said.output


def test_the_same_again_after_half_a_day_peaks_higher():
    words = ["simons_2022", "--by", "under-tongue", "--dose", "50 mg", "--weight", 70]
    once = typed(*words, "--step", "30 min")
    twice = typed(*words, "--step", "30 min", "--repeat", 2, "--every", "12 h")
    assert once.exit_code == twice.exit_code == 0
    assert peak(twice.output) > peak(once.output)


def peak(said):
    return float(said.partition("typical person: peak ")[2].partition(" ng/mL")[0])


def test_many_people_are_waited_for_with_a_bar():
    more = ["--dose", "14 mg", "--weight", 70, "--people", 10_000, "--until", "1 h"]
    said = typed("otto_2021", "--by", "infusion", *more, "--step", "30 min")
    assert said.exit_code == 0
    assert "People" in said.output


BOLUS = ["kamp_2020", "--by", "bolus", "--dose", "5 mg", "--weight", "70"]
ABOUT = ["--age", "40", "--asian", "0", "--japanese", "0"]
DEVICES = ["perez_ruixo_2021", "--by", "devices", *ABOUT]


def test_a_racemate_that_is_asked_for_needs_no_second_word():
    words = ["--by", "infusion", "--dose", "35 mg", "--weight", 70, "--as-racemate"]
    said = typed("otto_2021", *words, "--step", "10 min")
    assert said.exit_code == 0, said.output
    assert "as if both forms of racemic ketamine behaved like it" in said.output


def test_a_weight_counts_where_the_dose_is_by_weight_even_if_the_model_asks_for_none():
    words = ["perez_ruixo_2021", "--by", "mouth", "--step", "10 min", *ABOUT, "--dose"]
    by_weight, plain = typed(*words, "1.2 mg/kg", "--weight", 70), typed(*words, "84 mg")
    assert by_weight.exit_code == plain.exit_code == 0
    assert peak(by_weight.output) == peak(plain.output)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["kamp", "--by", "bolus", "--dose", "5 mg"], "no model is called 'kamp'; there are: "),
        (["kamp_2020", "--by", "bolus", "--dose", "5"], "dose: '5' has no unit known here"),
        (["kamp_2020", "--by", "bolus"], "dose: how much"),
        (["kamp_2020", "--by", "bolus", "--dose", "5 mg"], "weight: the model 'kamp_2020' needs"),
        (
            ["kamp_2020", "--by", "mouth", "--dose", "5 mg", "--weight", "70"],
            "events[0].given_as: the model 'kamp_2020' does not say what becomes of oral",
        ),
        (
            ["kamp_2020", "--by", "sprays", "--count", "2", "--weight", "70"],
            "events[0].given_as: the model 'kamp_2020' does not say what becomes of nasal spray",
        ),
        (
            ["kamp_2020", "--by", "bolus", "--dose", "5 mg", "--weight", "70", "--step", "2 days"],
            "step: more than 0 and at most until",
        ),
        ([*BOLUS, "--over", "10 min"], "over: says nothing with --by bolus; leave it out"),
        ([*BOLUS, "--count", "3"], "count: says nothing with --by bolus"),
        ([*BOLUS, "--gap", "1 min"], "gap: says nothing with --by bolus"),
        ([*BOLUS, "--every", "8 h"], "every: only with --repeat"),
        ([*BOLUS, "--seed", "2"], "seed: only with --people"),
        ([*BOLUS, "--asian", "1"], "asian: changes nothing in the model 'kamp_2020'"),
        ([*BOLUS, "--as-racemate"], "as_racemate: only for racemic ketamine in an esketamine"),
        ([*BOLUS, "--png", "no/such/folder/x.png"], "png: no/such/folder/x.png cannot be written"),
        ([*BOLUS, "--csv", "no/such/folder/x.csv"], "csv: no/such/folder/x.csv cannot be written"),
        ([*BOLUS, "--step", "0.000001 min"], "step: more than 1000000 times"),
        ([*DEVICES, "--dose", "10 mg"], "dose: says nothing with --by devices"),
        ([*DEVICES, "--drug", "racemic_ketamine"], "drug: the devices hold esketamine"),
        ([*DEVICES, "--weight", "70"], "weight: changes nothing in the model"),
        (["kamp_2020", "--by", "bolus", "--dose", "5 mg", "--weight", "nan"], "weight: kilograms"),
        (["kamp_2020", "--by", "nose"], "'nose' is not one of"),
    ],
)
def test_what_cannot_be_run_is_refused_by_its_name(words, said):
    done = typed(*words)
    assert done.exit_code == 2
    assert said in done.output.replace("\n", " ")


@pytest.mark.parametrize("way", WAYS)
def test_every_way_of_giving_is_run_or_refused_by_name(way):
    dose = [] if way in ("devices", "sprays") else ["--dose", "20 mg"]
    said = typed("kamp_2020", "--by", way, *dose, "--weight", 70, "--step", "10 min")
    if way in ("infusion", "bolus"):
        assert peak(said.output) > 0
    elif way == "devices":
        assert "drug: the model 'kamp_2020' is of KETAmine (racemic)" in said.output
    else:
        assert "does not say what becomes of" in said.output
