#!/usr/bin/env bash
# What action.yml runs: finds or installs copydesk, checks stories, and reports to GitHub. Its inputs are the variables
# INPUT_*; ACTION_PATH is the folder of action.yml. COPYDESK_RELEASES may name a mirror of the releases page.
# It runs in the bash 3.2 of macOS, too: no mapfile, and no empty array without a guard.
set -euo pipefail

temp=${RUNNER_TEMP:-$(mktemp -d)}

fail() {
    echo "::error title=copydesk::$1"
    exit 2
}

is_true() {
    case $2 in
        true) return 0 ;;
        false | "") return 1 ;;
        *) fail "the input $1 is true or false, not '$2'" ;;
    esac
}

# The name that this machine's program has among the files of a release.
target() {
    local arch
    case ${RUNNER_ARCH:-} in
        X64) arch=x86_64 ;;
        ARM64) arch=aarch64 ;;
        *) fail "there is no copydesk for the architecture '${RUNNER_ARCH:-}'; build it with cargo install, and put it on PATH" ;;
    esac
    case ${RUNNER_OS:-} in
        # Linked statically, so that it runs in any container, whatever its C library.
        Linux) echo "$arch-unknown-linux-musl" ;;
        macOS) echo "$arch-apple-darwin" ;;
        Windows) echo "$arch-pc-windows-msvc" ;;
        *) fail "there is no copydesk for the system '${RUNNER_OS:-}'" ;;
    esac
}

sha256() {
    if command -v sha256sum >/dev/null; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -d' ' -f1
}

download() {
    curl --fail --silent --show-error --location --retry 3 --output "$2" "$1" || fail "cannot download $1"
}

# install VERSION: puts that version's program into a folder and on PATH, for later steps as well.
install() {
    local version=$1 target file folder page
    target=$(target) || { echo "$target"; exit 2; }
    page=${COPYDESK_RELEASES:-https://github.com/${ACTION_REPOSITORY:-copydesk/copydesk}/releases}
    if [ "$version" = latest ]; then page=$page/latest/download; else page=$page/download/v$version; fi
    file=copydesk-$target.tar.gz
    [ "${RUNNER_OS:-}" != Windows ] || file=copydesk-$target.zip
    folder=$temp/copydesk-$version
    mkdir -p "$folder"
    download "$page/$file" "$folder/$file"
    download "$page/$file.sha256" "$folder/$file.sha256"
    if [ "$(sha256 "$folder/$file")" != "$(cut -d' ' -f1 "$folder/$file.sha256")" ]; then
        fail "$page/$file is not the file whose checksum stands beside it"
    fi
    case $file in
        *.zip) unzip -qo "$folder/$file" -d "$folder" ;;
        *) tar -xzf "$folder/$file" -C "$folder" ;;
    esac
    # Archives for Unix hold a folder, those for Windows do not.
    [ ! -d "$folder/copydesk-$target" ] || folder=$folder/copydesk-$target
    PATH=$folder:$PATH
    if command -v cygpath >/dev/null; then folder=$(cygpath -w "$folder"); fi
    echo "$folder" >>"$GITHUB_PATH"
}

find_or_install() {
    local wanted=${INPUT_VERSION:-} here=""
    wanted=${wanted#v}
    if command -v copydesk >/dev/null; then here=$(copydesk --version | cut -d' ' -f2); fi
    if [ -z "$wanted" ]; then
        [ -z "$here" ] || return 0
        wanted=$(sed -n 's/^version = "\(.*\)"$/\1/p' "$ACTION_PATH/Cargo.toml" | head -n 1)
    fi
    [ "$here" = "$wanted" ] || install "$wanted"
}

# The arguments of the check, in `arguments`.
gather() {
    local line words base
    arguments=()
    if is_true annotations "${INPUT_ANNOTATIONS:-true}"; then arguments+=(--format github); fi
    [ -z "${INPUT_CONFIG:-}" ] || arguments+=(--config "$INPUT_CONFIG")
    [ -z "${INPUT_FAIL_ON:-}" ] || arguments+=(--fail-on "$INPUT_FAIL_ON")
    [ -z "${INPUT_BASELINE:-}" ] || arguments+=(--baseline "$INPUT_BASELINE")
    [ -z "${INPUT_SARIF:-}" ] || arguments+=(--output "sarif=$INPUT_SARIF")
    if is_true summary "${INPUT_SUMMARY:-true}"; then arguments+=(--output "markdown=$summary"); fi
    if is_true changed-only "${INPUT_CHANGED_ONLY:-false}"; then
        if [ -n "${GITHUB_BASE_REF:-}" ]; then
            base=origin/$GITHUB_BASE_REF
            git rev-parse --quiet --verify "$base^{commit}" >/dev/null ||
                fail "changed-only: $base is not here; give the step with actions/checkout the input fetch-depth: 0"
            arguments+=(--since "$base")
        else
            echo "This is no pull request, so all lines count."
        fi
    fi
    # xargs takes quotes away as a shell would, and runs nothing else that stands there.
    words=$(printf '%s' "${INPUT_ARGS:-}" | xargs -n 1 printf '%s\n') || fail "the input args has a quotation mark without its partner"
    while IFS= read -r line; do
        [ -z "$line" ] || arguments+=("$line")
    done <<<"$words"
    arguments+=(--)
    while read -r line; do
        [ -z "$line" ] || arguments+=("$line")
    done <<<"${INPUT_PATHS:-.}"
}

find_or_install
summary=$temp/copydesk-summary.md
rm -f "$summary"
gather
status=0
copydesk check "${arguments[@]}" || status=$?
if [ -s "$summary" ]; then cat "$summary" >>"$GITHUB_STEP_SUMMARY"; fi
{
    echo "exit-code=$status"
    echo "version=$(copydesk --version | cut -d' ' -f2)"
    if [ -n "${INPUT_SARIF:-}" ] && [ -f "$INPUT_SARIF" ]; then echo "sarif=$INPUT_SARIF"; fi
} >>"$GITHUB_OUTPUT"
exit "$status"
