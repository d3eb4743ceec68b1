#!/usr/bin/env bash
# Packs the VS Code extension for each platform around the program that a release built for it, and once without.
# usage: vscode.sh DISTRIB OUTPUT [PLATFORM…], where DISTRIB holds the release's archives
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)

# The platforms of VS Code, each with the target of Rust that runs there.
targets="
darwin-arm64=aarch64-apple-darwin
darwin-x64=x86_64-apple-darwin
linux-arm64=aarch64-unknown-linux-gnu
linux-x64=x86_64-unknown-linux-gnu
alpine-arm64=aarch64-unknown-linux-musl
alpine-x64=x86_64-unknown-linux-musl
win32-arm64=aarch64-pc-windows-msvc
win32-x64=x86_64-pc-windows-msvc
"
[ $# -ge 2 ] || { echo "usage: vscode.sh DISTRIB OUTPUT [PLATFORM…]" >&2; exit 2; }
distrib=$(cd "$1" && pwd)
mkdir -p "$2"
output=$(cd "$2" && pwd)
shift 2

version=$(sed -n 's/^  "version": "\(.*\)",$/\1/p' "$root/editors/vscode/package.json")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

for pair in $targets; do
    platform=${pair%%=*} target=${pair#*=}
    if [ $# -gt 0 ]; then
        case " $* " in *" $platform "*) ;; *) continue ;; esac
    fi
    mkdir "$work/$platform"
    if [[ $target == *windows* ]]; then
        python3 -m zipfile -e "$distrib/copydesk-$target.zip" "$work/$platform"
        program=$work/$platform/copydesk.exe
    else
        tar -xzf "$distrib/copydesk-$target.tar.gz" -C "$work/$platform"
        program=$work/$platform/copydesk-$target/copydesk
    fi
    [ -f "$program" ] || { echo "there is no program in the archive for $target" >&2; exit 1; }
    node "$root/editors/vscode/scripts/package.mjs" "$output/copydesk-$platform-$version.vsix" "$platform" "$program"
done
node "$root/editors/vscode/scripts/package.mjs" "$output/copydesk-$version.vsix"
