import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

TEXT = "我们楼三十六年了，六楼有两位老人，想装电梯，一楼不签字。"
PHONE = "13800138000"


class Visitor:
    """Somebody with a browser that has no script and follows what a page says."""

    def __init__(self, **headers):
        self.browser = Client(enforce_csrf_checks=False, headers=headers)

    def get(self, address):
        return self.browser.get(address)

    def post(self, address, **answers):
        return self.browser.post(address, answers)

    def fill(self, *, text=TEXT, place="幸福里小区", area="", reply="none", **rest):
        """Answer the four questions; return the answer to the last."""
        self.post("/say/1", text=text)
        self.post("/say/2", area=area, place=place)
        self.post("/say/3", groups=["old"], urgency="hard")
        given = {"reply": reply, "phone": "", "relay": "", "public": "yes"} | rest
        return self.post("/say/4", **given)

    def say(self, **answers):
        """Go through the wizard to the end; return the receipt code."""
        assert self.fill(**answers).url == "/say/check"
        sent = self.post("/say/check", join="alone")
        assert sent.url == "/say/done", sent.content.decode()
        return self.code()

    def code(self):
        page = self.get("/say/done").content.decode()
        return page.split('class="bc-code">')[1].split("<")[0]

    def enter(self, code):
        return self.post("/mine", code=code)


@pytest.fixture
def visitor(city):
    return Visitor()


@pytest.fixture
def another(city):
    return Visitor()


@pytest.fixture
def picture():
    def _picture(name="a.jpg"):
        out = io.BytesIO()
        Image.new("RGB", (60, 40), "teal").save(out, "JPEG")
        return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")

    return _picture
