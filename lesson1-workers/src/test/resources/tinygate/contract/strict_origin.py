"""A strict HTTP/1.1 origin on h11: prints its port, then one JSON line for each request.

It ends when its standard input does, so it never outlives the test that started it.
"""

import hashlib
import itertools
import json
import os
import socket
import sys
import threading

import h11

PERIOD = bytes(range(251)) * 256
printing = threading.Lock()


def report(**received):
    with printing:
        print(json.dumps(received))


def names_and_values(fields):
    return [[n.decode("latin-1"), v.decode("latin-1")] for n, v in fields]


def slices(count):
    """Bytes of which number i is i modulo 251, in pieces that start at the period."""
    while count > 0:
        piece = PERIOD[:count]
        yield piece
        count -= len(piece)


def answer(connection, request):
    """The events of the answer that the request's target asks for."""
    kind, _, size = request.target.decode("latin-1").strip("/").partition("/")
    body, fields, end = [b"ok"], [("Content-Length", "2")], h11.EndOfMessage()
    if kind in ("bytes", "chunked", "close"):
        body = slices(int(size))
        fields = {
            "bytes": [("Content-Length", size)],
            "chunked": [("Transfer-Encoding", "chunked"), ("Trailer", "X-End")],
            "close": [("Connection", "close")],
        }[kind]
        if kind == "chunked":
            end = h11.EndOfMessage(headers=[("X-End", "here")])
    yield h11.Response(status_code=200, reason=b"OK", headers=fields)
    if request.method != b"HEAD":
        for piece in body:
            yield h11.Data(data=piece)
    yield end


def serve(peer, number):
    connection = h11.Connection(h11.SERVER)

    def next_event():
        while True:
            event = connection.next_event()
            if event is not h11.NEED_DATA:
                return event
            connection.receive_data(peer.recv(65536))

    while True:
        request = next_event()
        if not isinstance(request, h11.Request):
            return
        digest, length = hashlib.sha256(), 0
        event = next_event()
        while isinstance(event, h11.Data):
            digest.update(event.data)
            length += len(event.data)
            event = next_event()
        report(
            connection=number,
            method=request.method.decode("latin-1"),
            target=request.target.decode("latin-1"),
            fields=names_and_values(request.headers.raw_items()),
            bodyLength=length,
            sha256=digest.hexdigest(),
            trailers=names_and_values(event.headers),
        )
        for reply in answer(connection, request):
            peer.sendall(connection.send(reply) or b"")
        if connection.our_state is h11.MUST_CLOSE:
            return
        connection.start_next_cycle()


def guarded(peer, number):
    with peer:
        try:
            serve(peer, number)
        except h11.RemoteProtocolError as violation:
            report(connection=number, violation=str(violation))
        except OSError:
            pass  # The gate has closed the connection.


def accept(listener):
    for number in itertools.count(1):
        peer, _ = listener.accept()
        threading.Thread(target=guarded, args=(peer, number), daemon=True).start()


listener = socket.create_server(("127.0.0.1", 0), backlog=256)
print(listener.getsockname()[1])
threading.Thread(target=accept, args=(listener,), daemon=True).start()
sys.stdin.read()
os._exit(0)
