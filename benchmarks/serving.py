"""Serves a folder on this machine as a host would: compressed, without a cache."""

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

# What hosts compress; fonts and pictures are compressed already.
TEXT = {".html", ".css", ".js", ".svg", ".json", ".txt"}


@cache
def served(path: Path) -> bytes:
    """Return a file's bytes as they go out; each is compressed once, as a host would."""
    body = path.read_bytes()
    return gzip.compress(body, 6) if path.suffix in TEXT else body


class _Compressed(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # connections are kept, as by any host
    wbufsize = 1 << 16  # head and body leave together: apart, the second waits for a delayed answer
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)  # ends the connection
            return
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        body = served(path)
        if path.suffix in TEXT:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        pass


@contextmanager
def serve_compressed(folder: Path) -> Iterator[str]:
    """Give the address of a folder while the context lasts."""
    handler = partial(_Compressed, directory=str(folder))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
