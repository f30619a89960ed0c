"""Makes a conda environment with rattler, a real conda engine, from a tiny channel that is made here.

usage: engine.py CHANNEL PREFIX SPEC…"""
import asyncio, hashlib, io, json, os, sys, tarfile

channel, prefix, *specs = sys.argv[1:]
index = {"linux-64": {}, "noarch": {}}


def add(name, version, build, files, depends=(), noarch=None):
    subdir = "noarch" if noarch else "linux-64"
    record = dict(name=name, version=version, build=build, build_number=0, depends=list(depends), subdir=subdir)
    record.update(license="MIT", timestamp=1700000000000, **(dict(noarch=noarch) if noarch else {}))
    paths = [
        dict(_path=path, path_type="hardlink", sha256=hashlib.sha256(data).hexdigest(), size_in_bytes=len(data))
        for path, data in files.items()
    ]
    info = {"info/index.json": json.dumps(record), "info/paths.json": json.dumps(dict(paths=paths, paths_version=1))}
    info["info/files"] = "\n".join(files) + "\n"
    if noarch:
        info["info/link.json"] = json.dumps(dict(noarch=dict(type=noarch), package_metadata_version=1))
    target = os.path.join(channel, subdir, f"{name}-{version}-{build}.tar.bz2")
    with tarfile.open(target, "w:bz2") as archive:
        for path, data in [*((path, text.encode()) for path, text in info.items()), *files.items()]:
            entry = tarfile.TarInfo(path)
            entry.size, entry.mode = len(data), 0o755 if path.startswith("bin/") else 0o644
            archive.addfile(entry, io.BytesIO(data))
    data = open(target, "rb").read()
    record.update(md5=hashlib.md5(data).hexdigest(), sha256=hashlib.sha256(data).hexdigest(), size=len(data))
    index[subdir][os.path.basename(target)] = record


def distribution(name, version):
    info = f"site-packages/{name.replace('-', '_')}-{version}.dist-info"
    metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n".encode()
    return {f"{info}/METADATA": metadata, f"{info}/INSTALLER": b"conda\n", f"{info}/REQUESTED": b""}


for subdir in index:
    os.makedirs(os.path.join(channel, subdir), exist_ok=True)
for version in ("3.11.7", "3.12.1"):
    minor = ".".join(version.split(".")[:2])
    stub = b"#!/bin/sh\nexec /usr/bin/python3 \"$@\"\n"
    files = {f"bin/python{minor}": stub, "bin/python": stub, f"lib/python{minor}/os.py": b""}
    add("python", version, "0_stub", files)
add("demo-lib", "1.0.0", "py_0", distribution("demo-lib", "1.0.0"), ["python"], "python")
add("demo-lib", "1.2.0", "py_0", distribution("demo-lib", "1.2.0"), ["python"], "python")
add("demo-app", "2.0", "py_0", distribution("demo-app", "2.0"), ["python", "demo-lib >=1.1"], "python")
for subdir, packages in index.items():
    with open(os.path.join(channel, subdir, "repodata.json"), "w") as file:
        json.dump({"info": {"subdir": subdir}, "packages": packages, "packages.conda": {}, "repodata_version": 1}, file)


async def main():
    from rattler import MatchSpec, install, solve

    records = await solve([f"file://{channel}"], specs, platforms=["linux-64", "noarch"])
    asked = [MatchSpec(spec)._match_spec for spec in specs]
    await install(records, prefix, cache_dir=channel + "/cache", show_progress=False, requested_specs=asked)


asyncio.run(main())
sys.stdout.flush()
os._exit(0)  # The engine's own threads do not always survive the interpreter's end.
