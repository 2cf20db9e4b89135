"""A person with a browser without JavaScript: opens pages, follows links, fills in forms.

Only what stands in the page can be used: a link by its words, a form by the words on its
button, a field by its name. So a story told with it is a story that a person could live.
"""

from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit


class Page(HTMLParser):
    """The words, links and forms of an answer."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.words, self.links, self.forms = [], [], []
        self._form = self._link = self._button = self._area = self._select = self._option = None
        self._hush = 0
        self.feed(html)
        self.text = "".join(self.words)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag in {"script", "style", "title"}:
            self._hush += 1
        if tag == "a" and "href" in attrs:
            self._link = [attrs["href"], ""]
        if tag == "form":
            self._form = {"attrs": attrs, "fields": [], "buttons": []}
            self.forms.append(self._form)
        if tag == "button":
            self._button = [attrs, ""]
        if tag == "input":
            self._input(attrs)
        if tag == "textarea":
            self._area = [attrs.get("name"), ""]
        if tag == "select":
            self._select = [attrs.get("name"), [], None]
        if tag == "option" and self._select:
            self._option = [attrs.get("value"), ""]
            if "selected" in attrs:
                self._select[2] = len(self._select[1])

    def _input(self, attrs):
        kind, name = attrs.get("type", "text"), attrs.get("name")
        form = self._form
        if not form:
            return
        if kind in {"submit", "image"}:
            form["buttons"].append((attrs, attrs.get("value", "")))
        elif kind in {"radio", "checkbox"}:
            form.setdefault("choices", {}).setdefault(name, []).append(attrs.get("value", "on"))
            if "checked" in attrs:
                form["fields"].append((name, attrs.get("value", "on")))
        elif kind == "file":
            form.setdefault("files", []).append(name)
        elif name:
            form["fields"].append((name, attrs.get("value", "")))

    def handle_data(self, data):
        if not self._hush:
            self.words.append(data)
        for open_one in (self._link, self._button, self._area, self._option):
            if open_one is not None:
                open_one[1] += data

    def handle_endtag(self, tag):
        if tag in {"script", "style", "title"}:
            self._hush -= 1
        if tag == "a" and self._link:
            self.links.append(tuple(self._link))
            self._link = None
        if tag == "button" and self._button:
            attrs, words = self._button
            if self._form:
                self._form["buttons"].append((attrs, words))
            self._button = None
        if tag == "textarea" and self._area:
            if self._form and self._area[0]:
                self._form["fields"].append(tuple(self._area))
            self._area = None
        if tag == "option" and self._option:
            value, words = self._option
            self._select[1].append(words.strip() if value is None else value)
            if self._form is not None:
                named = self._form.setdefault("labels", {})
                named.setdefault(self._select[0], []).append((self._select[1][-1], words))
            self._option = None
        if tag == "select" and self._select:
            name, values, chosen = self._select
            if self._form and name and values:
                self._form["fields"].append((name, values[chosen or 0]))
                self._form.setdefault("choices", {})[name] = values
            self._select = None
        if tag == "form":
            self._form = None


class Visitor:
    """Somebody with a Django test client."""

    def __init__(self, client, username="", password=""):
        self.client, self.response, self.page, self.url = client, None, None, "/"
        self.name, self.password = username, password
        if username:
            self.open("/sign-in")

    def open(self, url):
        """Open a page; who has an account signs in again when the sign-in is over."""
        self._take(self.client.get(url, follow=True), url)
        if self.name and self.url.startswith("/sign-in") and self.has_button("登录"):
            self.submit("登录", username=self.name, password=self.password)
        return self

    def follow(self, words):
        """Click the first link with these words."""
        for href, label in self.page.links:
            if words in "".join(label.split()):
                return self.open(urljoin(self.url, href))
        raise AssertionError(f"no link “{words}” on {self.url}: {self.labels()}")

    def submit(self, words, /, *, files=None, within="", **typed):
        """Press the button with these words, with these fields changed.

        ``within`` chooses among several forms: its action, or a hidden value, has it.
        """
        form, button = self._form(words, within)
        named = {name for name, _value in form["fields"]} | set(form.get("choices", {}))
        strange = set(typed) - named
        assert not strange, f"the form “{words}” on {self.url} has no field {strange}: {named}"
        sent = {}
        for name, value in form["fields"]:
            sent.setdefault(name, []).append(value)
        for name, value in typed.items():
            sent[name] = value if isinstance(value, list) else [value]
        if button.get("name"):
            sent[button["name"]] = [button.get("value", "")]
        action = button.get("formaction") or form["attrs"].get("action") or self.url
        url = urljoin(self.url, action)
        if form["attrs"].get("method", "get").lower() == "get":
            return self._take(self.client.get(url, sent, follow=True), url)
        for name, file in (files or {}).items():
            assert name in form.get("files", []), f"no place for a file {name}: {form}"
            sent[name] = [file]
        return self._take(self.client.post(url, sent, follow=True), url)

    def has_button(self, words):
        return any(
            words in "".join(label.split())
            for form in self.page.forms
            for _attrs, label in form["buttons"]
        )

    def has_field(self, name):
        return any(
            name in form.get("choices", {}) or name in dict(form["fields"])
            for form in self.page.forms
        )

    def choices(self, name):
        """The values that a field offers, wherever it stands on the page."""
        return [v for form in self.page.forms for v in form.get("choices", {}).get(name, [])]

    def value_of(self, name, words):
        """The value of the choice with these words in a list to choose from."""
        for form in self.page.forms:
            for value, label in form.get("labels", {}).get(name, []):
                if words in label:
                    return value
        raise AssertionError(f"nothing to choose with “{words}” in {name} on {self.url}")

    def labels(self):
        return ["".join(label.split()) for _href, label in self.page.links]

    @property
    def text(self):
        """The words of the page, without any white space."""
        return "".join(self.page.text.split())

    @property
    def html(self):
        return self.response.content.decode()

    def _form(self, words, within):
        for form in self.page.forms:
            held = f"{form['attrs'].get('action', '')} {form['fields']}"
            for attrs, label in form["buttons"]:
                target = f"{held} {attrs.get('formaction', '')} {attrs.get('value', '')}"
                if words in "".join(label.split()) and within in target:
                    return form, attrs
        seen = [[b[1].strip() for b in form["buttons"]] for form in self.page.forms]
        raise AssertionError(f"no button “{words}” on {self.url}: {seen}")

    def _take(self, response, url):
        self.response = response
        self.url = url
        for address, _status in getattr(response, "redirect_chain", []):
            self.url = urljoin(self.url, address)
        self.url = urlsplit(self.url)._replace(netloc="", scheme="").geturl()
        kind = response.headers.get("Content-Type", "")
        self.page = Page(response.content.decode() if "html" in kind else "")
        return self
