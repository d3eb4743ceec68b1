"""What an editor asks of the server, with the capabilities of each editor."""

import asyncio
import os

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from strict import problems

# A wide character stands before the findings, so that a wrong encoding moves them.
STORY = """\
---
title: Café 😀 Bridge Opens
---

Mayor Dale Finch met Ana Ruiz, a spokeswoman for the harbor, on Sunday.

😀 The council insists of meeting on Monday, Feb. 20, 2018.

“We will not leave this bridge to anyone,” Finch said. 😀 “It opens next month,” he said.

## What Comes Next

Ruiz said the harbor has no plan.
See [the plan](https://example.org/plan).
"""

UNITS = {
    "utf-8": lambda text: len(text.encode()),
    "utf-16": lambda text: len(text.encode("utf-16-le")) // 2,
    "utf-32": len,
}


class Desk:
    """The story, open in an editor; positions are in the encoding that was agreed on."""

    def __init__(self, editor, text=STORY):
        self.editor, self.text, self.version = editor, text, 1
        self.uri = (editor.folder / "story.md").as_uri()
        self.document = types.TextDocumentIdentifier(uri=self.uri)
        self.units = UNITS[types.PositionEncodingKind(editor.answer.capabilities.position_encoding).value]

    async def open(self):
        self.editor.text_document_did_open(
            types.DidOpenTextDocumentParams(
                text_document=types.TextDocumentItem(
                    uri=self.uri, language_id="markdown", version=self.version, text=self.text
                )
            )
        )
        return await self.editor.find(self.uri, self.version)

    async def replace(self, old, new):
        """Types over some words, as an incremental change."""
        self.version += 1
        change = types.TextDocumentContentChangePartial(range=self.range(old), text=new)
        self.text = self.text.replace(old, new, 1)
        self.editor.text_document_did_change(
            types.DidChangeTextDocumentParams(
                text_document=types.VersionedTextDocumentIdentifier(uri=self.uri, version=self.version),
                content_changes=[change],
            )
        )
        return await self.editor.find(self.uri, self.version)

    def position(self, offset):
        before = self.text[:offset]
        start = before.rfind("\n") + 1
        return types.Position(line=before.count("\n"), character=self.units(before[start:]))

    def range(self, words):
        start = self.text.index(words)
        return types.Range(start=self.position(start), end=self.position(start + len(words)))

    def at(self, words):
        return self.range(words).start

    def offset(self, position):
        """The place of a position, which must be one: no clamping here."""
        lines = self.text.split("\n")
        assert position.line < len(lines), f"{position} is behind the end"
        line, column = lines[position.line], 0
        while self.units(line[:column]) < position.character:
            assert column < len(line), f"{position} is behind the end of its line"
            column += 1
        assert self.units(line[:column]) == position.character, f"{position} is inside a character"
        return sum(len(line) + 1 for line in lines[: position.line]) + column

    def words(self, place):
        start, end = self.offset(place.start), self.offset(place.end)
        assert start <= end, place
        return self.text[start:end]

    def edited(self, edit):
        """The text after a workspace edit, in the form that this editor takes."""
        if self.editor.can("workspace.workspace_edit.document_changes"):
            assert edit.changes is None
            (change,) = edit.document_changes
            assert change.text_document.uri == self.uri and change.text_document.version == self.version
            edits = change.edits
        else:
            assert edit.document_changes is None, "this editor takes no versioned edits"
            assert list(edit.changes) == [self.uri]
            edits = edit.changes[self.uri]
        places = sorted((self.offset(e.range.start), self.offset(e.range.end), e.new_text) for e in edits)
        text = self.text
        for start, end, new in reversed(places):
            text = text[:start] + new + text[end:]
        return text

    async def actions(self, place, diagnostics=(), only=None):
        context = types.CodeActionContext(diagnostics=list(diagnostics), only=only)
        params = types.CodeActionParams(text_document=self.document, range=place, context=context)
        return await self.editor.bounded(self.editor.text_document_code_action_async(params)) or []

    async def resolved(self, action):
        """An action with its edit, which is asked for only where the editor can."""
        properties = self.editor.can("text_document.code_action.resolve_support.properties") or []
        if "edit" not in properties or not self.editor.can("text_document.code_action.data_support"):
            assert action.edit is not None and action.data is None, action
            return action
        if action.edit is None:
            action = await self.editor.bounded(self.editor.code_action_resolve_async(action))
        assert action.edit is not None, action
        return action


