"""The public pages of studies: what was seen, and everything one needs to check it oneself."""

import csv
import io

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from biaochi.core.doors import door
from biaochi.study import queries


@door(methods=("GET",))
def studies(request):
    """Every study whose plan was sealed, newest first, also those that were given up."""
    page = page_number(request)
    found, total = queries.published(page)
    seen = {
        "here": "matters",
        "studies": found,
        "total": total,
        "page": page,
        "pages": -(-total // queries.PAGE),
    }
    return render(request, "study/pages/studies.html", seen)


@door(methods=("GET",))
def study(request, pk, *, ways=None):
    """One study: sealed, opened or reported. Before it is opened nothing says where one goes.

    :param ways: a function of the study that returns where it came from and went, as a piece of the
        page; whoever reads across the stages hands it in
    """
    found = public_study(pk)
    seen = {"here": "matters", "ways": ways(found) if ways else "", **queries.page(found)}
    return render(request, "study/pages/study.html", seen)


@door(methods=("GET",))
def plan_text(request, pk, key):
    """The bytes whose SHA-256 was published of the plan."""
    return sealed_text(pk, key, "plan")


@door(methods=("GET",))
def list_text(request, pk, key):
    """The bytes whose SHA-256 was published of the list of places."""
    return sealed_text(pk, key, "sites")


@door(methods=("GET",))
def lot_table(request, pk):
    """The whole lot as a table: the text that was hashed and the result of each place."""
    rows = queries.lot_rows(public_study(pk))
    if rows is None:
        raise Http404
    out = io.StringIO()
    writer = csv.writer(out)
    heads = (_("分层"), _("第几个"), _("地方"), _("算的是"), "SHA-256", _("抽中"), _("换上"))
    writer.writerow(heads)
    yes = _("是")
    writer.writerows([*row[:5], yes if row[5] else "", yes if row[6] else ""] for row in rows)
    answer = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="lot-{pk}.csv"'
    return answer


def sealed_text(pk, key, name):
    texts = queries.seal_texts(public_study(pk), key)
    if texts is None:
        raise Http404
    answer = HttpResponse(texts[name], content_type="text/plain; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}-{pk}-{key}.txt"'
    return answer


def public_study(pk):
    found = queries.get_published(pk)
    if found is None:
        raise Http404
    return found


def page_number(request):
    typed = request.GET.get("page", "")
    return int(typed) if typed.isdigit() and 0 < int(typed) < 10_000 else 1
