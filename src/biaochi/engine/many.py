"""Many tests at once: how many of those that light up would have done so by chance.

Benjamini, Y., and Hochberg, Y. (1995), Journal of the Royal Statistical Society B 57, 289–300.
"""


def q_values(chances):
    """The adjusted values of Benjamini and Hochberg, in the order of the input.

    Asking where ``q`` is at most 0.1 keeps the false ones among the asked at a tenth on average,
    if the tests are independent or positively dependent.

    :raises ValueError: something is no chance between 0 and 1
    """
    if any(not 0 <= p <= 1 for p in chances):
        raise ValueError("a chance lies between 0 and 1")
    order = sorted(range(len(chances)), key=lambda place: chances[place], reverse=True)
    found, least = [0.0] * len(chances), 1.0
    for steps, place in enumerate(order):
        rank = len(chances) - steps
        least = min(least, chances[place] * len(chances) / rank)
        found[place] = least
    return found
