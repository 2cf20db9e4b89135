"""The ways in which the product says no. Each carries a sentence for a person."""


class Refused(Exception):
    """Nothing was changed. ``str(exc)`` is safe to show: what is wrong and what to do."""

    http_status = 400


class NotYours(Refused):
    """This person may not do it, whatever the state."""

    http_status = 403


class NotNow(Refused):
    """Somebody may do it, but not in this state."""

    http_status = 409


class Incomplete(Refused):
    """Something that the step needs is missing or wrong; ``field`` says where, if known."""

    http_status = 422

    def __init__(self, sentence, field=""):
        super().__init__(sentence)
        self.field = field


class TooOften(Refused):
    """The same visitor knocks too often; ``seconds`` says when to come back."""

    http_status = 429

    def __init__(self, sentence, seconds):
        super().__init__(sentence)
        self.seconds = seconds
