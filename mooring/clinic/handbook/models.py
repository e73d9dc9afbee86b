"""The handbook under review: what readers say about a passage, and the versions that follow."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from mooring.clinic.people.models import Patient
from mooring.clinic.rows import Row
from mooring.core.handbook import Face, Passage

USER = settings.AUTH_USER_MODEL


class Kind(models.TextChoices):
    """What a remark is about, in the words of those who asked for a review by peers."""

    TYPO = "typo", "Typo"
    DISAGREEMENT = "disagreement", "Disagreement"
    ADDITION = "addition", "Addition"
    EXPERIENCE = "experience", "Own experience"
    ORGANISATION = "organisation", "Organisation: order, length, what belongs where"
    FORMALITY = "formality", "Formality: form, style, wording"


class About(models.TextChoices):
    """How much of the handbook a remark is about."""

    PASSAGE = "passage", "This passage"
    CHAPTER = "chapter", "The whole chapter"
    HANDBOOK = "handbook", "The whole handbook"


class State(models.TextChoices):
    """Where a remark stands."""

    OPEN = "open", "Waits for an editor"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"


class Remark(Row):
    """What one reader says about a passage, a chapter or the whole, as it read then."""

    about = models.CharField(max_length=10, choices=About.choices, default=About.PASSAGE)
    passage = models.CharField(max_length=100, blank=True)
    """The id of the passage or chapter, empty for the whole handbook. It may be gone by now."""
    face = models.CharField(max_length=10, choices=[(face, face.value) for face in Face])
    """The text that was read."""
    version = models.PositiveIntegerField(null=True)
    """The number of the version that was read, 0 for the text as shipped; None where the remark
    is about more than one passage, which has no number of its own."""
    text_digest = models.CharField(max_length=64)
    """SHA-256 of what was read: the passage, the chapter, or all chapters of that face."""
    kind = models.CharField(max_length=12, choices=Kind.choices)
    text = models.TextField()
    author = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=20)
    """The role in which the author wrote."""
    patient = models.ForeignKey(Patient, null=True, on_delete=models.PROTECT, related_name="+")
    """The author's own record, where a patient wrote."""
    written_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)

    class Meta:
        ordering = ["written_at"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="known_remark_kind"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="known_remark_state"),
            models.CheckConstraint(condition=~Q(text=""), name="remark_says_something"),
            models.CheckConstraint(condition=Q(about__in=About.values), name="known_remark_about"),
            models.CheckConstraint(
                condition=Q(about=About.HANDBOOK, passage="")
                | (~Q(about=About.HANDBOOK) & ~Q(passage="")),
                name="remark_names_its_subject",
            ),
            models.CheckConstraint(
                condition=Q(about=About.PASSAGE, version__isnull=False)
                | (~Q(about=About.PASSAGE) & Q(version__isnull=True)),
                name="remark_counts_versions_of_passages",
            ),
        ]


class Answer(Row):
    """What an editor answered, and what was decided with it."""

    remark = models.ForeignKey(Remark, on_delete=models.PROTECT, related_name="answers")
    text = models.TextField()
    state = models.CharField(max_length=10, choices=State.choices)
    """Where the remark stood after this answer."""
    editor = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()

    class Meta:
        ordering = ["given_at"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="answer_says_something")]


class DraftState(models.TextChoices):
    """Where a draft stands."""

    WAITING = "waiting", "Waits for a second editor"
    PUBLISHED = "published", "Published"
    SENT_BACK = "sent back", "Sent back"
    TAKEN_BACK = "taken back", "Taken back by who wrote it"
    REPLACED = "replaced", "Replaced by a later draft"


LOOKED_AT = (DraftState.PUBLISHED, DraftState.SENT_BACK)


class Draft(Row):
    """A text that one editor wrote for a passage. Nobody reads it until another publishes it."""

    passage = models.CharField(max_length=100)
    before = models.JSONField()
    after = models.JSONField()
    """Passages as mooring.core.handbook.Passage writes them."""
    why = models.TextField()
    remark = models.ForeignKey(Remark, null=True, on_delete=models.PROTECT, related_name="drafts")
    editor = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=DraftState.choices, default=DraftState.WAITING)
    looked_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    """The second editor; None until one has looked."""
    looked_at = models.DateTimeField(null=True)
    said = models.TextField(blank=True)
    """Why it was sent back."""

    class Meta:
        ordering = ["written_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=DraftState.values), name="known_draft_state"
            ),
            models.CheckConstraint(condition=~Q(why=""), name="draft_says_why"),
            models.CheckConstraint(
                condition=~Q(state__in=LOOKED_AT)
                | (Q(looked_by__isnull=False) & ~Q(looked_by=F("editor"))),
                name="draft_looked_at_by_another",
            ),
            models.UniqueConstraint(
                fields=["passage"],
                condition=Q(state=DraftState.WAITING),
                name="one_waiting_draft_a_passage",
            ),
        ]

    @property
    def old(self) -> Passage:
        """The passage as it stood when the draft was written."""
        return read(self.before)

    @property
    def new(self) -> Passage:
        """The passage as the draft has it."""
        return read(self.after)


class Revision(Row):
    """One new version of a passage. What stood before it is kept whole."""

    passage = models.CharField(max_length=100)
    number = models.PositiveIntegerField()
    """Counts the versions of this passage from 1; the text as shipped is 0."""
    before = models.JSONField()
    after = models.JSONField()
    """Passages as mooring.core.handbook.Passage writes them."""
    shipped_digest = models.CharField(max_length=64)
    """SHA-256 of the passage as shipped when this version was made."""
    why = models.TextField()
    remark = models.ForeignKey(
        Remark, null=True, on_delete=models.PROTECT, related_name="revisions"
    )
    editor = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    """Who wrote it."""
    published_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    """The second editor; None where a build that asked for no second one made the version."""
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(fields=["passage", "number"], name="one_revision_a_number"),
            models.CheckConstraint(condition=~Q(why=""), name="revision_says_why"),
            models.CheckConstraint(condition=Q(number__gte=1), name="revision_counts_from_one"),
            models.CheckConstraint(
                condition=Q(published_by__isnull=True) | ~Q(published_by=F("editor")),
                name="revision_published_by_another",
            ),
        ]

    @property
    def old(self) -> Passage:
        """The passage before."""
        return read(self.before)

    @property
    def new(self) -> Passage:
        """The passage after."""
        return read(self.after)


def read(stored: Any) -> Passage:
    """A passage as a revision keeps it."""
    return Passage.model_validate(stored)
