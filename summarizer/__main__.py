"""`python -m summarizer`: the command line without its script. Nothing else lives here."""

import sys

from summarizer.cli import main

sys.exit(main())
