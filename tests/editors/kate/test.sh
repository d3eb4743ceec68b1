# Run by `run`, where there is a display: a user's keys, and what must come of them.
set -euo pipefail
limit=30

# wait_for WHAT COMMAND...: until the command succeeds.
wait_for() {
    local what=$1 end=$((SECONDS + limit))
    shift
    until "$@"; do
        if ((SECONDS > end)); then
            echo "waited $limit s for $what; windows: $(xdotool search --onlyvisible --name . getwindowname %@ | tr '\n' '|')"
            exit 1
        fi
        sleep 0.05
    done
}

window() { xdotool search --onlyvisible --name "$1" >/dev/null 2>&1; }

# found RULE COUNT: the newest findings hold so many of the rule's.
found() {
    local newest
    newest=$(grep '"method":"textDocument/publishDiagnostics"' "$WORK/said" 2>/dev/null | tail -1)
    [ -n "$newest" ] && [ "$(grep -o "\"code\":\"$1\"" <<<"$newest" | wc -l)" = "$2" ]
}

question="LSP server start requested"
asked_or_found() { window "$question" || found words/verb-preposition "$expected"; }

# open FILE ARGUMENTS...: starts Kate, and lets it start the server where it asks. It may remember the answer.
open() {
    rm -f "$WORK/said"
    kate --startanon --new "${@:2}" "$1" &
    kate=$!
    wait_for "the question whether the server may start" asked_or_found
    if window "$question"; then
        xdotool search --onlyvisible --name "$question" windowfocus --sync key alt+y
    fi
    wait_for "the findings of $1" found words/verb-preposition "$expected"
    wait_for "the window of $1" window "$1"
    xdotool search --onlyvisible --name "$1" windowfocus --sync
}

close() {
    kill "$kate"
    wait "$kate" || true
}

# The menu is a window of its own, higher than a line once it holds what the server offers.
menu() {
    local id
    for id in $(xdotool search --onlyvisible --class kate 2>/dev/null); do
        [ "$id" = "$main" ] && continue
        eval "$(xdotool getwindowgeometry --shell "$id" 2>/dev/null)"
        ((HEIGHT > 60)) && return
    done
    return 1
}

saved() { grep -qxF "$1" story.txt; }

expected=2
open story.txt --line 3 --column 47
main=$(xdotool getwindowfocus)
xdotool key alt+Return
wait_for "the menu of fixes" menu
xdotool key Down Return
wait_for "the findings after a fix" found words/verb-preposition 1
xdotool key ctrl+s
wait_for "the file with its fix" saved "Naïve 😀 crowds came. The council insists on meeting, Mayor Dale Finch said."
# Nothing else may have changed.
diff <(sed '3s/insists on/insists of/' story.txt) "$ROOT/tests/editors/story.txt"
close

# Markdown and HTML are read as such: words in code or in a tag are no finding.
expected=1
open story.md
grep -q '"languageId": "markdown"' "$WORK/said"
close
open story.html
grep -q '"languageId": "html"' "$WORK/said"
close
