"""One resident's whole way in a process and a database file of its own. Run by ``test_privacy``.

Everything is logged as loudly as can be. What a thief could copy (the files under the home of the
installation) is read after each part of the way, while the program still runs and after it ended.
"""

import json
import logging
import os
import sys
from pathlib import Path

import django
from django.core.management import call_command


def main(part):
    logging.captureWarnings(True)
    django.setup()
    if part == "say":
        call_command("migrate", verbosity=0)
    from django.conf import settings
    from django.test import Client

    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    browser = Client(SERVER_NAME="testserver", REMOTE_ADDR="203.0.113.77")
    answers = json.loads(sys.stdin.read())
    print(json.dumps({"say": say, "erase": erase}[part](browser, answers)))


def say(browser, answers):
    from django.core.files.base import ContentFile

    photo = ContentFile(Path(os.environ["A_PHOTO"]).read_bytes(), name="family.jpg")
    steps = [
        browser.post("/say/1", {"text": answers["text"], "photos": photo}, secure=True),
        browser.post("/say/2", {"place": answers["place"]}, secure=True),
        browser.post("/say/3", {"groups": ["old"], "urgency": "hard"}, secure=True),
        browser.post(
            "/say/4", {"reply": "phone", "phone": answers["phone"], "public": "yes"}, secure=True
        ),
    ]
    abandoned = browser.__class__(SERVER_NAME="testserver")
    abandoned.post("/say/1", {"text": answers["text"]}, secure=True)
    steps.append(browser.get("/say/check", secure=True))
    steps.append(browser.post("/say/check", secure=True))
    page = browser.get("/say/done", secure=True).content.decode()
    code = page.split('class="bc-code">')[1].split("<")[0]
    steps.append(browser.post("/mine", {"code": "QX-2222-2222"}, secure=True))
    steps.append(browser.post("/mine", {"code": code}, secure=True))
    steps.append(browser.get("/mine/matter", secure=True))
    steps.append(browser.post("/mine/add", {"text": answers["added"]}, secure=True))
    shown = browser.get("/mine/matter", secure=True).content.decode()
    return {
        "code": code,
        "statuses": [step.status_code for step in steps],
        "shown": all(answers[key] in shown for key in ("text", "added")),
    }


def erase(browser, answers):
    browser.post("/mine", {"code": answers["code"]}, secure=True)
    done = browser.post("/mine/decide", {"how": "all", "told": "all"}, secure=True)
    again = browser.post("/mine", {"code": answers["code"]}, secure=True)
    return {"statuses": [done.status_code, again.status_code]}


if __name__ == "__main__":
    main(sys.argv[1])
