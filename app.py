"""`python app.py` opens the page, as `summarizer page` does.

Everything else is in summarizer/page.
"""

from summarizer.page import serve

if __name__ == "__main__":
    serve()
