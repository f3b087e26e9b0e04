"""The page: paste articles, read a summary whose every sentence shows its sources.

Importing this loads no gradio; `serve` opens the page, `summarizer.page.layout.build` composes it.
"""

from __future__ import annotations

from summarizer.page.server import serve

__all__ = ["serve"]
