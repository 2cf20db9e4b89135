"""All readers of matters, for pages and for later stages."""

from biaochi.core.profiles import number
from biaochi.voice.matters.cards import (
    chosen_suggestions,
    suggestion,
    suggestion_counts,
    suggestions,
)
from biaochi.voice.matters.desk import (
    Sieve,
    chosen_voices,
    deeds_on,
    desk_members,
    desk_voices,
    find_matters,
    last_deed_of,
    recent_people,
    regroup,
    voice_counts,
)
from biaochi.voice.matters.lists import (
    Page,
    Wanted,
    get,
    hot,
    listing,
    needing_care,
    step_counts,
    visible_to,
    went_to,
)
from biaochi.voice.matters.portrait import breakdown, events, heat_now, neighbours, page, quotes
from biaochi.voice.matters.portrait import tags as tags_of
from biaochi.voice.matters.routing import Route, route
from biaochi.voice.matters.searching import (
    matching_matters,
    public_words,
    search_page,
    try_without,
)
from biaochi.voice.matters.similar import similar
from biaochi.voice.matters.tables import matters_table, words_table
from biaochi.voice.matters.undoing import can_be_undone

__all__ = [
    "Page",
    "Route",
    "Sieve",
    "Wanted",
    "breakdown",
    "can_be_undone",
    "chosen_suggestions",
    "chosen_voices",
    "deeds_on",
    "desk_members",
    "desk_voices",
    "events",
    "find_matters",
    "get",
    "half_life",
    "heat_now",
    "hot",
    "last_deed_of",
    "listing",
    "matching_matters",
    "matters_table",
    "needing_care",
    "neighbours",
    "page",
    "public_words",
    "quotes",
    "recent_people",
    "regroup",
    "route",
    "search_page",
    "similar",
    "smallest_cell",
    "step_counts",
    "suggestion",
    "suggestion_counts",
    "suggestions",
    "tags_of",
    "try_without",
    "visible_to",
    "voice_counts",
    "went_to",
    "words_table",
]


def smallest_cell():
    """Under this many people no breakdown tells a number."""
    return number("smallest_cell")


def half_life():
    """After so many days a person's voice counts half for the heat."""
    return number("half_life_days")
