# `call-pip.py PYTHON SOCKET …`: what `PYTHON …` does, by ready-pip.py where it is pip that is called. Run without
# `site` and without a module of Python's library, whose import would cost what is to be saved.
import _socket
import posix
import sys

python, path, *words = sys.argv[1:]
called = ["-I", "-X", "utf8", "-m", "pip"]
if words[: len(called)] != called:
    posix.execv(python, [python, *words])

arguments = [word.encode(errors="surrogateescape") for word in words[len(called) :]]
variables = [name + b"=" + value for name, value in posix.environ.items()]
said = b"\0".join([posix.getcwdb(), b"%d" % len(arguments), *arguments, *variables])
message = len(said).to_bytes(4, "big") + said
streams = b"".join(number.to_bytes(4, sys.byteorder) for number in range(3))

server = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
server.connect(path)
sent = server.sendmsg([message], [(_socket.SOL_SOCKET, _socket.SCM_RIGHTS, streams)])
server.sendall(message[sent:])
answer = server.recv(1)
sys.exit(answer[0] if answer else 1)
