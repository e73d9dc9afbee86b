"""Screening of a chart as it is now, and how its findings are written down."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from datetime import date
from typing import Any

from mooring.clinic.people.models import Patient
from mooring.clinic.people.record import read_record
from mooring.core.protocols.screening import Policy, Screening, evaluate, load_policy

POLICY = "iv_ketamine"
"""The screening policy of this program."""


def the_policy() -> Policy:
    """The policy that patients are screened by."""
    return load_policy(POLICY)


def screen(patient: Patient, today: date) -> Screening:
    """The policy applied to the chart as it stands."""
    return evaluate(the_policy(), read_record(patient, today))


def snapshot(screening: Screening) -> list[dict[str, Any]]:
    """The findings as JSON, in policy order: what a decision keeps for ever."""
    return [{**asdict(finding), "tier": finding.tier.value} for finding in screening.findings]


def fingerprint(screening: Screening) -> str:
    """One value for one set of findings, so that a decision is about what was read."""
    content = [screening.policy, screening.version, snapshot(screening)]
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
