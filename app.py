"""`python app.py` opens the page exactly as `summarizer page` does, options and variables alike.

Everything else is in summarizer/page and summarizer/cli.
"""

import sys

from summarizer.cli import main

if __name__ == "__main__":
    sys.exit(main(["page", *sys.argv[1:]]))
