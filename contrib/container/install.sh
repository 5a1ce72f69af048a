#!/bin/sh
# Installs gongkai from this checkout into a virtual environment of its own, as the Containerfile does.
#
#     contrib/container/install.sh PREFIX [browser] [ocr] [cluster]
#
# Every package is one of the lock files, checked by its hash.
set -eu

usage() {
    echo "usage: $0 PREFIX [browser] [ocr] [cluster]" >&2
    exit 2
}

[ $# -ge 1 ] || usage
prefix=$1
shift
for extra in "$@"; do
    case $extra in
        browser | ocr | cluster) ;;
        *) usage ;;
    esac
done

cd "$(dirname "$0")/../.."
"${PYTHON:-python3}" -m venv "$prefix"
pip="$prefix/bin/python -m pip install --quiet --disable-pip-version-check --no-cache-dir"
$pip --require-hashes -r requirements/container.txt
for extra in "$@"; do
    $pip --require-hashes -r "requirements/container-$extra.txt"
done
$pip --no-deps --no-build-isolation .
for script in every.sh healthy.sh; do
    cp "contrib/container/$script" "$prefix/bin/${script%.sh}"
    chmod 755 "$prefix/bin/${script%.sh}"
done
"$prefix/bin/gongkai" --version
