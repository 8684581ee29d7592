#!/bin/sh
# Installs Rogatio into a new virtual environment, without a network: sh install.sh FOLDER
# PYTHON names the interpreter, which has to be of the version that the name of the bundle says.
set -eu
target=${1:?"usage: sh install.sh FOLDER"}
python=${PYTHON:-python3}
cd "$(dirname "$0")"
sha256sum --check --quiet SHA256SUMS
test ! -e "$target" || { echo "$target exists already; name a new folder" >&2; exit 2; }
"$python" -m venv "$target"
"$target/bin/python" -m pip install --quiet --no-index --no-deps --disable-pip-version-check wheels/*.whl
site=$("$target/bin/python" -c 'import sysconfig; print(sysconfig.get_paths()["purelib"])')
cp -R models "$site/models"
"$target/bin/python" -m app.operations.prepare
"$target/bin/rogatio" --version
echo "Installed. What the system lacks: $target/bin/rogatio doctor; packages: SYSTEM.md"