def rule(diagnostics, name):
    (found,) = [d for d in diagnostics if d.code == name]
    return found


async def test_only_what_was_agreed_on_is_announced(editor):
    server = editor.answer.capabilities
    offered = editor.can("general.position_encodings") or [types.PositionEncodingKind.Utf16]
    assert server.position_encoding in offered
    assert server.text_document_sync.change == types.TextDocumentSyncKind.Incremental
    assert (server.diagnostic_provider is not None) == editor.pulls
    if isinstance(server.rename_provider, types.RenameOptions):
        assert editor.can("text_document.rename.prepare_support")
    if isinstance(server.code_action_provider, types.CodeActionOptions):
        assert editor.can("text_document.code_action.code_action_literal_support")
        if server.code_action_provider.resolve_provider:
            assert editor.can("text_document.code_action.resolve_support")
    assert editor.answer.server_info.name == "copydesk"


async def test_diagnostics_follow_the_text(editor):
    desk = Desk(editor)
    found = await desk.open()
    about = editor.can("text_document.publish_diagnostics")
    tags = set(about.tag_support.value_set) if about.tag_support else set()
    for diagnostic in found:
        assert desk.words(diagnostic.range) and diagnostic.message and diagnostic.severity
        assert diagnostic.source == "copydesk"
        assert about.related_information or diagnostic.related_information is None
        assert about.code_description_support or diagnostic.code_description is None
        assert about.data_support or diagnostic.data is None
        assert set(diagnostic.tags or []) <= tags
        for related in diagnostic.related_information or []:
            assert related.location.uri == desk.uri and desk.words(related.location.range)
    assert desk.words(rule(found, "words/verb-preposition").range) == "insists of"
    weekday = rule(found, "time/weekday-mismatch")
    assert weekday.severity == types.DiagnosticSeverity.Error
    assert desk.words(weekday.range) == "Monday, Feb. 20, 2018"
    found = await desk.replace("insists of", "insists on")
    assert [d for d in found if d.code == "words/verb-preposition"] == []
    assert desk.words(rule(found, "time/weekday-mismatch").range) == "Monday, Feb. 20, 2018"
    found = await desk.replace("Monday", "Tuesday")
    assert [d for d in found if d.code == "time/weekday-mismatch"] == []
    editor.text_document_did_close(types.DidCloseTextDocumentParams(text_document=desk.document))
    if not editor.pulls and found:
        await editor.until(lambda: not editor.published[-1].diagnostics)


async def test_a_report_that_did_not_change_is_not_sent_again(editor):
    if not editor.pulls:
        pytest.skip("this editor is told")
    desk = Desk(editor)
    await desk.open()
    params = types.DocumentDiagnosticParams(text_document=desk.document)
    first = await editor.bounded(editor.text_document_diagnostic_async(params))
    params.previous_result_id = first.result_id
    again = await editor.bounded(editor.text_document_diagnostic_async(params))
    assert isinstance(again, types.RelatedUnchangedDocumentDiagnosticReport)
    assert again.result_id == first.result_id


async def test_findings_can_be_mended(editor):
    desk = Desk(editor)
    found = await desk.open()
    finding = rule(found, "words/verb-preposition")
    announced = editor.answer.capabilities.code_action_provider.code_action_kinds
    actions = await desk.actions(finding.range, [finding], [types.CodeActionKind.QuickFix])
    assert actions
    for action in actions:
        assert isinstance(action, types.CodeAction) and action.title
        assert action.kind == types.CodeActionKind.QuickFix
        assert editor.can("text_document.code_action.is_preferred_support") or action.is_preferred is None
        assert editor.can("text_document.code_action.disabled_support") or action.disabled is None
    for action in await desk.actions(finding.range):
        assert action.kind in announced, f"{action.kind} was not announced"
    assert all(list(action.diagnostics) == [finding] for action in actions), "an action goes with the editor's own diagnostic"
    fixed = await desk.resolved(actions[0])
    assert desk.edited(fixed.edit) == STORY.replace("insists of", "insists on")
    whole = types.Range(start=types.Position(line=0, character=0), end=desk.position(len(desk.text)))
    every = await desk.actions(whole, only=[types.CodeActionKind.SourceFixAll])
    for action in every:
        assert action.kind == "source.fixAll.copydesk"
        assert "insists on" in desk.edited((await desk.resolved(action)).edit)
    assert await desk.actions(whole, only=[types.CodeActionKind.Refactor]) == []


