"""A small grammar for sentences: `{a|b}` chooses, `{3..9}` counts, `{$place}` fills in."""

import re
from collections.abc import Mapping
from random import Random

_INNERMOST = re.compile(r"\{([^{}]*)\}")
_RANGE = re.compile(r"(\d+)\.\.(\d+)")


def expand(text: str, rng: Random, values: Mapping[str, str]) -> str:
    """Fill a template in; choices may nest. KeyError: unknown name. ValueError: stray brace."""

    def chosen(match: re.Match[str]) -> str:
        body = match[1]
        if body.startswith("$"):
            return values[body[1:]]
        span = _RANGE.fullmatch(body)
        if span:
            return str(rng.randint(int(span[1]), int(span[2])))
        return rng.choice(body.split("|"))

    while "{" in text:
        text, found = _INNERMOST.subn(chosen, text)
        if not found:
            raise ValueError(f"stray brace in {text!r}")
    if "}" in text:
        raise ValueError(f"stray brace in {text!r}")
    return text
