#!/usr/bin/env bash
# Tests the plugin in editors/nvim in the real Neovim, with the real server.
#
# usage: run.sh [SERVER]     SERVER: the program, default target/debug/copydesk
#        NVIM=PATH run.sh    another Neovim than the one on PATH
#        VERBOSE=1 run.sh    names each test
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
nvim=${NVIM:-nvim}
server=${1:-$root/target/debug/copydesk}

[ -x "$server" ] || { echo "no server at $server; build it first: cargo build"; exit 1; }
command -v "$nvim" >/dev/null || { echo "no Neovim: $nvim"; exit 1; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/bin"
ln -s "$(realpath "$server")" "$work/bin/copydesk"

# A user's own Neovim, with the plugin as a plain package and `setup()` without arguments, and nothing else of theirs.
export XDG_CONFIG_HOME=$work/config XDG_DATA_HOME=$work/data XDG_STATE_HOME=$work/state XDG_CACHE_HOME=$work/cache
unset NVIM_APPNAME VIMINIT
pack=$XDG_DATA_HOME/nvim/site/pack/test/start
mkdir -p "$pack" "$XDG_CONFIG_HOME/nvim"
cp -R "$root/editors/nvim" "$pack/copydesk"

# The second time the plugin is told that it runs in Neovim 0.10, and so goes the ways that it keeps for it.
failed=0
for version in 0.11 0.10; do
    {
        echo "OLD = $([ $version = 0.10 ] && echo true || echo false)"
        echo 'local has = vim.fn.has'
        echo 'vim.fn.has = function(what) return OLD and what == "nvim-0.11" and 0 or has(what) end'
        echo 'require("copydesk").setup()'
    } >"$XDG_CONFIG_HOME/nvim/init.lua"
    for test in "$here"/test_*.lua; do
        name="$(basename "$test" .lua) as in $version"
        folder=$work/$version/$(basename "$test" .lua)
        mkdir -p "$folder"
        [ -z "${VERBOSE:-}" ] || echo "$name"
        # The limit is for a Neovim that hangs; each wait inside has a shorter one and says what it waited for.
        (cd "$folder" && PATH=$work/bin:$PATH HARNESS=$here/harness.lua TEST=$test WORK=$folder \
            timeout 300 "$nvim" --headless -c 'luafile $HARNESS' </dev/null 2>"$work/stderr") ||
            { echo "$name: FAILED ($?); Neovim wrote:"; cat "$work/stderr"; failed=1; }
    done
done
exit $failed
