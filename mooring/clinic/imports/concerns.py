"""What of a chart a resource would have been that came in and could not be read."""

from __future__ import annotations

from django.db import models


class Concern(models.TextChoices):
    """The kinds that somebody has to know of before a decision or an order."""

    BLOOD_PRESSURE = "blood_pressure", "blood pressure"
    WEIGHT = "weight", "weight"
    PREGNANCY = "pregnancy", "pregnancy status"
    MEDICINE = "medicine", "medicine"
    ALLERGY = "allergy", "allergy"
    CONDITION = "condition", "condition"
    SCALE = "scale", "scale answered elsewhere"
