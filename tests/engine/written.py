"""What the tests of the cluster group, and the result as one text."""

import json

from tests.bench.planted import planted


def messages():
    return planted(matters=40, voices=6, seed=8)[0]


def written(found):
    return "\n".join(json.dumps(some, ensure_ascii=False) for some in found)
