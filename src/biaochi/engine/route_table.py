"""A table of suggestions out of one file of messages, and a model out of a file already sorted.

    model, left = train_rows(rows)           # rows: sheet_rows.Row, or anything with its fields
    table = suggest_rows(rows, model)        # a list of dicts whose keys are COLUMNS

What the model is not sure of is called UNSURE; then `second` holds both candidates, the likelier
first, and a person decides.
"""

from .group_table import messages_of
from .route import RouteError, train

__all__ = ["COLUMNS", "UNSURE", "suggest_rows", "train_rows"]

COLUMNS = ("id", "label", "probability", "second", "reason")
UNSURE = "不确定"


def train_rows(rows):
    """Return (Model, how many rows had no label). Rows without a label teach nothing.

    The label is the row's `category`. Raises RouteError: no_labels, one_label.
    """
    rows = list(rows)
    taught = [row for row in rows if row.category]
    if not taught:
        raise RouteError("no_labels")
    model = train([(row.title, row.text) for row in taught], [row.category for row in taught])
    return model, len(rows) - len(taught)


def suggest_rows(rows, model):
    """Return the suggestions in the order of the rows, one dict each.

    `probability` is that of the likeliest label whether it is named or not.
    """
    messages = messages_of(rows)
    told = model.suggest([(message.title, message.text) for message in messages])
    return [_row(message.id, one) for message, one in zip(messages, told, strict=True)]


def _row(name, told):
    second = told.second[0] if told.sure else f"{told.label}、{told.second[0]}"
    return {
        "id": name,
        "label": told.label if told.sure else UNSURE,
        "probability": round(told.probability, 4),
        "second": second,
        "reason": _sentence(told),
    }


def _sentence(told):
    """Why, in one plain Chinese line."""
    said = "".join(f"“{reason.phrase}”" for reason in told.reasons)
    if not said:
        return "原话里没有认得的说法，请人看"
    return f"原话里有{said}" if told.sure else f"原话里有{said}，还分不清，请人看"
