#!/usr/bin/env python3
"""Prints the licences of every crate in the program, with the text that each package carries.

third_party.py TARGET > THIRD-PARTY.txt, where TARGET is a platform such as x86_64-pc-windows-gnu. Run it where Cargo.toml is.
"""
import json, pathlib, subprocess, sys


def packages(target):
    """The crates that go into the program: what it depends on, directly or not, without what only builds or tests it."""
    command = ["cargo", "metadata", "--locked", "--format-version", "1", "--filter-platform", target]
    metadata = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}
    wanted, seen = [metadata["resolve"]["root"]], set()
    while wanted:
        package = wanted.pop()
        if package not in seen:
            seen.add(package)
            goes_in = lambda use: any(kind["kind"] is None for kind in use["dep_kinds"])
            wanted += [use["pkg"] for use in nodes[package]["deps"] if goes_in(use)]
    own = set(metadata["workspace_members"])
    return sorted((p for p in metadata["packages"] if p["id"] in seen - own), key=lambda p: (p["name"], p["version"]))


def texts(package):
    """The licence files beside a package's manifest."""
    folder = pathlib.Path(package["manifest_path"]).parent
    named = lambda path: path.is_file() and path.name.lower().startswith(("license", "licence", "copying", "notice", "unlicense"))
    return [path.read_text(errors="replace").strip() for path in sorted(folder.iterdir()) if named(path)]


def main(target):
    print("arising contains the following software. Each is used under the licence given.\n")
    bodies = {}
    for package in packages(target):
        print(f"{package['name']} {package['version']}: {package['license'] or 'see its text'}")
        for text in texts(package):
            bodies.setdefault(text, []).append(package["name"])
    for text, names in bodies.items():
        print("\n" + "=" * 78 + "\n" + ", ".join(dict.fromkeys(names)) + "\n" + "=" * 78 + "\n\n" + text)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
