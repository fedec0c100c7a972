"""`realpolitik report`: the report of a run, made anew."""

import sys
from pathlib import Path

from realpolitik.sim.cli.exits import InputError
from realpolitik.sim.cli.sweeping import print_page_path
from realpolitik.sim.report import render_report
from realpolitik.sim.study.results import NotARunError, read_run, rewrite_report
from realpolitik.sim.study.sweep.folder import StudyFolder


def print_report_path(folder: Path) -> None:
    """Writes the report of a run folder or the page of a study, and prints where it is.

    Raises:
        InputError: the folder is neither, or cannot be written.
    """
    if StudyFolder(folder).is_begun:
        print_page_path(folder)
        return
    try:
        report = rewrite_report(read_run(folder), render_report)
    except NotARunError as error:
        raise InputError(str(error)) from None
    except OSError as error:
        raise InputError(f"{folder}: cannot be written: {error.strerror}") from None
    sys.stdout.write(f"{report}\n")
