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
        self._swallowed = None
        self._whole = [threading.Event() for _ in range(count)]
        self._listeners = [_listener() for _ in range(count)]
        self.ports = [l.getsockname()[1] for l in self._listeners]
        self.mend()

    def open(self, targets):
        """Lets each proxy lead to its target, a port on loopback."""
        for listener, target, whole in zip(
                self._listeners, targets, self._whole, strict=True):
            _background(self._accept, listener, target, whole)

    def close(self):
        for listener in self._listeners:
            listener.close()

    def cut(self):
        for whole in self._whole:
            whole.clear()

    def mend(self, but=None):
        """All of it, or all but the way to one port."""
        for port, whole in zip(self.ports, self._whole):
            if port != but:
                whole.set()

    def cut_after(self, api_key):
        """Cuts it once the next request of that kind is through: its client
        never hears of it, and finds its connection closed."""
        self._swallowed = api_key

    def _accept(self, listener, target, whole):
        with suppress(OSError):  # closed
            while True:
                client, _ = listener.accept()
                _background(self._connect, client, target, whole)

    def _connect(self, client, target, whole):
        whole.wait()
        try:
            server = socket.create_connection(("127.0.0.1", target), 5)
        except OSError:
            client.close()
            return
        server.settimeout(None)
        for end in (client, server):
            end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        _background(self._pump, client, server, whole, self._is_swallowed)
        _background(self._pump, server, client, whole, lambda answer: False)

    def _is_swallowed(self, request):
        # Its size in four bytes, then its API key in two.
        if int.from_bytes(request[4:6], "big") != self._swallowed:
            return False
        self._swallowed = None
        return True

    def _pump(self, source, sink, whole, is_last):
        chance = random.Random()
        with suppress(OSError):
            while data := source.recv(CHUNK):
                whole.wait()
                if self.loss and chance.random() < self.loss:
                    time.sleep(RESEND_S)
                if last := is_last(data):
                    self.cut()
                sink.sendall(data)
                if last:
                    source.shutdown(socket.SHUT_RDWR)
                    break
        whole.wait()
        for end in (source, sink):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()


def _listener():
    return socket.create_server(("127.0.0.1", 0), backlog=128)


def _background(work, *arguments):
    threading.Thread(target=work, args=arguments, daemon=True).start()
