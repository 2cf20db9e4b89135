import pytest

from biaochi.core.actors import Role

SAID = {
    "agreed": "on",
    "channel": "phone",
    "words": "卫生站的降压药又没有了。我跑了三趟，两趟没有！",
    "area": "",
    "place": "石桥卫生站",
    "when": "这个月",
    "groups": ["old"],
    "urgency": "hard",
    "hope": "别断药，哪天来货给个准信",
}
ANSWER = {"reply": "none", "public": "yes", "deed": "take"}


@pytest.fixture
def desk(client, city):
    client.force_login(city.users[Role.STAFF])
    return client


@pytest.fixture
def visitor(client, city):
    """A member on a visit."""
    client.force_login(city.users[Role.MEMBER])
    return client
