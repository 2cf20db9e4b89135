"""What every stage shows of a matter, in the order of the standing ruler."""

from biaochi.deliberation import queries as deliberation
from biaochi.evaluation import queries as evaluation
from biaochi.outcome import queries as outcome
from biaochi.proposal import queries as proposal
from biaochi.study import queries as study
from biaochi.task import queries as task
from biaochi.topic import queries as topic
from biaochi.yardstick import queries as yardstick


def of_matter(matter, today):
    """``{stage: what its part shows, or None}``, each read by the stage's own reader."""
    work = task.of_matter(matter, today)
    tasks = [one.task for one in work.tasks] if work else []
    judged = evaluation.of_matter(matter)
    return {
        "topic": topic.of_matter(matter),
        "study": study.of_matter(matter),
        "deliberation": deliberation.of_matter(matter),
        "proposal": proposal.of_matter(matter),
        "task": work,
        "outcome": outcome.of_matter(matter),
        "evaluation": judged,
        "yardstick": yardstick.of_matter(matter),
        "lights": yardstick.lights_of_matter(matter, today, tasks, judged),
    }
