"""Builds one version of the site of docs/. Called by docs/build."""

import argparse
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib

SITE = pathlib.Path(__file__).resolve().parent
ROOT = SITE.parent.parent
# Pages that are not in docs/, by their path in the repository.
OTHER_PAGES = {
    "README.md": "index.md",
    "CONTRIBUTING.md": "contributing.md",
    "CHANGELOG.md": "changelog.md",
    "charts/stagewright/README.md": "chart.md",
}
LANGUAGES = {".yaml": "yaml", ".yml": "yaml", ".sh": "sh", ".json": "json", ".java": "java"}
LINK = re.compile(r"(\]\()([^)\s]+)(\))")
COLOR = re.compile(r"\x1b\[[0-9;]*m")
CODE = re.compile(r"`[^`]+`")
FENCE = re.compile(r"\s*(`{3,}|~{3,})")


class Pages:
    """Copies the pages to a directory. Links to other files of the repository become links to pages with these files."""

    def __init__(self, directory):
        self.directory = directory
        self.names = dict(OTHER_PAGES)
        self.names.update({f"docs/{page.name}": page.name for page in (ROOT / "docs").glob("*.md")})
        self.errors = []
        self.files = {}

    def copy(self):
        for source, name in sorted(self.names.items()):
            self.write(name, self.page(source, name))
        # A file can be linked from several pages, and a directory links its files.
        while pending := [path for path, written in self.files.items() if not written]:
            for path in pending:
                self.files[path] = True
                self.file(path)

    def write(self, name, text):
        target = self.directory / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")

    def page(self, source, name):
        lines, fence = [], ""
        for number, line in enumerate((ROOT / source).read_text(encoding="utf-8").splitlines(), 1):
            mark = FENCE.match(line)
            if mark and (not fence or line.strip() == fence):
                fence = "" if fence else mark.group(1)
            elif not fence:
                # A forge starts a table after any line, Python-Markdown only after an empty one.
                if line.startswith("|") and lines and lines[-1] and not lines[-1].startswith("|"):
                    lines.append("")
                # On a forge, code in a table has to escape what separates columns.
                if line.startswith("|"):
                    line = CODE.sub(lambda code: code[0].replace("\\|", "|"), line)
                place = f"{source}:{number}"
                line = LINK.sub(lambda link: link[1] + self.target(link[2], source, name, place) + link[3], line)
            lines.append(line)
        return "\n".join(lines) + "\n"

    def target(self, link, source, name, place):
        path, mark, anchor = link.partition("#")
        if not path or re.match(r"[a-z]+:", path):
            return link
        target = os.path.normpath(os.path.join(os.path.dirname(source), path))
        if not (ROOT / target).exists():
            self.errors.append(f"{place}: {target} does not exist")
            return link
        return os.path.relpath(self.destination(target), os.path.dirname(name) or ".") + mark + anchor

    def destination(self, path):
        if path in self.names:
            return self.names[path]
        if path.startswith("docs/") and not path.endswith(".md") and (ROOT / path).is_file():
            copy = self.directory / path.removeprefix("docs/")
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / path, copy)
            return path.removeprefix("docs/")
        self.files.setdefault(path, False)
        return f"files/{path}.md"

    def file(self, path):
        source, name = ROOT / path, f"files/{path}.md"
        if source.is_dir():
            entries = sorted(source.iterdir())
            links = [(entry.name, self.destination(f"{path}/{entry.name}")) for entry in entries]
            body = "\n".join(f"- [{entry}]({os.path.relpath(target, os.path.dirname(name))})" for entry, target in links)
        else:
            body = f"~~~~~{LANGUAGES.get(source.suffix, 'text')}\n{source.read_text(encoding='utf-8')}\n~~~~~"
        self.write(name, f"# {path}\n\n{body}\n")


def pages_of(entry):
    if isinstance(entry, str):
        return [entry]
    values = entry if isinstance(entry, list) else entry.values()
    return [page for value in values for page in pages_of(value)]


def run_zensical(work):
    zensical = pathlib.Path(sys.executable).with_name("zensical")
    done = subprocess.run([zensical, "build", "--clean", "--strict"], cwd=work, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode:
        # In strict mode, Zensical ends with an exception after its findings, which it always colors.
        raise SystemExit("the pages have errors:\n" + COLOR.sub("", done.stdout.split("Traceback")[0]))


def build(output, version):
    with tempfile.TemporaryDirectory(prefix="stagewright-site-") as name:
        work = pathlib.Path(name)
        shutil.copyfile(SITE / "zensical.toml", work / "zensical.toml")
        pages = Pages(work / "pages")
        pages.directory.mkdir()
        shutil.copyfile(SITE / "site.css", pages.directory / "site.css")
        pages.copy()
        with open(SITE / "zensical.toml", "rb") as config:
            listed = set(pages_of(tomllib.load(config)["project"]["nav"]))
        existing = set(pages.names.values())
        pages.errors += [f"{page} is not in the navigation of docs/site/zensical.toml" for page in existing - listed]
        pages.errors += [f"docs/site/zensical.toml: {page} does not exist" for page in listed - existing]
        if pages.errors:
            raise SystemExit("\n".join(pages.errors))
        run_zensical(work)
        target = output / version
        shutil.rmtree(target, ignore_errors=True)
        output.mkdir(parents=True, exist_ok=True)
        # A host that serves these two wants them in its root and with its address.
        shutil.copytree(work / "html", target, ignore=shutil.ignore_patterns("404.html", "sitemap.xml*"))


def order(version):
    """Releases by number, the newest first; other names, such as main, after them."""
    numbers = tuple(int(number) for number in re.findall(r"\d+", version))
    return (bool(re.match(r"v?\d", version)), numbers, version)


def write_versions(output):
    names = sorted((page.parent.name for page in output.glob("*/index.html")), key=order, reverse=True)
    versions = [{"version": name, "title": name, "aliases": ["latest"] if name == names[0] else []} for name in names]
    (output / "versions.json").write_text(json.dumps(versions, indent=2) + "\n", encoding="utf-8")
    start = f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Stagewright</title>' \
        f'<meta http-equiv="refresh" content="0; url={names[0]}/index.html">' \
        f'<a href="{names[0]}/index.html">Documentation of Stagewright {names[0]}</a></html>\n'
    (output / "index.html").write_text(start, encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(prog="docs/build", description="Builds the site of the documentation.")
    parser.add_argument("--output", type=pathlib.Path, default=ROOT / "target" / "site",
                        help="the directory of all versions (default: target/site)")
    parser.add_argument("--version", default="main",
                        help="the name of this version, a directory of the output (default: main)")
    options = parser.parse_args()
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", options.version):
        parser.error(f"--version {options.version} is not a name: use letters, digits, '.', '_', and '-'")
    output = options.output.resolve()
    build(output, options.version)
    write_versions(output)
    print(f"{output / options.version / 'index.html'}")


if __name__ == "__main__":
    main()
