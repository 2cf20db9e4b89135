"""Every table, in the order of the flow. Django looks here; the tables live in the stages."""

from biaochi.core.models import Entry, Head, Knock, Profile
from biaochi.library.models import Complaint, Document, Page, ReadingItem, ReadingList
from biaochi.people.models import Area, Category, Look, Sector, Speaker, Unit, User
from biaochi.task.models import Task
from biaochi.voice.models import (
    Addition,
    Attachment,
    Batch,
    Draft,
    Event,
    Matter,
    Membership,
    Notice,
    RefusedRow,
    Regroup,
    Suggested,
    Suggestion,
    Verdict,
    Voice,
)

__all__ = [
    "Addition",
    "Area",
    "Attachment",
    "Batch",
    "Category",
    "Complaint",
    "Document",
    "Draft",
    "Entry",
    "Event",
    "Head",
    "Knock",
    "Look",
    "Matter",
    "Membership",
    "Notice",
    "Page",
    "Profile",
    "ReadingItem",
    "ReadingList",
    "RefusedRow",
    "Regroup",
    "Sector",
    "Speaker",
    "Suggested",
    "Suggestion",
    "Task",
    "Unit",
    "User",
    "Verdict",
    "Voice",
]
