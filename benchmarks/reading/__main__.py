"""Read every file of a folder, each in a fresh process, and print what was lost, misplaced and how long it took."""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import time
from pathlib import Path

SECONDS_A_PAGE = 0.1
MEGABYTES_ALLOWED = 250
HEADS = ("file", "pages", "s/page", "MB", "lost", "doubled", "headings", "misplaced", "upward", "excerpts", "sentences")


def child(path: Path) -> None:
    """Read one file, and print as JSON the processor's seconds, the peak in megabytes and the passages.

    It is the processor's time, since other programs may run meanwhile.
    """
    data = path.read_bytes()
    began = time.process_time()
    from bot.library import read_document
    from bot.library.sentences import has_sentence, is_note

    document = read_document(data, path.name)
    seconds = time.process_time() - began
    peak = _peak_megabytes()
    passages = [
        {
            "text": passage.text,
            "heading": passage.heading,
            "from": passage.page_from,
            "to": passage.page_to,
            "sentence": has_sentence(passage.text) and not is_note(passage.heading, passage.text),
        }
        for passage in document.passages
    ]
    print(json.dumps({"seconds": seconds, "peak": peak, "pages": document.pages or 1, "passages": passages}))


def _peak_megabytes() -> float:
    """Return the most memory of this process alone: what Linux counts since it began, where it can be asked."""
    status = Path("/proc/self/status")
    if status.exists():
        high = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(high.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(path: Path) -> str:
    """Return one file's row: words and headings are compared with a second reader where it is a PDF."""
    done = subprocess.run([sys.executable, "-m", "benchmarks.reading", "--child", str(path)], capture_output=True)
    if done.returncode:
        # A file that is refused ends with its reason.
        return f"{path.name[:36]:<36} {done.stderr.decode().strip().splitlines()[-1][:90]}"
    read = json.loads(done.stdout)
    passages = read["passages"]
    a_page = read["seconds"] / read["pages"]
    row = [f"{path.name[:36]:<36}", f"{read['pages']:>5}", f"{a_page:>7.3f}", f"{read['peak']:>5.0f}"]
    if path.suffix.lower() == ".pdf":
        from benchmarks.reading.measures import compare

        try:
            found = compare(path, passages)
        except Exception as error:  # noqa: BLE001 a file may be too odd for the second reader
            return " ".join([*row, f"The second reader gives up: {error}"])
        row += [
            f"{found.lost:>6.1%}",
            f"{found.doubled:>7.1%}",
            f"{found.headings_found:>4}/{found.headings:<4}",
            f"{found.misplaced:>4}/{found.placed:<4}",
            f"{found.upward:>4}/{found.steps:<5}",
        ]
    else:
        row += ["", "", "", "", ""]
    sentences = sum(passage["sentence"] for passage in passages)
    over = a_page > SECONDS_A_PAGE or read["peak"] > MEGABYTES_ALLOWED
    return " ".join([*row, f"{len(passages):>5}", f"{sentences:>5}", "OVER THE LIMIT" if over else ""])


def sample(path: Path, count: int) -> None:
    """Print random excerpts of one file, the same at every run, to be read by a person."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.reading", "--child", str(path)], check=True, capture_output=True
    )
    passages = [passage for passage in json.loads(done.stdout)["passages"] if passage["sentence"]]
    chosen = sorted(random.Random(17).sample(range(len(passages)), min(count, len(passages))))
    for index in chosen:
        passage = passages[index]
        print(f"--- {index + 1} of {len(passages)}, pages {passage['from']} to {passage['to']}: {passage['heading']}")
        print(passage["text"], end="\n\n")


def main(folder: Path) -> None:
    """Print a row for each file of a folder."""
    print(" | ".join(HEADS))
    for path in sorted(folder.iterdir()):
        if path.is_file():
            print(measure(path), flush=True)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["--child", file]:
            child(Path(file))
        case ["--sample", file]:
            sample(Path(file), 30)
        case [folder]:
            main(Path(folder))
        case _:
            sys.exit("Use: python -m benchmarks.reading FOLDER, or --sample FILE to print 30 excerpts of one file.")
