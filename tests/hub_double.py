"""A hub of one's own: an HTTP server with the few answers that huggingface_hub asks for.

What it serves are real repositories at real commits; no network but the loopback is used.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote, urlsplit

Files = dict[str, bytes]


@dataclass
class Hub:
    """revisions: repository -> revision -> its files. asked: every path, in the order asked."""

    revisions: dict[str, dict[str, Files]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    damage: dict[str, bytes] = field(default_factory=dict)
    """Content that is sent in the place of a file's own."""
    cut: dict[str, int] = field(default_factory=dict)
    """File -> bytes of its next answer that are sent before the connection breaks."""
    ranges: list[str] = field(default_factory=list)
    """What was asked of files in part, in the order asked."""

    @staticmethod
    def commit(files: Files) -> str:
        return hashlib.sha1(repr(sorted(files.items())).encode()).hexdigest()

    def find(self, repository: str, revision: str) -> Files | None:
        own = self.revisions.get(repository, {})
        by_commit = {self.commit(files): files for files in own.values()}
        return own.get(revision) or by_commit.get(revision)

    def answer(self, path: str) -> tuple[int, dict[str, str], bytes]:
        """(status, headers, body) for a path."""
        self.asked.append(path)
        parts = [unquote(p) for p in urlsplit(path).path.strip("/").split("/")]
        if parts[:2] == ["api", "models"]:
            repository, kind, revision = "/".join(parts[2:4]), *(parts[4:6] or ["", "main"])
            files = self.find(repository, revision)
            if repository not in self.revisions:
                return 404, {"X-Error-Code": "RepoNotFound"}, b"{}"
            if files is None:
                return 404, {"X-Error-Code": "RevisionNotFound"}, b"{}"
            if kind == "tree":
                return (
                    200,
                    {},
                    json.dumps([_entry(n, c, "path") for n, c in files.items()]).encode(),
                )
            info: dict[str, Any] = {"id": repository, "sha": self.commit(files), "siblings": []}
            info["siblings"] = [_entry(n, c, "rfilename") for n, c in files.items()]
            return 200, {}, json.dumps(info).encode()
        repository, revision, name = "/".join(parts[:2]), parts[3], "/".join(parts[4:])
        files = self.find(repository, revision) or {}
        if name not in files:
            return 404, {"X-Error-Code": "EntryNotFound"}, b""
        headers = {"X-Repo-Commit": self.commit(files), "ETag": f'"{_blob(files[name])}"'}
        return 200, headers, self.damage.get(name, files[name])


def _blob(content: bytes) -> str:
    return hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()


def _entry(name: str, content: bytes, key: str) -> dict[str, Any]:
    id_ = "oid" if key == "path" else "blobId"
    entry: dict[str, Any] = {key: name, "type": "file", "size": len(content), id_: _blob(content)}
    if name.endswith(".safetensors"):
        digest = hashlib.sha256(content).hexdigest()
        large = {"oid": digest, "sha256": digest, "size": len(content), "pointerSize": 134}
        entry["lfs"] = large
    return entry


@contextmanager
def serve(revisions: Mapping[str, dict[str, Files]]) -> Iterator[tuple[Hub, str]]:
    """A hub that answers while the block runs, and its address."""
    hub = Hub(dict(revisions))

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, headers, body = hub.answer(self.path)
            asked = self.headers.get("Range", "bytes=0-")
            first = int(asked.removeprefix("bytes=").partition("-")[0])
            if status == 200 and first:
                hub.ranges.append(asked)
                headers["Content-Range"] = f"bytes {first}-{len(body) - 1}/{len(body)}"
                status, body = 206, body[first:]
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(body[: hub.cut.pop(self.path.rpartition("/")[2], None)])

        do_HEAD = do_GET  # noqa: N815 - as http.server calls it

        def log_message(self, format: str, *args: Any) -> None:
            """Keep what pytest prints clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield hub, f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
