"""Any number of messages, recombined from real ones: SYNTHETIC, for time and memory only.

Each invented matter takes one real message as its pattern, writes an invented name in the place
of every proper name of its title, and mixes its sentences anew for each voice.
"""

import re
from random import Random

from biaochi.engine.matter import Message
from biaochi.engine.names import names
from tests.bench.planted import HEADS, MIDDLES

LETTERS = HEADS + MIDDLES
SENTENCE = re.compile(r"[^。！？!?；;]+[。！？!?；;]*")


def crowd(messages, count, voices=5, seed=1):
    """Return `count` synthetic messages in about count/voices matters, from real `messages`."""
    return list(walk(messages, count, voices, seed))


def walk(messages, count, voices=5, seed=1):
    """Yield the same one by one."""
    rng = Random(seed)
    made = 0
    while made < count:
        pattern = rng.choice(messages)
        known = [name for name in names(pattern.title) if len(name) > 2]
        invented = "".join(rng.choice(LETTERS) for _ in range(3))
        sentences = SENTENCE.findall(pattern.text) or [pattern.text]
        for _ in range(min(rng.randint(1, 2 * voices - 1), count - made)):
            some = rng.sample(sentences, max(1, len(sentences) * 2 // 3))
            text, title = "".join(some), pattern.title
            for name in known:
                text, title = text.replace(name, invented), title.replace(name, invented)
            yield Message(
                id=f"s{made:08d}",
                text=text,
                title=title,
                person=f"p{rng.randrange(count)}",
                at=pattern.at,
            )
            made += 1