async def test_every_action_that_is_offered_can_be_done(editor):
    desk = Desk(editor)
    await desk.open()
    whole = types.Range(start=types.Position(line=0, character=0), end=desk.position(len(desk.text)))
    offered = await desk.actions(whole)
    assert len({(action.title, str(action.diagnostics)) for action in offered}) == len(offered), "none twice"
    operations = editor.can("workspace.workspace_edit.resource_operations") or []
    for action in offered:
        edit = (await desk.resolved(action)).edit
        assert (edit.changes is None) != (edit.document_changes is None), action
        for change in edit.document_changes or []:
            assert editor.can("workspace.workspace_edit.document_changes")
            if not isinstance(change, types.TextDocumentEdit):
                assert change.kind in operations, f"{action.title}: this editor cannot {change.kind}"


async def test_a_story_can_be_asked_about(editor):
    desk = Desk(editor)
    await desk.open()
    here = {"text_document": desk.document, "position": desk.at("Sunday")}
    hover = await editor.bounded(editor.text_document_hover_async(types.HoverParams(**here)))
    assert "2018-02-11" in hover.contents.value
    assert hover.contents.kind in editor.can("text_document.hover.content_format")
    assert desk.words(hover.range) == "Sunday"
    place = types.HoverParams(text_document=desk.document, position=desk.at("has no plan"))
    assert await editor.bounded(editor.text_document_hover_async(place)) is None

    ruiz = {"text_document": desk.document, "position": desk.at("Ruiz said")}
    definition = await editor.bounded(editor.text_document_definition_async(types.DefinitionParams(**ruiz)))
    assert desk.words(definition.range) == "Ana Ruiz"
    context = types.ReferenceContext(include_declaration=True)
    params = types.ReferenceParams(**ruiz, context=context)
    references = await editor.bounded(editor.text_document_references_async(params))
    assert [desk.words(r.range) for r in references] == ["Ana Ruiz", "Ruiz"]
    params = types.DocumentHighlightParams(**ruiz)
    marks = await editor.bounded(editor.text_document_document_highlight_async(params))
    assert [desk.words(mark.range) for mark in marks] == ["Ana Ruiz", "Ruiz"]


async def test_a_person_can_be_renamed(editor):
    desk = Desk(editor)
    await desk.open()
    here = {"text_document": desk.document, "position": desk.at("Ana Ruiz")}
    if editor.can("text_document.rename.prepare_support"):
        params = types.PrepareRenameParams(**here)
        prepared = await editor.bounded(editor.text_document_prepare_rename_async(params))
        assert desk.words(prepared.range) == prepared.placeholder == "Ana Ruiz"
    params = types.RenameParams(**here, new_name="Anna Ruyter")
    edit = await editor.bounded(editor.text_document_rename_async(params))
    assert desk.edited(edit) == STORY.replace("Ana Ruiz", "Anna Ruyter").replace("Ruiz", "Ruyter")
    with pytest.raises(JsonRpcException):
        await editor.bounded(editor.text_document_rename_async(types.RenameParams(**here, new_name="?!")))


