"""The drugs and the routes, by the names staff read. Nothing here turns one into another."""

from enum import StrEnum


class Drug(StrEnum):
    """What is ordered. Racemic ketamine and esketamine are different drugs here.

    No conversion between them exists, in either direction (D07): the products are not
    interchangeable. The display names use tall-man letters against look-alike names.
    """

    RACEMIC_KETAMINE = "racemic_ketamine"
    ESKETAMINE = "esketamine"

    @property
    def display(self) -> str:
        """The name in orders, on labels and on screens."""
        names = {
            Drug.RACEMIC_KETAMINE: "KETAmine (racemic)",
            Drug.ESKETAMINE: "esKETAmine",
        }
        return names[self]


class Route(StrEnum):
    """How a drug is given. Staff always read the full words, never a two-letter short form.

    "IM" was heard as "IN" in a published case (evidence file §7.2).
    """

    INTRAVENOUS_INFUSION = "intravenous_infusion"
    INTRAVENOUS_BOLUS = "intravenous_bolus"
    INTRAMUSCULAR = "intramuscular"
    SUBCUTANEOUS = "subcutaneous"
    INTRANASAL = "intranasal"
    SUBLINGUAL = "sublingual"
    ORAL = "oral"

    @property
    def display(self) -> str:
        """The name staff read, for example "intravenous infusion"."""
        return self.value.replace("_", " ")
