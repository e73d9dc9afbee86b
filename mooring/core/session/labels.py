"""The field's standard words for the coded values of entries."""

from mooring.core.session.entries import SymptomId, Touch

SYMPTOM_WORDS: dict[SymptomId, str] = {
    "headache": "Headache",
    "chest_pain": "Chest pain",
    "dyspnoea": "Dyspnoea",
    "blurred_vision": "Blurred vision",
    "nausea": "Nausea",
    "vomiting": "Vomiting",
    "dizziness": "Dizziness",
    "anxiety": "Anxiety",
    "dissociation": "Dissociation",
    "palpitations": "Palpitations",
    "itching": "Itching",
    "pain_at_site": "Pain at the site",
    "other": "Other symptom",
}

INTERVENTION_WORDS: dict[str, str] = {
    "reassurance": "Reassurance",
    "repositioning": "Repositioning",
    "oxygen": "Oxygen",
    "airway_manoeuvre": "Airway manoeuvre",
    "hand_holding": "Hand holding",
    "music": "Music changed",
    "lights": "Lights changed",
    "prescriber_called": "Prescriber called",
    "emergency_called": "Emergency services called",
    "other": "Other intervention",
}

IDEATION_WORDS: dict[str, str] = {
    "no": "no suicidal thoughts",
    "passive": "passive: a wish to be dead",
    "active": "active thoughts of suicide",
    "plan_or_intent": "thoughts with a plan or intent",
    "declined": "declined to answer",
}

CRITERION_WORDS: dict[str, str] = {
    "oriented": "Oriented",
    "steady_gait": "Steady gait",
    "nausea_controlled": "Nausea controlled",
    "escort_present": "Responsible adult present",
    "driving_restriction_acknowledged": "Driving restriction acknowledged",
    "suicidal_ideation_asked": "Suicidal ideation asked",
}

TOUCH_WORDS: dict[Touch, str] = {
    "none": "no touch",
    "hand_only": "hand only",
    "as_agreed": "as agreed",
}
