"""Products: what a vial holds, and which codes were verified."""

from pathlib import Path

import pytest

from mooring.core.datafiles import DataFileError, read_toml
from mooring.core.drugs.drug import Drug
from mooring.core.drugs.products import Product, product_with_ndc, products
from mooring.core.quantities import MilligramsPerMillilitre


def test_injectable_ketamine_comes_in_three_strengths() -> None:
    # US label (Ketalar, Eugia US): 10, 50 and 100 mg/mL.
    assert [product.concentration for product in products()] == [
        MilligramsPerMillilitre(10),
        MilligramsPerMillilitre(50),
        MilligramsPerMillilitre(100),
    ]
    assert {product.drug for product in products()} == {Drug.RACEMIC_KETAMINE}


def test_only_the_strongest_must_be_diluted_before_a_vein() -> None:
    # US label: 100 mg/mL never intravenously without proper dilution.
    diluted = [p.concentration_mg_per_ml for p in products() if p.dilute_before_intravenous_use]
    assert diluted == [100]


@pytest.mark.parametrize(
    ("ndc", "strength"),
    # openFDA NDC records; evidence file §3.1.
    [("42023-113-10", 10), ("55150-438-10", 10), ("0409-2051-05", 100), ("71872-7296-1", 100)],
)
def test_a_barcode_names_its_strength(ndc: str, strength: int) -> None:
    found = product_with_ndc(ndc)
    assert found is not None
    assert found.concentration == MilligramsPerMillilitre(strength)


@pytest.mark.parametrize("ndc", ["", "50458-028-02", "00000-000-00"])
def test_a_barcode_that_is_not_verified_names_nothing(ndc: str) -> None:
    # 50458-028 is Spravato: esketamine is not one of the injectables.
    assert product_with_ndc(ndc) is None


def test_the_whole_content_of_a_vial_is_shown_beside_its_strength() -> None:
    # ISMP 1998 (evidence file §7.2): a 10 mL vial of 50 mg/mL holds 500 mg, not 50.
    (fifty,) = [p for p in products() if p.concentration_mg_per_ml == 50]
    assert [fifty.held_in(vial).text() for vial in fifty.vials] == ["500 mg"]


def test_every_vial_says_where_it_was_read() -> None:
    assert all(vial.source for product in products() for vial in product.vials)


def test_a_product_file_with_a_wrong_field_says_which(tmp_path: Path) -> None:
    file = tmp_path / "new.toml"
    file.write_text(
        'id = "x"\nname = "x"\ndrug = "racemic_ketamine"\nconcentration_mg_per_ml = 0\n'
        'dilute_before_intravenous_use = false\n[[vials]]\nvolume_ml = 5\nsource = "label"\n'
    )
    with pytest.raises(DataFileError, match="concentration_mg_per_ml"):
        read_toml(file, Product)
