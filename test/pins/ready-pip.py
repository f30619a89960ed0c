"""pip that is imported already: a process of its own, forked off this one, runs each command line.

`ready-pip.py SOCKET` listens until its standard input ends. Whoever connects (call-pip.py) sends its standard streams
with the working folder, the arguments behind `-m pip` and the variables, and hears the exit code in a byte.
"""

import fcntl
import os
import runpy
import select
import signal
import socket
import sys

import pip._internal.cli.main_parser
import pip._internal.commands.configuration
import pip._internal.commands.install


def run(connection):
    """Becomes `python -m pip` for one caller, and ends with it."""
    message, streams, _, _ = socket.recv_fds(connection, 1 << 16, 3)
    while len(message) < 4 or len(message) < 4 + int.from_bytes(message[:4], "big"):
        message += connection.recv(1 << 16)
    # A caller that is killed takes it along.
    signal.signal(signal.SIGIO, lambda *_: os._exit(1))
    fcntl.fcntl(connection, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(connection, fcntl.F_SETFL, fcntl.fcntl(connection, fcntl.F_GETFL) | os.O_ASYNC)
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    folder, count, *words = map(os.fsdecode, message[4:].split(b"\0"))
    os.chdir(folder)
    sys.argv[1:] = words[: int(count)]
    os.environ.clear()
    os.environ.update(word.split("=", 1) for word in words[int(count) :])
    try:
        runpy.run_module("pip", run_name="__main__", alter_sys=True)
        return 0
    except SystemExit as end:
        return end.code or 0
    except BaseException:
        sys.excepthook(*sys.exc_info())
        return 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()


def serve(listener):
    while True:
        ready, _, _ = select.select([listener, sys.stdin], [], [])
        if sys.stdin in ready:
            return
        connection, _ = listener.accept()
        if os.fork() == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            listener.close()
            try:
                code = run(connection)
                fcntl.fcntl(connection, fcntl.F_SETFL, fcntl.fcntl(connection, fcntl.F_GETFL) & ~os.O_ASYNC)
                connection.sendall(bytes([code]))
            finally:
                os._exit(1)
        connection.close()


with socket.socket(socket.AF_UNIX) as listener:
    listener.bind(sys.argv[1])
    listener.listen(64)
    # Nobody waits for the processes that run pip.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    print("ready", flush=True)
    serve(listener)
