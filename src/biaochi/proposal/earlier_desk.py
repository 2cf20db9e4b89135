"""The office's page beside a matter: who said the like before, and what became of it."""

from django.http import Http404

from biaochi.core.actors import Role
from biaochi.core.doors import door
from biaochi.proposal import earlier
from biaochi.proposal.views import shown
from biaochi.topic.earlier import question_of
from biaochi.voice.matters import queries as matters


@door(Role.STAFF, methods=("GET",))
def of_matter(request, pk):
    """Earlier proposals, matters and library texts for one matter."""
    matter = matters.get(request.actor, pk)
    if matter is None:
        raise Http404
    title, text = question_of([matter])
    seen = {
        "here": "desk-matters",
        "matter": matter,
        "earlier": earlier.found(
            title=title, text=text, actor=request.actor, page="desk-proposal", matters=[matter]
        ),
    }
    return shown(request, "matter_earlier", seen)
