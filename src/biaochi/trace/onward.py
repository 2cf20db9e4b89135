"""The pages of the stages with where their thing came from and went, which only trace can see."""

from functools import wraps

from biaochi.core.actors import RESIDENT
from biaochi.trace import ways
from biaochi.trace.parts import part


def everybodys(kind, view):
    """A public page of one thing: whoever reads it, its links open for everybody."""
    return along(kind, view, public=True)


def along(kind, view, *, public=False):
    """The page of one thing with the links before and after it; its door stays as it is.

    :param kind: what the page shows, a key of ``ways.NAMES``
    :param view: a view of one key that takes ``ways``, a function of the thing it shows
    """

    @wraps(view)
    def page(request, pk):
        actor = RESIDENT if public else request.actor

        def links_of(thing):
            found = ways.of(kind, thing, actor, public=public)
            return part("ways", {"ways": found, "public": public}, request)

        return view(request, pk, ways=links_of)

    return page
