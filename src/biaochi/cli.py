"""The command line: ``biaochi`` (or ``python -m biaochi``).

Each command is a management command of the same name; this file only chooses one and says
whether it serves: whatever serves is production unless the environment says otherwise, and then
a missing value stops with a sentence.
"""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

COMMANDS = {
    "demo": "build the fictional city and serve it",
    "serve": "serve the site, with its worker",
    "worker": "do what is due: go on with imports, suggest groups, forget contacts",
    "import voices": "take a spreadsheet of voices in: FILE [--dry-run] [--map field=column,…]",
    "group": "group a spreadsheet of messages without a database: FILE --out FILE",
    "route": "say where messages belong: train FILE --model M | suggest FILE --model M --out FILE",
    "doctor": "check the installation and say what to do",
    "migrate": "bring the database up to date",
}
SERVING = {"demo", "serve", "worker"}  # errors are told to visitors as pages, never as traces


def usage():
    width = max(map(len, COMMANDS)) + 2
    lines = [f"  {name:<{width}}{what}" for name, what in COMMANDS.items()]
    return "\n".join(["usage: biaochi COMMAND [options]", "", *lines, "", "biaochi COMMAND --help"])


def main(argv=None):
    """Run one command. A fault of the call ends with a sentence and exit code 2."""
    words = list(sys.argv[1:] if argv is None else argv)
    name = next((n for n in COMMANDS if words[: n.count(" ") + 1] == n.split()), None)
    if name is None:
        asked = not words or words[0] in {"-h", "--help", "help"}
        print(usage(), file=sys.stdout if asked else sys.stderr)
        sys.exit(0 if asked else 2)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "biaochi.settings")
    os.environ.setdefault("BIAOCHI_DEBUG", "0" if name in SERVING else "1")
    if name == "demo":
        os.environ["BIAOCHI_DEMO"] = "1"
        os.environ.setdefault("BIAOCHI_HOME", os.path.join("var", "demo"))
    rest = words[name.count(" ") + 1 :]
    try:
        execute_from_command_line(["biaochi", name.replace(" ", "_"), *rest])
    except ImproperlyConfigured as wrong:
        sys.exit(f"biaochi cannot start: {wrong}")
    except KeyboardInterrupt:
        sys.exit("\nStopped. What was finished is kept; run the same command again to go on.")
