"""What a group of messages looks like: title, place, quotations, names, and why each belongs."""

from collections import Counter

import numpy as np

from .heat import days_since_1970, heat_of
from .letters import squeeze
from .matter import Grouping, Matter, Member, Reason
from .names import districts, names
from .phrases import in_common, shared_phrases, shorten
from .sameness import chance, standing

__all__ = ["describe"]

QUOTES, QUOTE_LENGTH = 3, 60
NAMES, TITLE_LENGTH = 3, 40


def describe(messages, rows, groups, decided=frozenset(), reasons=True):
    """Return the Grouping of messages whose group numbers are `groups`.

    `rows` are their Voices; `decided` holds places of messages which a person tied to
    another one. Without `reasons` no member says why.
    """
    sums = rows.gather(groups, groups.max(initial=-1) + 1)
    scores = standing(rows, sums, groups)
    order = np.lexsort((np.arange(len(groups)), -scores, groups))
    ends = np.cumsum(sums.sizes.astype(np.int64))
    ranked, members = [], {}
    for k, inside in enumerate(np.split(order, ends[:-1]) if len(ends) else ()):
        group = [messages[m] for m in inside]
        matter = _matter(group, scores[inside])
        middle, texts = _middle(group), {}
        for m, message in zip(inside.tolist(), group, strict=True):
            why = ()
            if reasons:
                shared = in_common(rows.whole, m, sums.whole, k)
                why = _why(message, matter, scores[m], shared, middle, texts)
            why = (Reason("said", "", 1.0), *why) if m in decided else why
            score = float(scores[m])
            members[message.id] = Member(message.id, matter.id, score, float(chance(score)), why)
        heat = heat_of((m.person, m.at) for m in group).log
        ranked.append((-matter.people, -heat, matter.id, matter))
    ranked.sort(key=lambda item: item[:3])
    return Grouping(tuple(item[3] for item in ranked), members)


def _matter(group, scores):
    """Return the Matter of messages ordered from the most typical to the least."""
    typical = group[0]
    times = [m.at for m in group if m.at is not None]
    common = _common_names(group)
    people = {m.person or ("nameless", m.id) for m in group}
    return Matter(
        id=typical.id,
        title=shorten(typical.title or typical.text, TITLE_LENGTH),
        place=_place(group, common),
        members=tuple(m.id for m in group),
        people=len(people),
        likes=sum(m.likes for m in group),
        first=min(times, key=days_since_1970, default=None),
        last=max(times, key=days_since_1970, default=None),
        quotes=_quotes(group),
        names=common,
        cohesion=float(scores.mean()),
    )


def _common_names(group):
    """Return names which at least two messages (or the only one) use, the most used first."""
    counts = Counter(name for m in group for name in names(shorten(m.title or m.text, 60)))
    least = 2 if len(group) > 1 else 1
    ranked = sorted(counts.items(), key=lambda item: (-item[1], -len(item[0]), item[0]))
    return tuple(name for name, count in ranked if count >= least)[:NAMES]


def _place(group, common):
    given = Counter(m.place for m in group if m.place)
    if given:
        return min(given, key=lambda place: (-given[place], place))
    heads = Counter(d for m in group for d in districts(m.title or m.text[:60])[-1:])
    district = min(heads, key=lambda d: (-heads[d], -len(d), d)) if heads else ""
    return district + (common[0] if common else "")


def _quotes(group):
    """Return the beginnings of up to QUOTES messages of different people and wording."""
    found, people = {}, set()
    for m in group:
        line = shorten(m.text or m.title, QUOTE_LENGTH)
        person = m.person or ("nameless", m.id)
        if person not in people and squeeze(line) not in found:
            found[squeeze(line)] = line
            people.add(person)
        if len(found) == QUOTES:
            break
    return tuple(found.values())


def _middle(group):
    days = sorted(days_since_1970(m.at) for m in group if m.at is not None)
    return days[len(days) // 2] if days else None


def _why(message, matter, score, shared, middle, texts):
    """Return the Reasons why a message is in its matter, the strongest first."""
    if len(matter.members) == 1:
        return (Reason("alone", ""),)
    head = squeeze(f"{message.title}\n{message.text}")
    if head in texts:
        return (Reason("copy", texts[head], 1.0),)
    texts[head] = message.id
    codes, own, everyone = shared
    named = tuple(Reason("name", name) for name in matter.names if squeeze(name) in head)
    phrases = shared_phrases(f"{message.title}\n{message.text}", codes, own * (everyone - own))
    near = (Reason("similarity", round(float(score), 3)),)
    if middle is None or message.at is None:
        return named + phrases + near
    days = round(abs(days_since_1970(message.at) - middle))
    return named + phrases + near + (Reason("days", days),)
