# Sourced by the tests of Emacs, Vim and Kate: a scratch folder with stories, the built server on PATH, and the lines for
# the user's own settings as the editor's page in docs/editors gives them, so that the page is what is tested.
#
# Needs: $here, the test's folder. Sets: $root, $work (removed at the end). Takes the server as the script's first
# argument; default target/debug/copydesk.
root=$(cd "$here/../../.." && pwd)
server=${1:-$root/target/debug/copydesk}
[ -x "$server" ] || { echo "no server at $server; build it first: cargo build"; exit 1; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/bin" "$work/home" "$work/stories"
ln -s "$(realpath "$server")" "$work/bin/copydesk"
cp "$root"/tests/editors/{story.txt,story.md,story.html,fixed.txt} "$work/stories"
export PATH=$work/bin:$PATH HOME=$work/home LC_ALL=C.UTF-8
unset XDG_CONFIG_HOME XDG_DATA_HOME XDG_STATE_HOME XDG_CACHE_HOME

# from_page LANGUAGE: the first block of that language in the editor's page.
from_page() {
    local page=$root/docs/editors/$(basename "$here").md
    sed -n "/^\`\`\`$1\$/,/^\`\`\`\$/{/^\`\`\`/d;p}" "$page" | grep . || { echo "no \`\`\`$1 in $page" >&2; return 1; }
}

# need PROGRAM PACKAGES: says what to install when a program is not there.
need() {
    command -v "$1" >/dev/null || { echo "no $1; on Debian: apt-get install --no-install-recommends $2"; exit 1; }
}