async def test_the_outline_holds_together(editor):
    desk = Desk(editor)
    await desk.open()
    params = types.DocumentSymbolParams(text_document=desk.document)
    symbols = await editor.bounded(editor.text_document_document_symbol_async(params))
    assert symbols[0].name == "Café 😀 Bridge Opens"
    kinds = editor.can("text_document.document_symbol.symbol_kind.value_set")
    nested = editor.can("text_document.document_symbol.hierarchical_document_symbol_support")

    def check(symbol):
        assert symbol.kind in kinds and symbol.name.strip()
        if not nested:
            assert isinstance(symbol, types.SymbolInformation) and desk.words(symbol.location.range)
            return
        assert isinstance(symbol, types.DocumentSymbol)
        inside(symbol.selection_range, symbol.range)
        for child in symbol.children or []:
            check(child)

    def inside(inner, outer):
        assert desk.offset(outer.start) <= desk.offset(inner.start), (inner, outer)
        assert desk.offset(inner.end) <= desk.offset(outer.end), (inner, outer)

    for symbol in symbols:
        check(symbol)

    folds = await editor.bounded(
        editor.text_document_folding_range_async(types.FoldingRangeParams(text_document=desk.document))
    )
    assert all(0 <= fold.start_line < fold.end_line < len(desk.text.split("\n")) for fold in folds) and folds
    places = [desk.at("bridge to"), desk.at("Sunday")]
    params = types.SelectionRangeParams(text_document=desk.document, positions=places)
    selections = await editor.bounded(editor.text_document_selection_range_async(params))
    assert len(selections) == len(places), "one for each position"
    for selection, place in zip(selections, places):
        inside(types.Range(start=place, end=place), selection.range)
        while selection.parent:
            inside(selection.range, selection.parent.range)
            assert selection.range != selection.parent.range, "a step that selects nothing more"
            selection = selection.parent


async def test_what_stands_beside_the_text_is_in_it(editor):
    desk = Desk(editor)
    await desk.open()
    params = types.CompletionParams(text_document=desk.document, position=desk.at("uiz said"))
    completions = await editor.bounded(editor.text_document_completion_async(params))
    items = getattr(completions, "items", completions)
    assert "Ana Ruiz" in [item.label for item in items], items
    params = types.DocumentLinkParams(text_document=desk.document)
    links = await editor.bounded(editor.text_document_document_link_async(params))
    assert [link.target for link in links] == ["https://example.org/plan"]
    assert all(desk.words(link.range) for link in links)
    params = types.CodeLensParams(text_document=desk.document)
    for lens in await editor.bounded(editor.text_document_code_lens_async(params)):
        desk.words(lens.range)
        assert lens.command is not None and lens.command.title, "there is nothing to resolve"
        known = editor.answer.capabilities.execute_command_provider.commands
        assert lens.command.command in ["", *known]
    whole = types.Range(start=types.Position(line=0, character=0), end=desk.position(len(desk.text)))
    params = types.InlayHintParams(text_document=desk.document, range=whole)
    hints = await editor.bounded(editor.text_document_inlay_hint_async(params))
    assert hints
    for hint in hints:
        desk.offset(hint.position)


async def test_commands_do_what_they_say(editor):
    desk = Desk(editor)
    await desk.open()
    run = lambda command, *arguments: editor.bounded(
        editor.workspace_execute_command_async(types.ExecuteCommandParams(command=command, arguments=list(arguments)))
    )
    assert "verb-preposition" in await run("copydesk.explainRule", "words/verb-preposition")
    assert "Finch" in await run("copydesk.factSheet", desk.uri)
    with pytest.raises(JsonRpcException):
        await run("copydesk.brew")
    if not editor.can("window.show_document.support"):
        assert editor.shown_documents == []


async def test_exit_without_shutdown_is_a_failure():
    """The one thing that no session above may do."""
    process = await asyncio.create_subprocess_exec(
        os.environ["COPYDESK"], "lsp", stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.DEVNULL
    )
    body = b'{"jsonrpc":"2.0","method":"exit"}'
    process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
    try:
        assert await asyncio.wait_for(process.wait(), 30) == 1
    finally:
        if process.returncode is None:
            process.kill()


def test_the_strict_reading_sees_what_the_library_does_not():
    """A check of the check: it must fail on what it is there for."""
    from pygls.protocol import default_converter

    converter = default_converter()
    read = lambda hover: problems(hover, converter.structure(dict(hover), types.Hover), converter)
    assert read({"contents": {"kind": "markdown", "value": "a"}}) == []
    assert len(read({"contents": {"kind": "markdown", "value": "a", "title": "b"}})) == 1
    assert len(read({"contents": {"kind": "markdown", "value": 7}})) == 1
