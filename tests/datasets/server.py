"""A small HTTP server on this machine that serves one file, well or badly."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from course_lib.datasets.remote_file import RemoteFile

CONTENT = bytes(range(256)) * 1000


@dataclass
class Server:
    """What the server does, request by request, and what it was asked."""

    content: bytes = CONTENT
    ranges: bool = True
    statuses: list[int] = field(default_factory=list)  # answered first, instead of the file
    cuts: list[int] = field(default_factory=list)  # bytes sent before the connection is cut
    declares_length: bool = True
    shifted_range: int = 0
    encoding: str = ""
    asked: list[str | None] = field(default_factory=list)  # the Range headers
    hung_up_on: bool = False  # the client closed before the end
    port: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/file.bin"

    def remote(self, content: bytes = CONTENT, urls: tuple[str, ...] = ()) -> RemoteFile:
        return RemoteFile(
            "file.bin", urls or (self.url,), len(content), sha256(content).hexdigest()
        )


@contextmanager
def running(server: Server) -> Iterator[Server]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            wanted = self.headers["Range"]
            server.asked.append(wanted)
            if server.statuses:
                self.send_error(server.statuses.pop(0))
                return
            start = int(wanted[6:-1]) if wanted and server.ranges else 0
            if start >= len(server.content):
                self.send_error(416)
                return
            start += server.shifted_range if start else 0
            body = server.content[start:]
            self.send_response(206 if wanted and server.ranges else 200)
            if wanted and server.ranges:
                last = len(server.content) - 1
                self.send_header("Content-Range", f"bytes {start}-{last}/{last + 1}")
            if server.declares_length:
                self.send_header("Content-Length", str(len(body)))
            if server.encoding:
                self.send_header("Content-Encoding", server.encoding)
            self.end_headers()
            try:
                self.wfile.write(body[: server.cuts.pop(0)] if server.cuts else body)
            except ConnectionError:
                server.hung_up_on = True

        def log_message(self, format: str, *args: object) -> None:
            pass

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    http.daemon_threads = False  # so that closing waits for what is under way
    server.port = http.server_address[1]
    thread = Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        http.shutdown()
        http.server_close()
        thread.join()
