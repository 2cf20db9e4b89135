"""Pieces of pages: what each stage shows of a matter, rendered by the stage's own template."""

from django.template.loader import render_to_string
from markupsafe import Markup


def part(name, about, request):
    """A piece of a page, made by a template of ours that has escaped everything.

    :param name: ``who`` for ``trace/pages/who.html``, ``topic/on_matter`` for a stage's own
    """
    stage, _slash, page = name.rpartition("/")
    path = f"{stage or 'trace'}/pages/{page}.html"
    return Markup(render_to_string(path, about, request))  # noqa: S704
