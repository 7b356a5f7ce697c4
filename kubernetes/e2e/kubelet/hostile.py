"""Simulates a launcher that an attacker controls.

python3 hostile.py MODE ADDRESS PORT
"""

import secrets
import signal
import socket
import sys
import threading
import time

LIMIT_S = 60  # maximum duration of a connection

HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


def body(text):
    return f"{HEAD}Content-Length: {len(text)}\r\n\r\n{text}".encode()


def usage(cpu, memory="0.3", now_s=None, more=""):
    now = time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime(now_s))
    return body(
        f'{{"nitro_enclave_cpu_usage":{cpu},"nitro_enclave_memory_usage":{memory},'
        f'"timestamp":"{now}","window_seconds":3{more}}}'
    )


def large():
    yield body('{"nitro_enclave_cpu_usage":0.9,"padding":"' + "x" * 10_000_000 + '"}')


def endless():
    yield f"{HEAD}\r\n".encode()
    while True:
        yield b" " * 65536


def slow():
    for byte in usage("0.9"):
        yield bytes([byte])
        time.sleep(0.5)


def headers():
    yield HEAD.encode()
    for i in range(100_000):
        yield f"X-Header-{i}: {i}\r\n".encode()
    yield usage("0.9").split(b"\r\n", 1)[1]


def names():
    """Yields more application metrics than allowed. Their names are alphabetically first, and new in
    each response."""
    names = (f"nitro_enclave_app_a{secrets.token_hex(8)}" for _ in range(100))
    yield usage("0.9", more="".join(f',"{name}":1' for name in names))


def silent():
    time.sleep(LIMIT_S)
    yield b""


MODES = {
    "large": large,
    "endless": endless,
    "slow": slow,
    "headers": headers,
    "silent": silent,
    "names": names,
    "nan": lambda: [usage("NaN")],
    "negative": lambda: [usage("-1")],
    "huge": lambda: [usage("1e9")],
    "string": lambda: [usage('"0.9"')],
    "deep": lambda: [body("[" * 50_000)],
    "garbage": lambda: [bytes(range(256)) * 16],
    "yesterday": lambda: [usage("0.9", now_s=time.time() - 86_400)],
    "tomorrow": lambda: [usage("0.9", now_s=time.time() + 86_400)],
    "redirect": lambda: [b"HTTP/1.1 302 Found\r\nLocation: https://127.0.0.1:6443/\r\nContent-Length: 0\r\n\r\n"],
}


def answer(connection, mode):
    until = time.monotonic() + LIMIT_S
    with connection:
        connection.settimeout(LIMIT_S)
        try:
            connection.recv(65536)
            for piece in MODES[mode]():
                connection.sendall(piece)
                if time.monotonic() > until:
                    return
        except OSError:
            pass  # the client has closed the connection


def main():
    mode, address, port = sys.argv[1:]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with socket.create_server((address, int(port))) as server:
        while True:
            connection, _ = server.accept()
            threading.Thread(target=answer, args=(connection, mode), daemon=True).start()


main()
