"""A network of the tests' own: TCP proxies that can be cut, and lose."""
import random
import socket
import threading
import time
from contextlib import suppress

CHUNK = 64 << 10
RESEND_S = 0.2  # how long Linux waits before it sends a lost packet again


class Network:
    """One proxy in front of each port on loopback; `ports` are the proxies'.

    While it is cut nothing comes through, and nothing is refused or closed,
    as with a cable that is out; what was under way arrives once it is mended.
    loss: the share of what is sent that comes late, as what TCP sends again.
    """

    def __init__(self, count):
        self.loss = 0.0
        self._whole = threading.Event()
        self._whole.set()
        self._listeners = [_listener() for _ in range(count)]
        self.ports = [l.getsockname()[1] for l in self._listeners]

    def open(self, targets):
        """Lets each proxy lead to its target, a port on loopback."""
        for listener, target in zip(self._listeners, targets, strict=True):
            _background(self._accept, listener, target)

    def close(self):
        for listener in self._listeners:
            listener.close()

    def cut(self):
        self._whole.clear()

    def mend(self):
        self._whole.set()

    def _accept(self, listener, target):
        with suppress(OSError):  # closed
            while True:
                client, _ = listener.accept()
                _background(self._connect, client, target)

    def _connect(self, client, target):
        self._whole.wait()
        try:
            server = socket.create_connection(("127.0.0.1", target), 5)
        except OSError:
            client.close()
            return
        server.settimeout(None)
        for end in (client, server):
            end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        _background(self._pump, client, server)
        _background(self._pump, server, client)

    def _pump(self, source, sink):
        chance = random.Random()
        with suppress(OSError):
            while data := source.recv(CHUNK):
                self._whole.wait()
                if self.loss and chance.random() < self.loss:
                    time.sleep(RESEND_S)
                sink.sendall(data)
        self._whole.wait()
        for end in (source, sink):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()


def _listener():
    return socket.create_server(("127.0.0.1", 0), backlog=128)


def _background(work, *arguments):
    threading.Thread(target=work, args=arguments, daemon=True).start()
