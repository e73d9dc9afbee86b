"""Products: what a vial holds, and which codes were verified."""

from decimal import Decimal
from pathlib import Path

import pytest

from mooring.core.datafiles import DataFileError, read_toml
from mooring.core.drugs.drug import Drug, Route
from mooring.core.drugs.products import (
    Injectable,
    NasalDevice,
    NasalSpray,
    ProductFile,
    injectables,
    product,
    products,
)
from mooring.core.quantities import Milligrams, MilligramsPerMillilitre, Millilitres


def test_injectable_ketamine_comes_in_three_strengths() -> None:
    # US label (Ketalar, Eugia US): 10, 50 and 100 mg/mL.
    assert [product.concentration for product in injectables()] == [
        MilligramsPerMillilitre(10),
        MilligramsPerMillilitre(50),
        MilligramsPerMillilitre(100),
    ]
    assert {product.drug for product in injectables()} == {Drug.RACEMIC_KETAMINE}


def test_only_the_strongest_must_be_diluted_before_a_vein() -> None:
    # US label: 100 mg/mL never intravenously without proper dilution.
    diluted = [p.concentration_mg_per_ml for p in injectables() if p.dilute_before_intravenous_use]
    assert diluted == [100]


def test_the_whole_content_of_a_vial_is_shown_beside_its_strength() -> None:
    # ISMP 1998 (evidence file §7.2): a 10 mL vial of 50 mg/mL holds 500 mg, not 50.
    (fifty,) = [p for p in injectables() if p.concentration_mg_per_ml == 50]
    assert [fifty.held_in(vial).text() for vial in fifty.vials] == ["500 mg"]


def test_every_vial_says_where_it_was_read() -> None:
    assert all(vial.source for product in injectables() for vial in product.vials)


def test_a_product_file_with_a_wrong_field_says_which(tmp_path: Path) -> None:
    file = tmp_path / "new.toml"
    file.write_text(
        'id = "x"\nname = "x"\nkind = "injectable"\ndrug = "racemic_ketamine"\n'
        'routes = ["intramuscular"]\ncounted = "base"\ncounted_note = "label"\n'
        "concentration_mg_per_ml = 0\n"
        'dilute_before_intravenous_use = false\n[[vials]]\nvolume_ml = 5\nsource = "label"\n'
    )
    with pytest.raises(DataFileError, match="concentration_mg_per_ml"):
        read_toml(file, ProductFile)


def test_a_spray_of_the_compounded_solution_holds_ten_milligrams() -> None:
    # S2.64 and S2.65: 100 mg/mL, 0.1 mL a spray.
    spray = product("ketamine_nasal_spray_100")
    assert isinstance(spray, NasalSpray)
    assert (spray.concentration, spray.volume) == (
        MilligramsPerMillilitre(100),
        Millilitres("0.1"),
    )
    assert spray.in_one == Milligrams(10)


def test_an_esketamine_device_holds_28_milligrams_of_base_and_says_how_much_salt_that_is() -> None:
    device = product("esketamine_nasal_device_28")
    assert isinstance(device, NasalDevice)
    assert device.in_one == Milligrams(28)
    assert device.salt_mg_per_device == Decimal("32.3")
    assert device.counted == "base"
    # Esketamine hydrochloride 274.19 g/mol, esketamine 237.73 g/mol.
    assert round(device.in_one.value * Decimal("274.19") / Decimal("237.73"), 1) == Decimal("32.3")


def test_every_product_says_whether_its_milligrams_are_base() -> None:
    assert all(each.counted_note for each in products())
    # No record that was read says it of the injectables, so they do not claim it.
    assert {each.counted for each in injectables()} == {"not verified"}


def test_what_a_pharmacy_makes_up_has_no_code_and_leaves_salt_or_base_to_the_order() -> None:
    made_up = [each for each in products() if each.compounded]
    assert {each.kind for each in made_up} == {"nasal_spray", "troche", "tablet", "oral_solution"}
    assert {each.counted for each in made_up} == {"as ordered"}
    assert not [each for each in made_up if each.codes]


def test_only_injectables_go_into_a_vein_a_muscle_or_under_the_skin() -> None:
    for each in products():
        needles = [route for route in each.routes if route.display.startswith(("intra", "sub"))]
        by_needle = set(needles) - {Route.INTRANASAL, Route.SUBLINGUAL}
        assert bool(by_needle) is isinstance(each, Injectable)


def test_a_product_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(KeyError, match=r"'lozenge'; there are: .*ketamine_troche"):
        product("lozenge")
